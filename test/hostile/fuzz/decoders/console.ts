import { expect } from 'chai';
import { joinText } from '../../../../lib/chunks.ts';
import type { Protocol } from '../../../../lib/protocol.ts';
import { consoleProtocol } from '../../../../protocols/console/index.ts';
import { rest } from '../../../../protocols/rest/index.ts';
import type { Decoder, Shot } from '../decoder.ts';
import { fuzzSite, seizure, whole } from '../every-kind.ts';
import { exchanged, expectExchange, wireRequest } from '../exchange.ts';
import { json, jsonPiece } from '../json-language.ts';
import { shots, texts } from '../shots.ts';
import { everythings } from '../values.ts';

const protocol = consoleProtocol({ envelope: rest, files: new Map(), functions: [] }) as Protocol;
const site = fuzzSite();

function written(value: unknown): string {
  return joinText(protocol.write(whole, value, undefined));
}

const message = (name: string, params: string): string => `{"function":"${name}","params":${params}}`;
const wholeOf = (value: unknown): string => message('fuzz.whole', `{"result":${written(value)}}`);

const seeds = everythings.map((value, i) => {
  const kinds = [
    () => wholeOf(value),
    () => message('fuzz.fields', written(value)),
    () => `{"params":${`{"result":${written(value)}}`},"function":"fuzz.whole"}`,
    () => (i % 8 === 3 ? '{"function":"nothing"}' : message('nothing', '{}')),
  ];
  return jsonPiece((kinds[i % kinds.length] as () => string)());
});

function requestOf({ bytes, type = 'application/json' }: Shot) {
  const headers = { 'content-type': type };
  return wireRequest({ path: '/console/call', headers, body: Buffer.from(bytes, 'latin1') });
}

/** What is read as a call is what any reader of JSON would take it for. */
function expectName(shot: Shot): void {
  const { calls } = protocol.decode(requestOf(shot), site);
  expect(calls, 'one call or one fault').to.have.length(1);
  const [call] = calls;
  if (call === undefined || !('name' in call) || call instanceof Error) return;
  const text = Buffer.from(shot.bytes, 'latin1')
    .toString()
    .replace(/^\ufeff/, '');
  const read = JSON.parse(text) as { readonly function: unknown };
  expect(call.name).to.equal(read.function);
}

/** What was taken comes back equal. */
function expectRoundTrip(value: unknown): void {
  const bytes = Buffer.from(wholeOf(value)).toString('latin1');
  const works = exchanged(protocol, site, requestOf({ bytes })).outcomes.map(({ ok }) => ok);
  expect(works, bytes).to.deep.equal([true]);
  expect(seizure.params).to.deep.equal(value);
}

/** The calls of the console's pages: one function by its name, parameters by theirs. */
export const consoleDecoder: Decoder = {
  name: 'console',
  shots: shots(texts(seeds, json), ['application/json', 'application/json; charset=utf-8', 'text/json', 'text/plain']),
  act: (shot) => exchanged(protocol, site, requestOf(shot)),
  check: (shot) => {
    const done = exchanged(protocol, site, requestOf(shot));
    const verdict = expectExchange(done, shot.bytes.length);
    const answer = JSON.parse(done.body) as { readonly status: string };
    expect(answer.status).to.equal(verdict === 'accepted' ? 'ok' : 'error');
    expect(done.response.headers).to.include({ 'Cache-Control': 'no-store' }).and.not.have.property('WWW-Authenticate');
    if (seizure.params !== undefined) expectRoundTrip(seizure.params);
    expectName(shot);
    return verdict;
  },
  tokens: json.tokens,
  most: 131_072,
};
