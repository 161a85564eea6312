import type { Attack, AttackClass, Expected } from '../attack.ts';
import { request } from '../build.ts';
import type { Endpoint } from '../endpoints.ts';

const forbidden = { fault: 'forbidden' } as const;
const invalidRequest = { fault: 'invalid-request' } as const;
const unauthenticated = { fault: 'unauthenticated' } as const;
const taken: Expected = { result: 'x', runs: ['hostile.mark'] };

/** A call inside of others; the name `multicall` holds calls of its own. */
interface Inner {
  readonly name: string;
  readonly texts: readonly string[];
}

const value = (text: string): string => `<value><string>${text}</string></value>`;
const member = (name: string, inner: string): string => `<member><name>${name}</name><value>${inner}</value></member>`;

const struct = ({ name, texts }: Inner): string =>
  `<value><struct>${member('methodName', `<string>${name}</string>`)}${member('params', `<array><data>${texts.map(value).join('')}</data></array>`)}</struct></value>`;

const multicall = (entries: string): string =>
  `<methodCall><methodName>system.multicall</methodName><params><param><value><array><data>${entries}</data></array></value></param></params></methodCall>`;

const batch = (calls: readonly Inner[]): string =>
  JSON.stringify(calls.map(({ name, texts }, id) => ({ jsonrpc: '2.0', method: name, params: texts, id })));

/** The same as tools of MCP, in the revision that has batches. */
const tools = (calls: readonly Inner[]): string =>
  JSON.stringify(
    calls.map(({ name, texts: [text, password] }, id) => ({
      jsonrpc: '2.0',
      method: 'tools/call',
      params: {
        name: name.replace('.', '_'),
        arguments: password === undefined ? { text } : { username: text, password },
      },
      id,
    })),
  );
const revision = { headers: [['MCP-Protocol-Version', '2025-03-26']] } as const;

const times = (count: number, inner: Inner): readonly Inner[] => Array.from({ length: count }, () => inner);
const mark: Inner = { name: 'hostile.mark', texts: ['x'] };
const login: Inner = { name: 'auth.gettoken', texts: ['ana', 'a-guess-at-the-password'] };

const bodyOf = (endpoint: Endpoint, calls: readonly Inner[]): string =>
  endpoint === 'XML-RPC' ? multicall(calls.map(struct).join('')) : endpoint === 'MCP' ? tools(calls) : batch(calls);

const together = (endpoint: Endpoint, body: string): Buffer =>
  request(endpoint, { body, ...(endpoint === 'MCP' && revision) });

/** The same calls as a multicall and as batches. */
function both(name: string, calls: readonly Inner[], expects: Expected, more: Partial<Attack> = {}): Attack {
  return {
    name,
    on: ['XML-RPC', 'JSON-RPC', 'MCP'],
    send: (endpoint) => together(endpoint, bodyOf(endpoint, calls)),
    expects,
    ...more,
  };
}

let addresses = 0;

/** An address that has not called yet. */
const fresh = (): string => `127.1.0.${(addresses++ % 250) + 1}`;

const spending = (endpoint: Endpoint): Buffer => together(endpoint, bodyOf(endpoint, times(10, mark)));

const inner = (count: number, expected: Expected): Expected => ({
  inner: Array.from({ length: count }, () => expected),
});

function alone(name: string, body: string, expects: Expected): Attack {
  return { name, on: ['XML-RPC'], send: (endpoint) => request(endpoint, { body }), expects };
}

const nested = `<value><struct>${member('methodName', '<string>system.multicall</string>')}${member('params', `<array><data><value><array><data>${struct(mark)}</data></array></value></data></array>`)}</struct></value>`;

export const multicallAmplification: AttackClass = {
  name: 'multicall amplification',
  attacks: [
    both('50 guesses at a password in one message', times(50, login), inner(50, forbidden), {
      secrets: ['a-guess-at-the-password'],
    }),
    both('a guess at a password among good calls', [mark, login, mark], { inner: [taken, forbidden, taken] }),
    both('a session to be begun', [{ name: 'auth.startsession', texts: ['ana', 'x'] }], inner(1, forbidden)),
    both('51 calls', times(51, mark), { fault: 'too-large' }),
    both('3,000 calls', times(3_000, mark), { fault: 'too-large' }),
    both('50 calls', times(50, mark), inner(50, taken)),
    both(
      '50 calls of a function for the known',
      times(50, { name: 'hostile.user', texts: ['x'] }),
      inner(50, unauthenticated),
    ),
    both(
      '50 calls of nothing',
      times(50, { name: 'hostile.nowhere', texts: [] }),
      inner(50, { fault: 'unknown-function' }),
    ),
    both('50 calls that break', times(50, { name: 'hostile.throws', texts: ['x'] }), inner(50, { fault: 'internal' })),
    both(
      'a quota that is spent within one message',
      times(10, mark),
      { inner: [taken, taken, taken, ...Array.from({ length: 7 }, (): Expected => ({ fault: 'rate-limited' }))] },
      {
        settings: { quotas: { addressPerMinute: 3 } },
        send: (endpoint) => ({ steps: [spending(endpoint)], from: () => fresh() }),
      },
    ),
    both('no calls at all', [], { fault: 'invalid-request' }, { on: ['JSON-RPC', 'MCP'] }),
    {
      name: 'guesses at a password by the tool that calls others',
      on: ['MCP'],
      send: (endpoint) =>
        together(
          endpoint,
          JSON.stringify(
            Array.from({ length: 50 }, (_, id) => ({
              jsonrpc: '2.0',
              method: 'tools/call',
              params: {
                name: 'call',
                arguments: { name: 'auth.gettoken', arguments: { username: 'ana', password: 'x' } },
              },
              id,
            })),
          ),
        ),
      expects: inner(50, forbidden),
    },
    alone('a multicall inside of a multicall', multicall(nested), inner(1, invalidRequest)),
    alone('a multicall inside of a multicall, fifty times', multicall(nested.repeat(50)), inner(50, invalidRequest)),
    alone('a multicall of nothing', multicall(''), { result: [] }),
    alone('a multicall of a text', multicall(value('hostile.mark')), inner(1, invalidRequest)),
    alone(
      'a call without params',
      multicall(`<value><struct>${member('methodName', '<string>hostile.mark</string>')}</struct></value>`),
      inner(1, invalidRequest),
    ),
    alone(
      'a call with two names',
      multicall(struct(mark).replace('</struct>', `${member('methodName', '<string>hostile.user</string>')}</struct>`)),
      inner(1, invalidRequest),
    ),
    alone(
      'a call whose params are no array',
      multicall(
        `<value><struct>${member('methodName', '<string>hostile.mark</string>')}${member('params', '<string>x</string>')}</struct></value>`,
      ),
      inner(1, invalidRequest),
    ),
    alone('a multicall without parameters', '<methodCall><methodName>system.multicall</methodName></methodCall>', {
      fault: 'invalid-params',
    }),
    alone(
      'a multicall that breaks off after a good call',
      multicall(struct(mark)).replace('</data></array></value></param>', '</data>'),
      { fault: 'malformed' },
    ),
    alone(
      'a multicall with two parameters',
      multicall(struct(mark)).replace('</param></params>', '</param><param><value>x</value></param></params>'),
      { fault: 'invalid-request' },
    ),
  ],
};
