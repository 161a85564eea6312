import { Socket } from 'node:net';
import { expect } from 'chai';
import type { Authenticator, Presented } from '../../../lib/auth/authenticator.ts';
import { Authority } from '../../../lib/auth/authority.ts';
import type { Chain } from '../../../lib/auth/identity.ts';

/** A request with a credential, and whatever else is said of it. */
function request(credential: string | undefined, more: Partial<Presented> = {}): Presented {
  return {
    method: 'POST',
    origin: 'http://127.0.0.1',
    path: '/rest/test.user',
    query: '',
    headers: credential === undefined ? {} : { 'x-test': credential },
    rawHeaders: [],
    body: Buffer.alloc(0),
    message: undefined,
    address: '127.0.0.1',
    protocol: 'rest',
    requestId: 'r1',
    now: 1_000,
    ...more,
  };
}

/** Knows everybody by the name that a header gives, until the time 2,000, and notes whom it was asked for. */
function authenticator(asked: string[], more: Partial<Authenticator<string>> = {}): Authenticator {
  const one: Authenticator<string> = {
    name: 'test',
    kind: 'user',
    headers: ['x-test'],
    repeatable: true,
    find: ({ headers }) => headers['x-test'] as string | undefined,
    verify: (found) => {
      asked.push(found);
      if (found === 'wrong') return undefined;
      const limits = { addresses: [], protocols: [], functions: [], validUntil: 2_000 };
      return { user: { id: found, username: found }, limits, subjects: [] };
    },
    ...more,
  };
  return one as Authenticator;
}

const chainOf = (one: Authenticator): Chain => [{ authenticator: one, importance: 'sufficient' }];

describe('Authority', () => {
  let asked: string[];
  let revision: number;
  let authority: Authority;
  let socket: Socket;
  let chain: Chain;
  beforeEach(() => {
    asked = [];
    revision = 1;
    authority = new Authority(() => revision);
    socket = new Socket();
    chain = chainOf(authenticator(asked));
  });

  const who = async (presented: Presented, through = chain, over = socket) =>
    (await authority.identify(through, presented, over)).user?.username;

  it('asks once for the same credential on the same connection', async () => {
    for (let i = 0; i < 3; i++) expect(await who(request('ana'))).equal('ana');
    expect(asked).deep.equal(['ana']);
    expect(await who(request('ana'), chain, new Socket())).equal('ana');
    expect(asked).deep.equal(['ana', 'ana']);
  });

  it('asks again in another protocol, where the same headers may count', async () => {
    const some = chainOf(
      authenticator(asked, {
        find: ({ headers, protocol }) => (protocol === 'rest' ? (headers['x-test'] as string) : undefined),
      }),
    );
    expect(await who(request('ana', { protocol: 'soap' }), some)).equal(undefined);
    expect(await who(request('ana'), some)).equal('ana');
    expect(await who(request('ana', { protocol: 'soap' }), some)).equal(undefined);
  });

  it('takes nobody for the one before', async () => {
    expect(await who(request('ana'))).equal('ana');
    expect(await who(request('ben'))).equal('ben');
    expect(await who(request(undefined))).equal(undefined);
    expect(await who(request('ana'))).equal('ana');
    expect(asked).deep.equal(['ana', 'ben', 'ana']);
  });

  it('asks again once something has changed: what is known, or the chain', async () => {
    await who(request('ana'));
    revision++;
    await who(request('ana'));
    await who(request('ana'), chainOf(authenticator(asked)));
    expect(asked).deep.equal(['ana', 'ana', 'ana']);
  });

  it('does not remember what was refused', () => {
    for (let i = 0; i < 2; i++) expect(() => authority.identify(chain, request('wrong'), socket)).throw('not accepted');
    expect(asked).deep.equal(['wrong', 'wrong']);
  });

  it('looks at the time with every call', async () => {
    expect(await who(request('ana', { now: 1_999 }))).equal('ana');
    expect(() => authority.identify(chain, request('ana', { now: 2_000 }), socket)).throw('not accepted');
  });

  it('remembers nothing that is proven but once, or by headers that nobody names', async () => {
    const { headers: _, ...nameless } = authenticator(asked);
    for (const one of [authenticator(asked, { repeatable: false }), nameless]) {
      asked.length = 0;
      const other = chainOf(one);
      await who(request('ana'), other);
      await who(request('ana'), other);
      expect(asked).deep.equal(['ana', 'ana']);
    }
  });

  it('neither remembers nor repeats for a message that brings credentials of its own', async () => {
    const message = { username: 'ben', password: 'x' } as unknown as NonNullable<Presented['message']>;
    await who(request('ana', { message }));
    await who(request('ana'));
    await who(request('ana', { message }));
    expect(asked).deep.equal(['ana', 'ana', 'ana']);
  });
});
