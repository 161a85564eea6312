import { isUtf8 } from 'node:buffer';
import { expect } from 'chai';
import { Fault } from '../../../../lib/fault.ts';
import { JsonNumber } from '../../../../lib/json/number.ts';
import { type ParsedJson, parseJsonBody } from '../../../../lib/json/parse.ts';
import { readSettings } from '../../../../lib/settings.ts';
import type { Decoder, Shot } from '../decoder.ts';
import { expectClean, expectFault } from '../exchange.ts';
import { json, jsonPiece } from '../json-language.ts';
import { shots, texts } from '../shots.ts';

const { limits } = readSettings({});

const seeds = [
  { a: 1, b: [true, null, 'x', -0.5, 1e21], c: { d: {}, e: [[]], __proto__x: 'é😀\u0000"\\' } },
  [[[[1]]], { '': 0, constructor: { prototype: {} } }],
  Array.from({ length: 30 }, (_, i) => ({ id: i, name: `n${i}`, at: '2026-01-01T00:00:00Z' })),
  'text',
  123456789012345,
].map((value) => jsonPiece(JSON.stringify(value)));

function parse({ bytes, type }: Shot): ParsedJson | Fault {
  try {
    return parseJsonBody(Buffer.from(bytes, 'latin1'), type, limits);
  } catch (reason) {
    if (reason instanceof Fault) return reason;
    throw reason;
  }
}

/** The value as JSON again, numbers to the digit. */
function write(value: unknown): string {
  if (value instanceof JsonNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, member]) => `${JSON.stringify(name)}:${write(member)}`)
    .join(',')}}`;
}

/** What JSON.parse makes of the bytes, which knows neither limits nor duplicates. */
function oracle(bytes: Buffer): { readonly value: unknown } | undefined {
  if (!isUtf8(bytes)) return undefined;
  try {
    return { value: JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, '')) };
  } catch {
    return undefined;
  }
}

const plain = (value: unknown): unknown => JSON.parse(write(value));

/** JSON itself: what it takes is what JSON.parse takes, less duplicates and what is beyond the limits. */
export const jsonDecoder: Decoder = {
  name: 'json',
  shots: shots(texts(seeds, json), [
    'application/json',
    'application/json; charset=utf-8',
    'application/json; charset=utf-16',
  ]),
  act: parse,
  check: (shot) => {
    const parsed = parse(shot);
    const theirs = oracle(Buffer.from(shot.bytes, 'latin1'));
    expectClean();
    if (parsed instanceof Fault) {
      expectFault(parsed);
      expect(parsed.code).to.be.oneOf([
        'malformed',
        'too-large',
        'invalid-request',
        'unsupported-encoding',
        'invalid-encoding',
      ]);
      if (parsed.code === 'malformed') expect(theirs, parsed.message).to.equal(undefined);
      if (parsed.code === 'invalid-request') expect(parsed.issues.map(({ code }) => code)).to.deep.equal(['duplicate']);
      return 'refused';
    }
    expect(theirs, 'what JSON.parse takes').to.not.equal(undefined);
    expect(plain(parsed.value)).to.deep.equal(theirs?.value);
    const text = write(parsed.value);
    const again = parseJsonBody(Buffer.from(text), undefined, limits);
    expect(write(again.value)).to.equal(text);
    return 'accepted';
  },
  tokens: json.tokens,
  most: 131_072,
};
