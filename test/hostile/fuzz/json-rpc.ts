import { expect } from 'chai';
import type { Protocol } from '../../../lib/protocol.ts';
import type { Decoder, Shot } from './decoder.ts';
import { fuzzSite, seizure } from './every-kind.ts';
import { exchanged, expectExchange, wireRequest } from './exchange.ts';
import { json } from './json-language.ts';
import type { Piece } from './piece.ts';
import { shots, texts } from './shots.ts';

/** A protocol whose messages are those of JSON-RPC 2.0. */
interface Speaker {
  readonly protocol: Protocol;
  readonly path: string;
  readonly seeds: readonly Piece[];
  /** Headers of a message beside its Content-Type. */
  readonly headers?: (bytes: string) => Readonly<Record<string, string>>;
  /** A call of `fuzz.whole` with a value. */
  readonly whole: (value: unknown) => string;
  /** HTTP's status where nothing is answered. */
  readonly silent: number;
  /** What must hold of a result beside what holds of every one. */
  readonly expectResult?: (result: unknown) => void;
}

interface Response {
  readonly jsonrpc: string;
  readonly id: unknown;
  readonly result?: unknown;
}

/** A request object. */
export function message(method: string, params: string, id = '1'): string {
  return `{"jsonrpc":"2.0","id":${id},"method":"${method}","params":${params}}`;
}

/** JSON-RPC 2.0 §5: what every response object has. */
function expectResponse(response: Response): void {
  expect(response.jsonrpc).to.equal('2.0');
  expect(Object.hasOwn(response, 'id')).to.equal(true);
  expect(Object.hasOwn(response, 'result')).to.not.equal(Object.hasOwn(response, 'error'));
}

/** The decoder of such a protocol: what is taken comes back equal, and every response is one. */
export function jsonRpcDecoder({ protocol, path, seeds, headers, whole, silent, expectResult }: Speaker): Decoder {
  const site = fuzzSite();
  const exchange = ({ bytes, type }: Shot) => {
    const all = { 'content-type': type ?? 'application/json', ...headers?.(bytes) };
    return exchanged(protocol, site, wireRequest({ path, headers: all, body: Buffer.from(bytes, 'latin1') }));
  };
  const expectRoundTrip = (value: unknown): void => {
    const bytes = Buffer.from(whole(value)).toString('latin1');
    const works = exchange({ bytes }).outcomes.map(({ ok }) => ok);
    expect(works, bytes).to.deep.equal([true]);
    expect(seizure.params).to.deep.equal(value);
  };
  const types = ['application/json', 'application/json; charset=utf-8', 'application/json;charset=latin1', 'text/json'];
  return {
    name: protocol.name,
    shots: shots(texts(seeds, json), types),
    act: exchange,
    check: (shot) => {
      const done = exchange(shot);
      const verdict = expectExchange(done, shot.bytes.length);
      if (done.response.status === silent) expect(done.body).to.equal('');
      else {
        for (const response of [JSON.parse(done.body) as Response | readonly Response[]].flat()) {
          expectResponse(response);
          expectResult?.(response.result);
        }
      }
      if (seizure.params !== undefined) expectRoundTrip(seizure.params);
      return verdict;
    },
    tokens: json.tokens,
    most: 131_072,
  };
}
