/** What the npm programs of XML-RPC and JSON-RPC share: a line for each check, and the way of every value there and back. */
import { deepStrictEqual } from 'node:assert';

export const odd = 'Zoë & <Bob> ]]> \u{1F600}';

const say = (...columns) => console.log(columns.map((text) => `${text}`.replace(/\s+/g, ' ')).join('\t'));

/** The client cannot do it, for the reason given. */
export class Impossible extends Error {}

/** Runs one check: it fails by an exception, and what it returns is told. */
export async function check(name, step) {
  try {
    say(name, 'ok', (await step()) ?? '');
  } catch (reason) {
    say(name, reason instanceof Impossible ? 'impossible' : 'wrong', reason.message ?? reason);
  }
}

export function equal(value, wanted) {
  deepStrictEqual(value, wanted);
}

/** Gets every value and sends it back; the server says what it makes of it. What the client cannot do has a reason. */
export async function values(get, put, impossible = {}) {
  for (const named of process.env.POLYWIRE_VALUES.split(' ')) {
    const [kind, name] = named.split('.');
    await check(named, async () => {
      const said = await put(kind, name, await get(kind, name)).catch((reason) => reason);
      if (said === 'exact' || said === 'loss') return;
      throw named in impossible ? new Impossible(impossible[named]) : new Error(said?.message ?? said);
    });
  }
}

/** The fault that a call must end in. */
export function fault(call) {
  return call.then(
    () => {
      throw new Error('there was no fault');
    },
    (reason) => reason,
  );
}

/** The checks of XML-RPC whose answers are known; `type` is how the client calls a fault. */
export async function xmlrpcAnswers(call, type) {
  await check('echo', async () => equal(await call('test.echo', odd), odd));
  await check('list-of-one', async () => equal(await call('edges.get_list', 'one'), ['only']));
  await check('default.absent', async () => equal(await call('edges.put_default', 'absent'), 'exact'));
  await check('nothing', async () => equal(await call('edges.nothing'), true));
  await check('fault.declared', async () => {
    const { faultCode, faultString } = await fault(call('test.fail', odd));
    equal([faultCode, faultString.startsWith('test-refused: The test was refused')], [1002, true]);
    return `${type} with faultCode 1002`;
  });
  await check('fault.params', async () => {
    const { faultCode, faultString } = await fault(call('test.greet', ''));
    equal([faultCode, faultString.includes('[name: ')], [-32602, true]);
    return `${type} whose faultString names the path`;
  });
}

/** The checks of JSON-RPC whose answers are known; `type` is how the client calls an error. */
export async function jsonrpcAnswers(call, type) {
  await check('echo', async () => equal(await call('test.echo', { string: odd }), odd));
  await check('list-of-one', async () => equal(await call('edges.get_list', { name: 'one' }), ['only']));
  await check('default.absent', async () => equal(await call('edges.put_default', { name: 'absent' }), 'exact'));
  await check('nothing', async () => equal(await call('edges.nothing', {}), null));
  await check('fault.declared', async () => {
    const { code, data } = await fault(call('test.fail', { reason: odd }));
    equal([code, data.code, data.data], [1002, 'test-refused', { reason: odd, attempts: 3 }]);
    return `${type} with code 1002, reason and attempts in data`;
  });
  await check('fault.params', async () => {
    const { code, data } = await fault(call('test.greet', { name: '' }));
    equal([code, data.issues[0].path], [-32602, 'name']);
    return `${type} with the path in data`;
  });
}

/** What JSON has no type for, as a JavaScript value, and back. */
export const natives = {
  int64: [BigInt, String],
  datetime: [(text) => new Date(text), (value) => value.toISOString()],
  bytes: [(text) => Buffer.from(text, 'base64'), (value) => value.toString('base64')],
};

/** Takes every value there and back over JSON-RPC. */
export function jsonrpcValues(call) {
  const same = (value) => value;
  return values(
    async (kind, name) => (natives[kind]?.[0] ?? same)(await call(`edges.get_${kind}`, { name })),
    (kind, name, value) => call(`edges.put_${kind}`, { name, value: (natives[kind]?.[1] ?? same)(value) }),
  );
}
