import { expect } from 'chai';
import { joinText } from '../../../../lib/chunks.ts';
import type { Protocol } from '../../../../lib/protocol.ts';
import { jsonrpc } from '../../../../protocols/jsonrpc/index.ts';
import type { Decoder, Shot } from '../decoder.ts';
import { fuzzSite, seizure, whole } from '../every-kind.ts';
import { exchanged, expectExchange, wireRequest } from '../exchange.ts';
import { json, jsonPiece } from '../json-language.ts';
import { shots, texts } from '../shots.ts';
import { everythings } from '../values.ts';

const protocol = jsonrpc as Protocol;
const site = fuzzSite();

function written(value: unknown): string {
  return joinText(jsonrpc.write(whole, value, { batch: false, ids: ['1'] }));
}

function call(method: string, params: string, id = '1'): string {
  return `{"jsonrpc":"2.0","method":"${method}","params":${params},"id":${id}}`;
}

/** Parameters by position, up to the last that is there: what JSON cannot leave out in between stays an empty list. */
function positional(result: string): string {
  const { optional, preset, ...rest } = JSON.parse(result) as Record<string, unknown>;
  const tail = optional === undefined ? [] : [optional, preset];
  return JSON.stringify([...Object.values(rest), ...tail]);
}

const seeds = everythings.map((value, i) => {
  const result = written(value);
  const kinds = [
    () => call('fuzz.whole', `{"result":${result}}`, '"a"'),
    () => call('fuzz.fields', positional(result), '9007199254740993'),
    () => call('fuzz.fields', result, 'null'),
    () => `[${call('fuzz.whole', `[${result}]`)},${call('nothing', '[]', '2')},{"jsonrpc":"2.0","method":"nothing"}]`,
  ];
  return jsonPiece((kinds[i % 4] as () => string)());
});

function exchange({ bytes, type }: Shot) {
  const headers = { 'content-type': type ?? 'application/json' };
  return exchanged(protocol, site, wireRequest({ path: '/jsonrpc', headers, body: Buffer.from(bytes, 'latin1') }));
}

function expectRoundTrip(value: unknown): void {
  const bytes = Buffer.from(call('fuzz.whole', `{"result":${written(value)}}`)).toString('latin1');
  const { outcomes } = exchange({ bytes });
  expect(
    outcomes.map(({ ok }) => ok),
    bytes,
  ).to.deep.equal([true]);
  expect(seizure.params).to.deep.equal(value);
}

interface Response {
  readonly jsonrpc: string;
  readonly id: unknown;
}

/** JSON-RPC 2.0 §5: what every response object has. */
function expectResponse(response: Response): void {
  expect(response.jsonrpc).to.equal('2.0');
  expect(Object.hasOwn(response, 'id')).to.equal(true);
  expect(Object.hasOwn(response, 'result')).to.not.equal(Object.hasOwn(response, 'error'));
}

/** JSON-RPC 2.0: single calls, notifications and batches, by name and by position. */
export const jsonrpcDecoder: Decoder = {
  name: 'jsonrpc',
  shots: shots(texts(seeds, json), [
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset=latin1',
    'text/json',
  ]),
  act: exchange,
  check: (shot) => {
    const done = exchange(shot);
    const verdict = expectExchange(done, shot.bytes.length);
    if (done.response.status === 204) expect(done.body).to.equal('');
    else {
      const answer = JSON.parse(done.body) as Response | readonly Response[];
      for (const response of Array.isArray(answer) ? answer : [answer]) expectResponse(response as Response);
    }
    if (seizure.params !== undefined) expectRoundTrip(seizure.params);
    return verdict;
  },
  tokens: json.tokens,
  most: 131_072,
};
