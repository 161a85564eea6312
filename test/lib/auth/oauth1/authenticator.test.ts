import { createHash, createHmac } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Presented } from '../../../../lib/auth/authenticator.ts';
import { oauth1Authenticator } from '../../../../lib/auth/oauth1/authenticator.ts';
import { rejected } from '../../caught.ts';
import {
  type House,
  house,
  keyId,
  noon,
  presented,
  putKey,
  secret,
  secretOf,
  signingHouse,
} from '../signature/signing-house.ts';

const seconds = noon / 1_000;
const formType = 'application/x-www-form-urlencoded';

/** A client of its own: it shares no code with what it tests. */
interface Signing {
  readonly method?: string;
  readonly url?: string;
  readonly type?: string;
  readonly body?: string;
  readonly secret?: string;
  readonly algorithm?: 'HMAC-SHA1' | 'HMAC-SHA256';
  readonly parameters?: Readonly<Record<string, string | undefined>>;
  readonly more?: readonly string[];
}

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

function arriving(signing: Signing = {}): Presented {
  const { method = 'POST', url = 'https://api.example.org/jsonrpc', body = '', algorithm = 'HMAC-SHA1' } = signing;
  const type = signing.type ?? (body === '' ? undefined : 'application/json');
  const { origin, pathname, search, searchParams } = new URL(url);
  const hash = algorithm === 'HMAC-SHA1' ? 'sha1' : 'sha256';
  const isForm = type?.startsWith(formType) === true;
  const parameters: Record<string, string | undefined> = {
    oauth_consumer_key: keyId,
    oauth_signature_method: algorithm,
    oauth_timestamp: String(seconds),
    oauth_nonce: 'n1',
    ...(isForm || body === '' ? {} : { oauth_body_hash: createHash(hash).update(body).digest('base64') }),
    ...signing.parameters,
  };
  const own = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const signed = [...own, ...searchParams, ...(isForm ? new URLSearchParams(body) : [])]
    .map(([name, value]) => [encode(name), encode(value)].join('\u0000')) // below all that names are made of
    .sort()
    .map((pair) => pair.replace('\u0000', '='));
  const base = [method, origin + pathname, signed.join('&')].map(encode).join('&');
  const signature = createHmac(hash, `${encode(signing.secret ?? secret)}&`)
    .update(base)
    .digest('base64');
  const header = [...own, ['oauth_signature', signature] as const].map(([name, value]) => `${name}="${encode(value)}"`);
  const rawHeaders = ['Authorization', `OAuth realm="site", ${header.join(', ')}`, ...(signing.more ?? [])];
  if (type !== undefined) rawHeaders.push('Content-Type', type);
  return presented({ method, origin, path: pathname, query: search.slice(1), body, rawHeaders });
}

async function accepted(at: House, request: Presented): Promise<boolean> {
  const authenticator = oauth1Authenticator(at);
  expect(authenticator.find(request)).to.equal(true);
  return (await authenticator.verify(true, request)) !== undefined;
}

const nonce = (value: string) => ({ parameters: { oauth_nonce: value } });

function withHeader(request: Presented, change: (header: string) => string): Presented {
  const rawHeaders = request.rawHeaders.map((value, i) => (i === 1 ? change(value) : value));
  return presented({ ...request, rawHeaders });
}

describe('auth/oauth1/authenticator', () => {
  it('proves the key that signed, by either algorithm, over query, form and any other body', async () => {
    const at = await signingHouse();
    const proof = await oauth1Authenticator(at).verify(true, arriving());
    expect(proof?.client).to.deep.equal({ id: keyId, name: 'Import' });
    const url = "https://api.example.org/rest/test.echo?b=1&a=%C3%BC+x&a=%2B&c[]=*'()!&e";
    const body = '{"a":1}';
    for (const [i, algorithm] of (['HMAC-SHA1', 'HMAC-SHA256'] as const).entries()) {
      expect(await accepted(at, arriving({ algorithm, method: 'GET', url, ...nonce(`q${i}`) }))).to.equal(true);
      const form = { algorithm, url, type: `${formType}; charset=utf-8`, body: 'z=1&a=%26+%3D&y' };
      expect(await accepted(at, arriving({ ...form, ...nonce(`f${i}`) }))).to.equal(true);
      expect(await accepted(at, arriving({ algorithm, url, body, ...nonce(`b${i}`) }))).to.equal(true);
    }
  });

  it('is found by its scheme alone', () => {
    const { find, kind } = oauth1Authenticator(house());
    expect(kind).to.equal('client');
    for (const value of ['OAuth', 'oauth x', 'OAuth realm="a"']) {
      expect(find(presented({ rawHeaders: ['Authorization', value] })), value).to.equal(true);
    }
    for (const value of ['Bearer x', 'OAuth2 x', 'Basic T0F1dGg=']) {
      expect(find(presented({ rawHeaders: ['Authorization', value] })), value).to.equal(undefined);
    }
    expect(find(presented())).to.equal(undefined);
  });

  it('takes a nonce once for its key and time', async () => {
    const at = await signingHouse();
    expect(await accepted(at, arriving())).to.equal(true);
    expect(await accepted(at, arriving())).to.equal(false);
    expect(await accepted(at, arriving({ url: 'https://api.example.org/soap' }))).to.equal(false);
    expect(await accepted(at, arriving({ algorithm: 'HMAC-SHA256' }))).to.equal(false);
    expect(await accepted(at, arriving({ parameters: { oauth_timestamp: String(seconds + 1) } }))).to.equal(true);
  });

  it('refuses what is too old or too new', async () => {
    const at = await signingHouse();
    const signedAt = (away: number) => arriving({ parameters: { oauth_timestamp: String(seconds + away) } });
    for (const away of [-300, 300]) expect(await accepted(at, signedAt(away)), String(away)).to.equal(true);
    for (const away of [-301, 301, -seconds + 1])
      expect(await accepted(at, signedAt(away)), String(away)).to.equal(false);
  });

  it('refuses every single change to what was signed, and takes the original afterwards', async () => {
    const at = await signingHouse();
    const other = { path: '/soap', method: 'PUT', origin: 'http://api.example.org' };
    let count = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.webQueryParameters(),
        fc.constantFrom(formType, 'application/json'),
        fc.stringMatching(/^[a-z]{1,5}=[a-z0-9]{0,5}$/),
        fc.constantFrom(
          'path',
          'method',
          'origin',
          'query',
          'body',
          'cut',
          'type',
          'key',
          'nonce',
          'time',
          'method name',
        ),
        async (query, type, body, change) => {
          const url = `https://api.example.org/rest/a?${query}`;
          const request = arriving({ url, type, body, ...nonce(`p${count++}`) });
          const changed: Record<string, Presented> = {
            path: { ...request, path: other.path },
            method: { ...request, method: other.method },
            origin: { ...request, origin: other.origin },
            query: { ...request, query: `${request.query}&x=y` },
            body: { ...request, body: Buffer.from(`${body}x`) },
            cut: { ...request, body: request.body.subarray(1) },
            type: presented({
              ...request,
              rawHeaders: request.rawHeaders.map((value) => (value === type ? otherType(type) : value)),
            }),
            key: withHeader(request, (value) => value.replace(keyId, 'nobody')),
            nonce: withHeader(request, (value) => value.replace('oauth_nonce="', 'oauth_nonce="x')),
            time: withHeader(request, (value) => value.replace(String(seconds), String(seconds + 1))),
            'method name': withHeader(request, (value) => value.replace('HMAC-SHA1', 'HMAC-SHA256')),
          };
          expect(await accepted(at, changed[change] ?? request), change).to.equal(false);
          expect(await accepted(at, request), 'the original').to.equal(true);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('refuses any other signature', async () => {
    const at = await signingHouse();
    const right = arriving();
    const signatures = ['', 'AAAA', Buffer.alloc(20).toString('base64'), Buffer.alloc(32).toString('base64')];
    for (const signature of signatures) {
      const wrong = withHeader(right, (value) => value.replace(/(oauth_signature=")[^"]*/, `$1${encode(signature)}`));
      expect(await accepted(at, wrong), signature).to.equal(false);
    }
    for (const wrong of ['', 'x', `${secret} `])
      expect(await accepted(at, arriving({ secret: wrong }))).to.equal(false);
    expect(await accepted(at, right)).to.equal(true);
  });

  it('leaves no body unsigned', async () => {
    const at = await signingHouse();
    const body = '{"a":1}';
    expect(await accepted(at, arriving({ body, parameters: { oauth_body_hash: undefined } }))).to.equal(false);
    for (const type of ['text/xml', '', 'multipart/form-data', 'application/x-www-form-urlencoded2']) {
      const unsigned = arriving({ body, type, parameters: { oauth_body_hash: undefined } });
      expect(await accepted(at, unsigned), type).to.equal(false);
    }
    for (const hash of ['', 'x', createHash('sha256').update(body).digest('base64')]) {
      expect(await accepted(at, arriving({ body, parameters: { oauth_body_hash: hash } })), hash).to.equal(false);
    }
    const empty = arriving({ ...nonce('e') });
    expect(await accepted(at, { ...empty, body: Buffer.from(body) }), 'put in').to.equal(false);
  });

  it('refuses parameters of OAuth beside the header, second headers, and two types', async () => {
    const at = await signingHouse();
    const inQuery = arriving({ url: 'https://api.example.org/jsonrpc?oauth_nonce=n1' });
    const inForm = arriving({ type: formType, body: 'oauth%5Fversion=1.0' });
    for (const request of [inQuery, inForm]) expect(await accepted(at, request)).to.equal(false);
    for (const more of [
      ['Authorization', 'OAuth x'],
      ['AUTHORIZATION', 'Bearer x'],
    ]) {
      expect(await accepted(at, arriving({ more })), more[1]).to.equal(false);
    }
    expect(await accepted(at, arriving({ type: formType, body: 'a=1', more: ['Content-Type', formType] }))).to.equal(
      false,
    );
    expect(await accepted(at, { ...arriving(), query: 'a=%' })).to.equal(false);
  });

  it('has no users: a token is refused, an empty one is none', async () => {
    const at = await signingHouse();
    expect(await accepted(at, arriving({ parameters: { oauth_token: 'abc' } }))).to.equal(false);
    expect(await accepted(at, arriving({ parameters: { oauth_token: '' } }))).to.equal(true);
  });

  it('refuses keys that are revoked or do not sign, takes both secrets in a rotation, and fails closed', async () => {
    for (const change of [{ revoked: noon }, { signing: false }]) {
      const at = house();
      await putKey(at, change);
      expect(await accepted(at, arriving())).to.equal(false);
    }
    const at = await signingHouse();
    await at.store.keys.rotate(keyId, secretOf(at, 'new'), noon + 10);
    expect(await accepted(at, arriving())).to.equal(true);
    expect(await accepted(at, arriving({ secret: 'new', ...nonce('n2') }))).to.equal(true);
    at.store.away = true;
    expect((await rejected(accepted(at, arriving(nonce('n3'))))).code).to.equal('unavailable');
  });

  it('takes what was signed for the public URL', async () => {
    const at = await signingHouse({ publicUrl: 'https://api.example.org' });
    expect(await accepted(at, { ...arriving(), origin: 'http://api.example.org' })).to.equal(true);
  });
});

function otherType(type: string): string {
  return type === formType ? 'application/json' : formType;
}
