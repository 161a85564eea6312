import type { Attack, AttackClass, Expected } from '../attack.ts';
import { bodyOf, call, type Headers, pathOf, request } from '../build.ts';
import { type Endpoint, forms, pageEndpoints, postEndpoints } from '../endpoints.ts';
import type { Step } from '../line.ts';

const refused: Expected = { http: 400 };
const name = 'hostile.mark';
const taken: Expected = { result: 'x', runs: [name] };
/** What Node takes and we do not: told by the endpoint, under the status of HTTP. */
const versions: Expected = { fault: 'malformed', status: 400 };
/** A request that must never be taken out of the body of another. */
const smuggled = (endpoint: Endpoint): string => call(endpoint, name, { text: 'smuggled' }).toString('latin1');
const body = (endpoint: Endpoint): string => bodyOf(endpoint, name, { text: 'x' });

/** A request with lines of its own in the place of Content-Length, and a body as it is. */
function framed(
  what: string,
  headers: Headers,
  content: (endpoint: Endpoint) => string,
  expects: Attack['expects'],
): Attack {
  return {
    name: what,
    on: postEndpoints,
    send: (endpoint) =>
      request(endpoint, { path: pathOf(endpoint, name), length: undefined, headers, body: content(endpoint) }),
    expects,
  };
}

const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const chunks = (endpoint: Endpoint): string => `${chunk(body(endpoint))}0\r\n\r\n`;
const chunked: Headers = [['Transfer-Encoding', 'chunked']];

const lengths: readonly Attack[] = [
  framed(
    'a length and chunks',
    [['Content-Length', '5'], ...chunked],
    (endpoint) => `0\r\n\r\n${smuggled(endpoint)}`,
    refused,
  ),
  framed(
    'chunks and a length',
    [...chunked, ['Content-Length', '5']],
    (endpoint) => `0\r\n\r\n${smuggled(endpoint)}`,
    refused,
  ),
  framed(
    'two lengths that differ',
    [
      ['Content-Length', '5'],
      ['Content-Length', '500'],
    ],
    smuggled,
    refused,
  ),
  framed('two lengths in one header', [['Content-Length', '5, 500']], smuggled, refused),
  framed('a negative length', [['Content-Length', '-5']], smuggled, refused),
  framed('a length with a plus', [['Content-Length', '+5']], smuggled, refused),
  framed('a length in hexadecimal', [['Content-Length', '0x5']], smuggled, refused),
  framed('a length with a space inside', [['Content-Length', '5 0']], smuggled, refused),
  framed('a length beyond any number', [['Content-Length', '9'.repeat(30)]], smuggled, refused),
  framed('an empty length', [['Content-Length', '']], smuggled, refused),
  framed('a length by a name with a space behind it', [['Content-Length ', '5']], smuggled, refused),
  framed('no length and no chunks', [], smuggled, (endpoint) => ({
    fault: endpoint === 'REST' ? 'invalid-params' : 'malformed',
  })),
];

const codings: readonly Attack[] = [
  framed('a coding that nobody knows', [['Transfer-Encoding', 'evil']], chunks, versions),
  framed('a coding before chunks', [['Transfer-Encoding', 'gzip, chunked']], chunks, versions),
  framed('chunks that are not the last coding', [['Transfer-Encoding', 'chunked, identity']], chunks, refused),
  framed('chunks that are spelt otherwise', [['Transfer-Encoding', 'xchunked']], chunks, versions),
  framed('chunks in quotes', [['Transfer-Encoding', '"chunked"']], chunks, versions),
  framed('two codings', [...chunked, ['Transfer-Encoding', 'identity']], chunks, refused),
];

const pieces: readonly Attack[] = [
  framed('a chunk whose size is none', chunked, () => 'zz\r\nx\r\n0\r\n\r\n', refused),
  framed('a chunk with a size in 0x', chunked, () => '0x5\r\nhello\r\n0\r\n\r\n', refused),
  framed('a chunk of a negative size', chunked, () => '-5\r\nhello\r\n0\r\n\r\n', refused),
  framed(
    'a chunk of more bytes than there are numbers',
    chunked,
    () => 'ffffffffffffffffff\r\nhello\r\n0\r\n\r\n',
    refused,
  ),
  framed('a chunk that is longer than it says', chunked, () => '1\r\nhello\r\n0\r\n\r\n', refused),
  framed('a chunk that ends without CR', chunked, () => '5\nhello\n0\n\n', refused),
  framed(
    'a chunk with an extension of 20,000 characters',
    chunked,
    (endpoint) => `1;${'a'.repeat(20_000)}\r\n${body(endpoint)[0]}\r\n0\r\n\r\n`,
    refused,
  ),
  framed(
    'chunks of one byte each',
    chunked,
    (endpoint) => `${[...body(endpoint)].map(chunk).join('')}0\r\n\r\n`,
    taken,
  ),
  framed(
    'trailers that prove who calls',
    chunked,
    (endpoint) => `${chunk(body(endpoint))}0\r\nAuthorization: Bearer evil\r\nX-API-Key: evil\r\n\r\n`,
    taken,
  ),
  framed('a request behind the last chunk', chunked, (endpoint) => `${chunks(endpoint)}${smuggled(endpoint)}`, taken),
];

/** A whole request with its lines spoilt. */
function spoilt(
  what: string,
  spoil: (text: string, endpoint: Endpoint) => string,
  expects: Attack['expects'] = refused,
): Attack {
  return {
    name: what,
    on: postEndpoints,
    send: (endpoint) => Buffer.from(spoil(call(endpoint, name, { text: 'x' }).toString('latin1'), endpoint), 'latin1'),
    expects,
  };
}

const first = (text: string, line: string): string => text.replace(/^.*\r\n/, `${line}\r\n`);

const lines: readonly Attack[] = [
  spoilt('a header without a colon', (text) => text.replace('\r\n\r\n', '\r\nevil\r\n\r\n')),
  spoilt('a header without a name', (text) => text.replace('\r\n\r\n', '\r\n: evil\r\n\r\n')),
  spoilt('a name with a space', (text) => text.replace('\r\n\r\n', '\r\nX Y: evil\r\n\r\n')),
  spoilt('a name with a NUL', (text) => text.replace('\r\n\r\n', '\r\nX\0Y: evil\r\n\r\n')),
  spoilt('a value with a NUL', (text) => text.replace('\r\n\r\n', '\r\nX: e\0vil\r\n\r\n')),
  spoilt('a value with a bare CR', (text) => text.replace('\r\n\r\n', '\r\nX: e\rvil\r\n\r\n')),
  spoilt('a header that is folded', (text) => text.replace('\r\n\r\n', '\r\nX: a\r\n b\r\n\r\n')),
  spoilt('a folded line first', (text) => text.replace('\r\n', '\r\n X: a\r\n')),
  spoilt('lines that end without CR', (text) => text.replaceAll('\r\n', '\n')),
  spoilt('two spaces in the first line', (text) => text.replace(' HTTP', '  HTTP'), taken),
  spoilt('a space in the path', (text) => text.replace(' HTTP', ' evil HTTP')),
  spoilt('no version', (text) => text.replace(' HTTP/1.1', ''), versions),
  spoilt('version 1.2', (text) => text.replace('HTTP/1.1', 'HTTP/1.2')),
  spoilt('version 2.0', (text) => text.replace('HTTP/1.1', 'HTTP/2.0'), versions),
  spoilt('version 3.0 of another protocol', (text) => text.replace('HTTP/1.1', 'EVIL/3.0')),
  spoilt('a method in small letters', (text) => text.replace('POST', 'post')),
  spoilt('a method that nobody knows', (text) => text.replace('POST', 'EVIL')),
  spoilt('a path that does not begin with a slash', (text) => first(text, 'POST evil HTTP/1.1')),
  spoilt('no Host', (text) => text.replace('Host: localhost\r\n', '')),
  spoilt('a path of 20,000 characters', (text) => first(text, `POST /${'a'.repeat(20_000)} HTTP/1.1`), { http: 431 }),
  spoilt('the beginning of HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  spoilt('the beginning of TLS', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'),
  spoilt('the beginning of SSH', () => 'SSH-2.0-evil\r\n'),
  spoilt('a command of Redis', () => '*1\r\n$4\r\nPING\r\n'),
  spoilt('a megabyte of nothing', () => '\0'.repeat(1_000_000)),
];

const hosts: readonly Attack[] = [
  {
    name: 'two hosts',
    on: pageEndpoints,
    send: (endpoint) => call(endpoint, name, { text: 'x' }, { headers: [['Host', 'evil.example']] }),
    expects: { fault: 'malformed', status: 400 },
  },
  {
    name: 'two hosts that are the same',
    on: pageEndpoints,
    send: (endpoint) => call(endpoint, name, { text: 'x' }, { headers: [['host', 'localhost']] }),
    expects: { fault: 'malformed', status: 400 },
  },
];

/** A connection that is kept, so that a request could come out of another's body. */
function kept(endpoint: Endpoint, text: string): Buffer {
  return Buffer.from(
    `POST ${pathOf(endpoint, name)} HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${forms[endpoint].type}\r\nContent-Length: ${Buffer.byteLength(bodyOf(endpoint, name, { text }))}\r\n\r\n${bodyOf(endpoint, name, { text })}`,
  );
}

const result = (text: string): Expected => ({ result: text, runs: [name] });

const pipelines: readonly Attack[] = [
  {
    name: 'four requests in one breath are answered in their order',
    on: postEndpoints,
    send: (endpoint) => ({
      steps: [
        Buffer.concat([
          kept(endpoint, 'a'),
          kept(endpoint, 'b'),
          kept(endpoint, 'c'),
          call(endpoint, name, { text: 'd' }),
        ]),
      ],
    }),
    expects: { each: ['a', 'b', 'c', 'd'].map(result) },
  },
  {
    name: 'a good request and a broken one in one breath',
    on: postEndpoints,
    send: (endpoint) => ({ steps: [Buffer.concat([kept(endpoint, 'a'), Buffer.from('evil\r\n\r\n')])] }),
    expects: { each: [result('a'), refused] },
  },
  {
    name: 'a request behind one that is refused before its body',
    on: postEndpoints,
    send: (endpoint) => ({ steps: [hidden(endpoint)] }),
    expects: { fault: 'unsupported-media-type', early: true },
  },
  {
    name: 'a request within the body of one that is too large',
    on: postEndpoints,
    send: (endpoint) => ({ steps: large(endpoint) }),
    expects: { fault: 'too-large', early: true },
  },
];

/** The body of a compressed request, which nobody reads, is a request. */
function hidden(endpoint: Endpoint): Buffer {
  const content = call(endpoint, name, { text: 'smuggled' });
  return request(endpoint, { path: pathOf(endpoint, name), headers: [['Content-Encoding', 'gzip']], body: content });
}

function large(endpoint: Endpoint): readonly Step[] {
  const head = request(endpoint, { path: pathOf(endpoint, name), length: '2000000' });
  return [head, { wait: 20 }, smuggled(endpoint)];
}

export const httpFraming: AttackClass = {
  name: 'HTTP framing, pipelining',
  attacks: [...lengths, ...codings, ...pieces, ...lines, ...hosts, ...pipelines],
};
