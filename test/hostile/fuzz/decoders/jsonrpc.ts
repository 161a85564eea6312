import { joinText } from '../../../../lib/chunks.ts';
import type { Protocol } from '../../../../lib/protocol.ts';
import { jsonrpc } from '../../../../protocols/jsonrpc/index.ts';
import { whole } from '../every-kind.ts';
import { jsonPiece } from '../json-language.ts';
import { jsonRpcDecoder, message } from '../json-rpc.ts';
import { everythings } from '../values.ts';

function written(value: unknown): string {
  return joinText(jsonrpc.write(whole, value, { batch: false, ids: ['1'] }));
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
    () => message('fuzz.whole', `{"result":${result}}`, '"a"'),
    () => message('fuzz.fields', positional(result), '9007199254740993'),
    () => message('fuzz.fields', result, 'null'),
    () =>
      `[${message('fuzz.whole', `[${result}]`)},${message('nothing', '[]', '2')},{"jsonrpc":"2.0","method":"nothing"}]`,
  ];
  return jsonPiece((kinds[i % 4] as () => string)());
});

/** JSON-RPC 2.0: single calls, notifications and batches, by name and by position. */
export const jsonrpcDecoder = jsonRpcDecoder({
  protocol: jsonrpc as Protocol,
  path: '/jsonrpc',
  seeds,
  whole: (value) => message('fuzz.whole', `{"result":${written(value)}}`),
  silent: 204,
});
