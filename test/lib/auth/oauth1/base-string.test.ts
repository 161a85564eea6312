import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { baseString, formParameters, type Parameter } from '../../../../lib/auth/oauth1/base-string.ts';
import { bytesAsText, percentDecode, percentEncode } from '../../../../lib/auth/oauth1/percent.ts';
import { readAuthorization } from '../../../../lib/auth/oauth1/read-authorization.ts';

function form(text: string): readonly Parameter[] {
  const parameters = formParameters(text);
  if (parameters === undefined) throw new Error(text);
  return parameters;
}

const hmac = (key: string, base: string | undefined) =>
  createHmac('sha1', key)
    .update(base ?? '')
    .digest('base64');

describe('auth/oauth1/base-string', () => {
  it('makes the base string of RFC 5849 §3.4.1.1', () => {
    const request = { method: 'POST', origin: 'http://EXAMPLE.com:80', path: '/request' };
    const header: Parameter[] = [
      ['oauth_consumer_key', '9djdj82h48djs9d2'],
      ['oauth_token', 'kkk9d7dh3k39sjv7'],
      ['oauth_signature_method', 'HMAC-SHA1'],
      ['oauth_timestamp', '137131201'],
      ['oauth_nonce', '7d8f3e4a'],
    ];
    const parameters = [...header, ...form('b5=%3D%253D&a3=a&c%40=&a2=r%20b'), ...form('c2&a3=2+q')];
    const base = baseString(request, parameters);
    expect(base).to.equal(
      'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D' +
        '%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method' +
        '%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7',
    );
    expect(hmac('j49sk3j29djd&dh893hdasih9', base)).to.equal('r6/TJjbCOr97/+UU0NsvSne7s5g=');
  });

  it('sorts by name first, then by value, both encoded', () => {
    const base = baseString({ method: 'GET', origin: 'http://a', path: '/' }, form('s0=1&s=z&s=%C3%BC&s=&S=1&s-=1'));
    expect(decodeURIComponent(base?.split('&')[2] ?? '')).to.equal('S=1&s=&s=%C3%BC&s=z&s-=1&s0=1');
  });

  it('makes the addresses of RFC 5849 §3.4.1.2', () => {
    const address = (origin: string, path: string) =>
      decodeURIComponent(baseString({ method: 'get', origin, path }, [])?.split('&')[1] ?? '');
    expect(address('http://EXAMPLE.COM:80', '/r%20v/X')).to.equal('http://example.com/r%20v/X');
    expect(address('https://www.example.net:8080', '/')).to.equal('https://www.example.net:8080/');
    expect(address('https://www.example.net:443', '')).to.equal('https://www.example.net/');
    expect(baseString({ method: 'GET', origin: '', path: '/' }, [])).to.equal(undefined);
  });

  it('makes the signatures of RFC 5849 §1.2', () => {
    const initiate: Parameter[] = [
      ['oauth_consumer_key', 'dpf43f3p2l4k3l03'],
      ['oauth_signature_method', 'HMAC-SHA1'],
      ['oauth_timestamp', '137131200'],
      ['oauth_nonce', 'wIjqoS'],
      ['oauth_callback', 'http://printer.example.com/ready'],
    ];
    const first = { method: 'POST', origin: 'https://photos.example.net', path: '/initiate' };
    expect(hmac('kd94hf93k423kf44&', baseString(first, initiate))).to.equal('74KNZJeDHnMBp0EMJ9ZHt/XKycU=');
    const photos: Parameter[] = [
      ['oauth_consumer_key', 'dpf43f3p2l4k3l03'],
      ['oauth_token', 'nnch734d00sl2jdk'],
      ['oauth_signature_method', 'HMAC-SHA1'],
      ['oauth_timestamp', '137131202'],
      ['oauth_nonce', 'chapoH'],
      ...form('file=vacation.jpg&size=original'),
    ];
    const last = { method: 'GET', origin: 'http://photos.example.net', path: '/photos' };
    const key = 'kd94hf93k423kf44&pfkkdhi9sl3r4s00';
    expect(hmac(key, baseString(last, photos))).to.equal('MdpQcU8iPSUjWoN/UDMsK2sui9I=');
  });

  it('percent-encodes as RFC 5849 §3.6 says, and back', () => {
    expect(percentEncode("ab-._~ +%&='()*!")).to.equal('ab-._~%20%2B%25%26%3D%27%28%29%2A%21');
    expect(percentEncode(bytesAsText('ü☃'))).to.equal('%C3%BC%E2%98%83');
    expect(percentDecode('%e2%98%83+')).to.equal('\u00e2\u0098\u0083+');
    for (const wrong of ['%', '%4', '%zz', '100%']) expect(percentDecode(wrong), wrong).to.equal(undefined);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(percentDecode(percentEncode(bytesAsText(text)))).to.equal(bytesAsText(text));
        expect(percentEncode(bytesAsText(text))).to.match(/^([A-Za-z0-9\-._~]|%[0-9A-F]{2})*$/);
      }),
    );
  });

  it('reads forms, and refuses malformed ones', () => {
    expect(form('a=1&&b&c=&=d&e=f=g')).to.deep.equal([
      ['a', '1'],
      ['b', ''],
      ['c', ''],
      ['', 'd'],
      ['e', 'f=g'],
    ]);
    for (const wrong of ['a=%', '%g0=a']) expect(formParameters(wrong), wrong).to.equal(undefined);
  });
});

describe('auth/oauth1/read-authorization', () => {
  const full = {
    realm: 'a, b',
    oauth_consumer_key: 'k',
    oauth_signature_method: 'HMAC-SHA256',
    oauth_timestamp: '137131200',
    oauth_nonce: 'n%2F',
    oauth_signature: encodeURIComponent(Buffer.alloc(32).toString('base64')),
  };
  const header = (change: Record<string, string | undefined> = {}, more = '') =>
    `OAuth ${Object.entries({ ...full, ...change })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}="${value}"`)
      .join(', ')}${more}`;

  it('reads what a header says', () => {
    const read = readAuthorization(header({ oauth_token: '', oauth_version: '1.0', oauth_body_hash: 'aGFzaA%3D%3D' }));
    expect(read).to.deep.include({ consumerKey: 'k', algorithm: 'sha256', timestamp: 137131200, nonce: 'n/' });
    expect(read?.bodyHash).to.equal('aGFzaA==');
    expect(read?.parameters.map(([name]) => name)).to.deep.equal([
      'oauth_consumer_key',
      'oauth_signature_method',
      'oauth_timestamp',
      'oauth_nonce',
      'oauth_token',
      'oauth_version',
      'oauth_body_hash',
    ]);
    expect(readAuthorization(header().replaceAll(', oauth', ',oauth').replace('OAuth', 'oauth'))).not.to.equal(
      undefined,
    );
  });

  it('refuses what is missing, wrong, repeated or malformed', () => {
    const wrong: string[] = [
      '',
      'OAuth',
      'OAuth ',
      'OAuth x',
      'Bearer x',
      ...Object.keys(full).flatMap((name) => (name === 'realm' ? [] : [header({ [name]: undefined })])),
      ...['', 'PLAINTEXT', 'RSA-SHA1', 'hmac-sha1', 'HMAC-SHA512', '__proto__'].map((method) =>
        header({ oauth_signature_method: method }),
      ),
      ...['', '0', '-1', '1.5', '1e9', ' 137131200', '0137131200', '9999999999999'].map((time) =>
        header({ oauth_timestamp: time }),
      ),
      ...['', '%00', '%C3%BC', 'n'.repeat(257)].map((nonce) => header({ oauth_nonce: nonce })),
      ...['', 'x', '%', 'AAB%3D'].map((signature) => header({ oauth_signature: signature })),
      ...['', '1', '2.0', '1.0a'].map((version) => header({ oauth_version: version })),
      header({ oauth_token: 't' }),
      header({}, ', oauth_nonce="m"'),
      header({}, ', oauth%5Fnonce="m"'),
      header({}, ','),
      header({}, ', '),
      header({}, ' x="y"'),
      header({}, ', ="y"'),
      header({}, ', x=y'),
      header({}, ', x="y'),
      header().replace('OAuth ', 'OAuth'),
    ];
    for (const text of wrong) expect(readAuthorization(text), text).to.equal(undefined);
  });

  it('is total, and refuses every truncation', () => {
    const text = header();
    for (let length = 0; length < text.length; length++) {
      expect(readAuthorization(text.slice(0, length)), String(length)).to.equal(undefined);
    }
    fc.assert(fc.property(fc.string(), (rest) => readAuthorization(`OAuth ${rest}`) === undefined));
    expect(readAuthorization(`OAuth ${'a="b", '.repeat(5_000)}`)).to.equal(undefined);
  });
});
