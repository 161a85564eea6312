/** A request as it is sent and the answer as JSON; undefined for an empty one. */
export interface SpecCase {
  readonly name: string;
  readonly request: string;
  readonly response: unknown;
}

const call = (members: object) => JSON.stringify({ jsonrpc: '2.0', ...members });
const result = (value: unknown, id: unknown) => ({ jsonrpc: '2.0', result: value, id });
const error = (code: number, id: unknown) => ({ jsonrpc: '2.0', error: { code }, id });

/**
 * The examples of the JSON-RPC 2.0 specification, section 7, written anew (https://www.jsonrpc.org/specification; its text
 * may be copied and implemented freely). Messages of errors are free, codes and ids are not.
 */
export const specCases: readonly SpecCase[] = [
  {
    name: 'positional parameters',
    request: call({ method: 'subtract', params: [42, 23], id: 1 }),
    response: result(19, 1),
  },
  {
    name: 'positional parameters turned round',
    request: call({ method: 'subtract', params: [23, 42], id: 2 }),
    response: result(-19, 2),
  },
  {
    name: 'named parameters',
    request: call({ method: 'subtract', params: { subtrahend: 23, minuend: 42 }, id: 3 }),
    response: result(19, 3),
  },
  {
    name: 'named parameters turned round',
    request: call({ method: 'subtract', params: { minuend: 42, subtrahend: 23 }, id: 4 }),
    response: result(19, 4),
  },
  { name: 'a notification', request: call({ method: 'update', params: [1, 2, 3, 4, 5] }), response: undefined },
  { name: 'a notification to nobody', request: call({ method: 'foobar' }), response: undefined },
  { name: 'a method that does not exist', request: call({ method: 'foobar', id: '1' }), response: error(-32601, '1') },
  {
    name: 'broken JSON',
    request: '{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]',
    response: error(-32700, null),
  },
  {
    name: 'a request that is none',
    request: '{"jsonrpc": "2.0", "method": 1, "params": "bar"}',
    response: error(-32600, null),
  },
  {
    name: 'a batch of broken JSON',
    request:
      '[\n  {"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},\n  {"jsonrpc": "2.0", "method"\n]',
    response: error(-32700, null),
  },
  { name: 'an empty batch', request: '[]', response: error(-32600, null) },
  { name: 'a batch of one that is no request', request: '[1]', response: [error(-32600, null)] },
  {
    name: 'a batch of three that are no requests',
    request: '[1,2,3]',
    response: [error(-32600, null), error(-32600, null), error(-32600, null)],
  },
  {
    name: 'a mixed batch',
    request: `[${[
      call({ method: 'sum', params: [1, 2, 4], id: '1' }),
      call({ method: 'notify_hello', params: [7] }),
      call({ method: 'subtract', params: [42, 23], id: '2' }),
      '{"foo": "boo"}',
      call({ method: 'foo.get', params: { name: 'myself' }, id: '5' }),
      call({ method: 'get_data', id: '9' }),
    ].join(',')}]`,
    response: [result(7, '1'), result(19, '2'), error(-32600, null), error(-32601, '5'), result(['hello', 5], '9')],
  },
  {
    name: 'a batch of notifications',
    request: `[${call({ method: 'notify_sum', params: [1, 2, 4] })},${call({ method: 'notify_hello', params: [7] })}]`,
    response: undefined,
  },
];
