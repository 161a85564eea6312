import { expect } from 'chai';
import { overDatabases } from './databases.ts';
import { calls, dialects, type House, openHouse, protocolOf } from './house.ts';

type Headers = Readonly<Record<string, string>>;

interface Made {
  readonly secret: string;
}

let count = 0;

overDatabases('functions that are in no list', (kind) => {
  let house: House;
  before(async () => {
    house = await openHouse({ kind });
  });
  after(() => house.close());

  async function key(limits: object = {}): Promise<Headers> {
    const { secret } = await house.admin<Made>('create_key', { name: 'Robot', ...limits });
    return { 'X-API-Key': secret };
  }

  async function token(roles: readonly string[], more: object = {}): Promise<Headers> {
    const username = `curious${++count}`;
    await house.admin('create_user', { username, name: 'Curious' });
    for (const role of roles) await house.admin('assign_role', { user: username, role });
    const { secret } = await house.admin<Made>('create_token', { user: username, name: 'test', ...more });
    return { Authorization: `Bearer ${secret}` };
  }

  async function service(more: object): Promise<string> {
    const name = `closed${++count}`;
    const functions = ['test.hidden', 'test.user'];
    await house.admin('create_service', { name, description: 'x', enabled: true, functions, ...more });
    return name;
  }

  /** Callers who may not call it, and what they are told of one like it that is in the lists. */
  const callers: Readonly<Record<string, readonly [told: string, made: (protocol: string) => Promise<Headers>]>> = {
    nobody: ['unauthenticated', async () => ({})],
    'a program': ['unauthenticated', () => key()],
    'a key of another protocol': [
      'forbidden',
      async (protocol) => ({
        ...(await token(['caller'])),
        ...(await key({ protocols: [protocol === 'rest' ? 'soap' : 'rest'] })),
      }),
    ],
    'a token for other functions': ['forbidden', () => token(['caller'], { functions: ['test.open'] })],
    'a user who may call nothing': ['forbidden', () => token([])],
    'a user who is not in the list of the service': [
      'forbidden',
      async () => token(['caller'], { service: await service({ restricted: true }) }),
    ],
    'a user without the capability of the service': [
      'forbidden',
      async () => token(['caller'], { service: await service({ capability: 'closed:use' }) }),
    ],
  };

  for (const dialect of dialects) {
    it(`cannot be told over ${dialect} from those that are off or do not exist, by whomever`, async () => {
      calls.length = 0;
      for (const [who, [listed, made]] of Object.entries(callers)) {
        const headers = await made(protocolOf(dialect));
        const told = [];
        for (const name of ['test.nowhere', 'test.hidden', 'test.off']) {
          const { code, message, status } = await house.call(dialect, name, { text: 'x' }, headers);
          told.push({ code, message, status });
        }
        expect(told[1], who).deep.equal(told[0]);
        expect(told[2], who).deep.equal(told[0]);
        expect(told[0], who).include({ code: 'unknown-function' });
        expect((await house.call(dialect, 'test.user', { text: 'x' }, headers)).code, who).equal(listed);
      }
      expect((await house.call(dialect, 'test.hidden', { text: 'x' }, await token(['caller']))).code).equal('ok');
      expect(calls).deep.equal(['x']);
    });
  }

  it('cannot be told from others at the address of a service either', async () => {
    const path = `/soap/${await service({ restricted: true })}`;
    for (const dialect of ['soap', 'soap12'] as const) {
      for (const name of ['test.nowhere', 'test.hidden', 'test.open']) {
        expect((await house.call(dialect, name, { text: 'x' }, {}, path)).code, name).equal('unknown-function');
      }
      expect((await house.call(dialect, 'test.user', { text: 'x' }, {}, path)).code).equal('unauthenticated');
    }
  });
});
