import { expect } from 'chai';
import fc from 'fast-check';
import { joinText } from '../../../../lib/chunks.ts';
import type { Protocol, WireRequest } from '../../../../lib/protocol.ts';
import { rest } from '../../../../protocols/rest/index.ts';
import type { Decoder, Shot } from '../decoder.ts';
import { fuzzSite, seizure, whole } from '../every-kind.ts';
import { exchanged, expectExchange, wireRequest } from '../exchange.ts';
import { form, formPiece } from '../form-language.ts';
import { header } from '../header-language.ts';
import { json, jsonPiece } from '../json-language.ts';
import { type Piece, textPiece } from '../piece.ts';
import { shots, texts } from '../shots.ts';
import { everythings } from '../values.ts';

const protocol = rest as Protocol;
const site = fuzzSite();

function written(value: unknown): string {
  return joinText(rest.write(whole, value, { cacheable: false }));
}

/** A JSON value as pairs of names with brackets and texts. */
function pairsOf(name: string, value: unknown): readonly (readonly [string, string])[] {
  if (value === null) return [];
  if (name === 'json') return [[name, JSON.stringify(value)]];
  if (Array.isArray(value)) return value.flatMap((item, i) => pairsOf(`${name}[${i}]`, item));
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([key, item]) => pairsOf(`${name}[${key}]`, item));
  return [[name, String(value)]];
}

/** What stands for lists and maps without anything in them, which forms cannot carry, and for null. */
const filled: Readonly<Record<string, unknown>> = {
  grid: [[1]],
  list: [''],
  map: { a: 1 },
  maps: { a: [{ n: 1 }] },
  nullable: 1,
};

/** All of a value that forms can carry. */
function allPairs(value: unknown): readonly (readonly [string, string])[] {
  const named = JSON.parse(written(value)) as Record<string, unknown>;
  return Object.entries({ ...filled, ...named }).flatMap(([name, item]) => {
    const pairs = pairsOf(name, item);
    return pairs.length === 0 && name in filled ? pairsOf(name, filled[name]) : pairs;
  });
}

const encodePair = ([name, value]: readonly [string, string]): string =>
  `${encodeURIComponent(name).replaceAll('%5B', '[').replaceAll('%5D', ']')}=${encodeURIComponent(value)}`;

const forms = everythings.map((value) => formPiece(allPairs(value).map(encodePair).join('&')));
const jsons = everythings.map((value) => jsonPiece(written(value)));

const boundary = 'xYz--1';

/** multipart/form-data: a part for each pair, bytes as a file. */
const multiparts = everythings.map((value): Piece => {
  const parts = allPairs(value).map(([name, text]): Piece => {
    const file = name === 'bytes' ? '; filename="a.bin"\r\nContent-Type: application/octet-stream' : '';
    const open = `--${boundary}\r\nContent-Disposition: form-data; name="${name.replaceAll('"', '%22').replace(/[\r\n\\]/g, '')}"${file}\r\n\r\n`;
    return { open, between: '', close: '\r\n', inner: [textPiece(text)] };
  });
  return { open: '', between: '', close: `--${boundary}--\r\n`, inner: parts };
});

const multipartType = `multipart/form-data; boundary="${boundary}"`;
const multipart = {
  ...form,
  tokens: [
    ...form.tokens,
    ...header.tokens,
    `--${boundary}`,
    `--${boundary}--`,
    '\r\n',
    '\r\n\r\n',
    '--',
    'name=""',
    '; filename="x"',
  ],
};

function requestOf({ bytes, type, form: how }: Shot): WireRequest {
  const tail = how === 'whole' ? 'fuzz.whole' : 'fuzz.fields';
  const common = { path: `/rest/${tail}`, tail };
  if (how === 'query') return wireRequest({ ...common, method: 'GET', query: bytes.replaceAll('#', '%23') });
  if (how === 'path') return wireRequest({ ...common, method: 'GET', tail: bytes });
  return wireRequest({ ...common, headers: { 'content-type': type }, body: Buffer.from(bytes, 'latin1') });
}

function exchange(shot: Shot) {
  return exchanged(protocol, site, requestOf(shot));
}

/** What was taken comes back equal as JSON, whatever brought it. */
function expectRoundTrip(value: unknown): void {
  const bytes = Buffer.from(`{"result":${written(value)}}`).toString('latin1');
  const { outcomes } = exchange({ bytes, type: 'application/json', form: 'whole' });
  expect(
    outcomes.map(({ ok }) => ok),
    bytes,
  ).to.deep.equal([true]);
  expect(seizure.params).to.deep.equal(value);
}

const json8 = [
  'application/json',
  'application/json; charset="utf-8"',
  'Application/JSON;charset=us-ascii',
  'application/json; charset=x',
];
const paths = ['nothing', 'fuzz.whole', 'fuzz%2Efields', 'auth.login', '%F0%9F%98%80', 'a%2Fb'].map(formPiece);

/** REST: queries, forms, multipart, JSON, and the function's name in the path. */
export const restDecoder: Decoder = {
  name: 'rest',
  shots: fc.oneof(
    { weight: 3, arbitrary: shots(texts(jsons, json), json8, 'json') },
    { weight: 3, arbitrary: shots(texts(forms, form), ['application/x-www-form-urlencoded'], 'form') },
    { weight: 2, arbitrary: shots(texts(forms, form), [''], 'query') },
    {
      weight: 3,
      arbitrary: shots(texts(multiparts, multipart), [multipartType, 'multipart/form-data'], 'multipart'),
    },
    { weight: 1, arbitrary: shots(texts(paths, form), [''], 'path') },
    {
      weight: 1,
      arbitrary: shots(texts([...multiparts, ...forms, ...jsons], json), [
        multipartType,
        json8[0] as string,
        'text/plain',
      ]),
    },
  ),
  act: exchange,
  check: (shot) => {
    const done = exchange(shot);
    const verdict = expectExchange(done, shot.bytes.length);
    const answer = JSON.parse(done.body) as { readonly status: string };
    expect(answer.status).to.equal(verdict === 'accepted' ? 'ok' : 'error');
    if (seizure.params !== undefined) expectRoundTrip(seizure.params);
    return verdict;
  },
  tokens: multipart.tokens,
  most: 131_072,
};
