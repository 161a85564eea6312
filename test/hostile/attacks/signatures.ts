import { signRequest } from '../../../lib/auth/signature/sign.ts';
import { oauth1 } from '../../access/foreign-credentials.ts';
import type { Attack, AttackClass, Expected, Script } from '../attack.ts';
import { bodyOf, type Headers, pathOf, request } from '../build.ts';
import { callEndpoints, type Endpoint, forms } from '../endpoints.ts';
import type { Known } from '../site/words.ts';

const name = 'hostile.client';
const invalid: Expected = { fault: 'invalid-credentials' };
const taken: Expected = { result: 'x', runs: [name] };

type Signed = Readonly<Record<string, string>>;

/** What was signed: each part may be another than what is sent. */
interface Signing {
  readonly path?: string;
  readonly method?: string;
  readonly host?: string;
  readonly text?: string;
  readonly type?: string;
  readonly now?: number;
  readonly secret?: string;
  readonly keyId?: string;
}

const body = (endpoint: Endpoint, text = 'x'): string => bodyOf(endpoint, name, { text });

function sign(endpoint: Endpoint, known: Known, signing: Signing = {}): Signed {
  const { path = pathOf(endpoint, name), method = 'POST', host = 'localhost', text = 'x' } = signing;
  const headers = { 'Content-Type': signing.type ?? forms[endpoint].type };
  return signRequest(
    { method, url: `http://${host}${path}`, headers, body: body(endpoint, text) },
    {
      keyId: signing.keyId ?? known.signingId,
      secret: signing.secret ?? known.signingSecret,
      ...(signing.now !== undefined && { now: signing.now }),
    },
  );
}

/** A right call with the headers of a signature. */
function sent(endpoint: Endpoint, headers: Headers, path = pathOf(endpoint, name)): Buffer {
  return request(endpoint, { path, headers, body: body(endpoint) });
}

const entries = (signed: Signed): Headers => Object.entries(signed);

/** The same request once more on its connection, or to another protocol. */
function twice(first: Buffer, second: Buffer): Script {
  const kept = Buffer.from(first.toString('latin1').replace('\r\nConnection: close', ''), 'latin1');
  return { steps: [kept, { answers: 1 }, second] };
}

const minutes = 60_000;

/** Signatures of something else than what is sent. */
const others: Readonly<Record<string, () => Signing>> = {
  'another path': () => ({ path: '/evil' }),
  'another query': () => ({ path: '/evil?x=1' }),
  'another method': () => ({ method: 'PUT' }),
  'another host': () => ({ host: 'evil.example' }),
  'another body': () => ({ text: 'y' }),
  'another type': () => ({ type: 'text/plain' }),
  'a clock that is six minutes late': () => ({ now: Date.now() - 6 * minutes }),
  'a clock that is six minutes early': () => ({ now: Date.now() + 6 * minutes }),
  'the beginning of time': () => ({ now: 0 }),
  'another secret': () => ({ secret: 'evil' }),
  'an empty secret': () => ({ secret: '' }),
  'a key that nobody has': () => ({ keyId: 'a'.repeat(20) }),
  'a key from Object.prototype': () => ({ keyId: '__proto__' }),
};

/** Right signatures that were spoilt afterwards. */
const spoilt: Readonly<Record<string, (signed: Signed) => Headers>> = {
  'no signature': ({ 'Signature-Input': input = '' }) => [['Signature-Input', input]],
  'no input': ({ Signature: signature = '' }) => [['Signature', signature]],
  'an empty signature': (signed) => entries({ ...signed, Signature: 'sig1=::' }),
  'a short signature': (signed) => entries({ ...signed, Signature: 'sig1=:eA==:' }),
  'a signature that is not base64': (signed) => entries({ ...signed, Signature: 'sig1=:!!!!:' }),
  'a signature of 12,000 characters': (signed) => entries({ ...signed, Signature: `sig1=:${'A'.repeat(12_000)}:` }),
  'a signature in two headers': (signed) => [...entries(signed), ['Signature', signed['Signature'] ?? '']],
  'an input in two headers': (signed) => [...entries(signed), ['Signature-Input', signed['Signature-Input'] ?? '']],
  'a signature of another name': (signed) =>
    entries({ ...signed, Signature: (signed['Signature'] ?? '').replace('sig1', 'sig2') }),
  'an algorithm that nobody knows': (signed) => replaced(signed, 'hmac-sha256', 'none'),
  'a weak algorithm': (signed) => replaced(signed, 'hmac-sha256', 'hmac-md5'),
  'an algorithm with a public key': (signed) => replaced(signed, 'hmac-sha256', 'rsa-v1_5-sha256'),
  'fewer parts than must be signed': (signed) => replaced(signed, '"content-digest"', ''),
  'a part that nobody knows': (signed) => replaced(signed, '"@method"', '"@evil"'),
  'parts within parts': (signed) => entries({ ...signed, 'Signature-Input': `sig1=${'('.repeat(10_000)}` }),
  'parts by the thousand': (signed) => entries({ ...signed, 'Signature-Input': `sig1=(${'"a" '.repeat(3_000)})` }),
  'white space by the thousand': (signed) =>
    entries({ ...signed, 'Signature-Input': `sig1=(${' '.repeat(6_000)}x${' '.repeat(6_000)}x` }),
  'a digest of nothing': (signed) =>
    entries({ ...signed, 'Content-Digest': 'sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:' }),
  'a digest by a weak algorithm': (signed) =>
    entries({ ...signed, 'Content-Digest': 'md5=:1B2M2Y8AsgTpgAmY7PhCfg==:' }),
  'no digest': ({ 'Content-Digest': _digest, ...signed }) => entries(signed),
};

function replaced(signed: Signed, part: string, by: string): Headers {
  return entries({ ...signed, 'Signature-Input': (signed['Signature-Input'] ?? '').replace(part, by) });
}

const other = (endpoint: Endpoint): Endpoint => (endpoint === 'XML-RPC' ? 'SOAP 1.1' : 'XML-RPC');

const replays: readonly Attack[] = [
  {
    name: 'a signed request once more',
    on: callEndpoints,
    send: (endpoint, known) => {
      const bytes = sent(endpoint, entries(sign(endpoint, known)));
      return twice(bytes, bytes);
    },
    expects: { each: [taken, invalid] },
  },
  {
    name: 'a signature for another protocol',
    on: callEndpoints,
    send: (endpoint, known) => sent(endpoint, entries(sign(other(endpoint), known))),
    expects: invalid,
  },
  {
    name: 'parameters of the query in another order',
    on: callEndpoints,
    send: (endpoint, known) => {
      const path = pathOf(endpoint, name);
      return sent(endpoint, entries(sign(endpoint, known, { path: `${path}?a=1&b=2` })), `${path}?b=2&a=1`);
    },
    expects: invalid,
  },
  {
    name: 'a request of OAuth once more',
    on: callEndpoints,
    send: (endpoint, { signingId, signingSecret }) => {
      const bytes = sent(endpoint, [['Authorization', oauthHeader(endpoint, signingId, signingSecret)]]);
      return twice(bytes, bytes);
    },
    expects: { each: [taken, invalid] },
  },
  ...(
    [
      ['a wrong secret', (header) => header, 'evil'],
      ['an algorithm in plain text', (header) => header.replace('HMAC-SHA256', 'PLAINTEXT')],
      ['no hash of the body', (header) => header.replace(/oauth_body_hash="[^"]*", /, '')],
      ['a parameter twice', (header) => `${header}, oauth_nonce="x"`],
      ['an old timestamp', (header) => header.replace(/oauth_timestamp="[0-9]*"/, 'oauth_timestamp="1"')],
      ['an escape that is none', (header) => header.replace(/oauth_signature="/, 'oauth_signature="%zz')],
      ['commas by the thousand', (header) => `${header}${','.repeat(8_000)}`],
    ] as readonly (readonly [string, (header: string) => string, string?])[]
  ).map(
    ([what, spoil, secret]): Attack => ({
      name: `OAuth with ${what}`,
      on: callEndpoints,
      send: (endpoint, { signingId, signingSecret }) =>
        sent(endpoint, [['Authorization', spoil(oauthHeader(endpoint, signingId, secret ?? signingSecret))]]),
      expects: invalid,
    }),
  ),
];

let nonces = 0;

function oauthHeader(endpoint: Endpoint, id: string, secret: string): string {
  const url = new URL(pathOf(endpoint, name), 'http://localhost');
  const made = { method: 'POST', url, headers: {}, body: body(endpoint) };
  return oauth1(made as unknown as Parameters<typeof oauth1>[0], id, secret, `nonce-${process.pid}-${nonces++}`);
}

export const signatures: AttackClass = {
  name: 'signatures',
  attacks: [
    ...Object.entries(others).map(
      ([what, signing]): Attack => ({
        name: `a signature of ${what}`,
        on: callEndpoints,
        send: (endpoint, known) => sent(endpoint, entries(sign(endpoint, known, signing()))),
        expects: invalid,
      }),
    ),
    ...Object.entries(spoilt).map(
      ([what, spoil]): Attack => ({
        name: `a signature with ${what}`,
        on: callEndpoints,
        send: (endpoint, known) => sent(endpoint, spoil(sign(endpoint, known))),
        expects: invalid,
      }),
    ),
    ...replays,
  ],
};
