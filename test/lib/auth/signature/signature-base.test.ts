import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { contentDigest, contentDigestFits } from '../../../../lib/auth/signature/content-digest.ts';
import { type SignedMessage, signatureBase } from '../../../../lib/auth/signature/signature-base.ts';
import { type InnerList, isInnerList, readDictionary } from '../../../../lib/auth/signature/structured-fields.ts';

function inputOf(text: string): InnerList {
  const member = readDictionary(`sig=${text}`)?.get('sig');
  if (member === undefined || !isInnerList(member)) throw new Error(text);
  return member;
}

/** The request of RFC 9421 B.2. */
const request: SignedMessage = {
  method: 'POST',
  origin: 'https://example.com',
  path: '/foo',
  query: 'param=Value&Pet=dog',
  rawHeaders: [
    ...['Host', 'example.com', 'Date', 'Tue, 20 Apr 2021 02:07:55 GMT', 'Content-Type', 'application/json'],
    'Content-Digest',
    'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:',
    ...['Content-Length', '18'],
  ],
};

function line(component: string, message: SignedMessage = request): string | undefined {
  return signatureBase(inputOf(`("${component}")`), message)?.split('\n')[0];
}

describe('auth/signature/signature-base', () => {
  it('makes the base and the signature of RFC 9421 B.2.5', () => {
    const input = inputOf('("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"');
    const base = signatureBase(input, request);
    expect(base?.split('\n')).to.deep.equal([
      '"date": Tue, 20 Apr 2021 02:07:55 GMT',
      '"@authority": example.com',
      '"content-type": application/json',
      '"@signature-params": ("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
    ]);
    const shared = 'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==';
    const signature = createHmac('sha256', Buffer.from(shared, 'base64'))
      .update(base ?? '')
      .digest('base64');
    expect(signature).to.equal('pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=');
  });

  it('makes the base of nothing but parameters (RFC 9421 B.2.1)', () => {
    const input = inputOf('();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd"');
    expect(signatureBase(input, request)).to.equal(
      '"@signature-params": ();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd"',
    );
  });

  it('derives the components of RFC 9421 §2.2', () => {
    const message = { ...request, origin: 'https://www.EXAMPLE.com:443', path: '/path', query: 'param=value' };
    expect(line('@method', message)).to.equal('"@method": POST');
    expect(line('@authority', message)).to.equal('"@authority": www.example.com');
    expect(line('@scheme', message)).to.equal('"@scheme": https');
    expect(line('@path', message)).to.equal('"@path": /path');
    expect(line('@query', message)).to.equal('"@query": ?param=value');
    expect(line('@request-target', message)).to.equal('"@request-target": /path?param=value');
    expect(line('@target-uri', message)).to.equal('"@target-uri": https://www.example.com/path?param=value');
    const plain = { ...message, origin: 'http://[::1]:8080', path: '', query: '' };
    expect(line('@authority', plain)).to.equal('"@authority": [::1]:8080');
    expect(line('@path', plain)).to.equal('"@path": /');
    expect(line('@query', plain)).to.equal('"@query": ?');
    expect(line('@request-target', plain)).to.equal('"@request-target": /');
  });

  it('joins the values of a header that came several times (RFC 9421 §2.1)', () => {
    const rawHeaders = [
      'Cache-Control',
      ' max-age=60 ',
      'X',
      'other',
      'CACHE-CONTROL',
      '\t must-revalidate',
      'X-Empty',
      '',
    ];
    expect(line('cache-control', { ...request, rawHeaders })).to.equal('"cache-control": max-age=60, must-revalidate');
    expect(line('x-empty', { ...request, rawHeaders })).to.equal('"x-empty": ');
  });

  it('has no base for what it does not know or what is not there', () => {
    const unknown = [
      '@status',
      '@query-param',
      '@signature-params',
      '@toString',
      '@__proto__',
      'x-absent',
      'Date',
      '',
      'a b',
    ];
    for (const name of unknown) expect(line(name), name).to.equal(undefined);
    for (const parameter of ['req', 'sf', 'bs', 'tr', 'key="a"']) {
      expect(signatureBase(inputOf(`("date";${parameter})`), request), parameter).to.equal(undefined);
    }
    for (const list of ['("date" "date")', '(date)', '(1)']) {
      expect(signatureBase(inputOf(list), request), list).to.equal(undefined);
    }
    expect(line('@authority', { ...request, origin: '' })).to.equal(undefined);
    for (const bad of ['ü', 'a\nb', '\u0000']) {
      expect(line('x', { ...request, rawHeaders: ['X', bad] }), bad).to.equal(undefined);
    }
  });
});

describe('auth/signature/content-digest', () => {
  const body = Buffer.from('{"hello": "world"}\n');
  const sha256 = 'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:';
  const sha512 = 'sha-512=:YMAam51Jz/jOATT6/zvHrLVgOYTGFy1d6GJiOHTohq4yP+pgk4vf2aCsyRZOtw8MjkM7iw7yZ/WkppmM44T3qg==:';

  it('takes the digests of RFC 9530 B.1', () => {
    expect(contentDigest(body)).to.equal(sha256);
    for (const header of [sha256, sha512, `${sha512}, ${sha256}`, `md5=:AAAA:, ${sha256}`]) {
      expect(contentDigestFits(header, body), header).to.equal(true);
    }
  });

  it('wants every digest that it knows to be right, and one of them at least', () => {
    const other = contentDigest(Buffer.from('x'));
    const wrong = ['', 'x', other, `${other}, ${sha512}`, 'md5=:AAAA:', 'sha-256=abc', 'sha-256=("a")', 'sha-256=::'];
    for (const header of wrong) expect(contentDigestFits(header, body), header).to.equal(false);
    expect(contentDigestFits(`${sha256}, ${sha256}`, body)).to.equal(false);
  });
});
