import { expect } from 'chai';
import fc from 'fast-check';
import { hashPassword, needsRehash, Passwords, passwords } from '../../../lib/auth/password.ts';
import { rejected } from '../caught.ts';

/** A queue whose hashes are done when the test says so. */
function held(atOnce: number, mostWaiting: number) {
  const running: (() => void)[] = [];
  const derive = (_p: string, _s: Buffer, length: number) =>
    new Promise<Buffer>((resolve) => running.push(() => resolve(Buffer.alloc(length, 1))));
  return { running, queue: new Passwords({ atOnce, mostWaiting, derive }) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('auth/password', () => {
  it('hashes by scrypt in a form that tells its cost, and knows the password again', async () => {
    const stored = await hashPassword('correct horse');
    expect(stored).match(/^scrypt\$15\$8\$1\$[A-Za-z0-9_-]{22}\$[A-Za-z0-9_-]{43}$/);
    expect(await passwords.verify('correct horse', stored)).equal(true);
    expect(await passwords.verify('correct horsf', stored)).equal(false);
    expect(needsRehash(stored)).equal(false);
  });

  it('computes the test vector of RFC 7914 §12', async () => {
    const salt = Buffer.from('SodiumChloride').toString('base64url');
    const hash = Buffer.from(
      '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2' +
        'd5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887',
      'hex',
    ).toString('base64url');
    const stored = `scrypt$14$8$1$${salt}$${hash}`;
    expect(await passwords.verify('pleaseletmein', stored)).equal(true);
    expect(needsRehash(stored)).equal(true);
  });

  it('takes the spellings of one text for one (NFC)', async () => {
    const stored = await hashPassword('caf\u00e9');
    expect(await passwords.verify('cafe\u0301', stored)).equal(true);
  });

  it('computes a hash even where there is none to compare with', async () => {
    let computed = 0;
    const derive = async (_p: string, _s: Buffer, length: number) => {
      computed++;
      return Buffer.alloc(length);
    };
    const queue = new Passwords({ derive });
    for (const stored of [
      undefined,
      '',
      'plain',
      'scrypt$15$8$1$x$y',
      'scrypt$30$8$1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAA',
    ]) {
      expect(await queue.verify('anything', stored), String(stored)).equal(false);
    }
    expect(computed).equal(5);
  });

  it('never throws for a stored text that is no hash', async () => {
    const queue = new Passwords({ derive: async (_p, _s, length) => Buffer.alloc(length, 9) });
    await fc.assert(fc.asyncProperty(fc.string(), async (stored) => (await queue.verify('x', stored)) === false));
  });

  it('refuses passwords of more than 1,024 bytes before it hashes', async () => {
    const { queue, running } = held(2, 10);
    expect(await queue.verify('é'.repeat(513), undefined)).equal(false);
    expect((await rejected(queue.hash('a'.repeat(1_025)))).code).equal('invalid-params');
    expect((await rejected(queue.hash(''))).code).equal('invalid-params');
    expect(running).length(0);
  });

  it('computes two at once, the others in turn, and refuses more than may wait', async () => {
    const { queue, running } = held(2, 2);
    const works = [1, 2, 3, 4].map(() => queue.verify('x', undefined));
    await settled();
    expect(running).length(2);
    const fault = await rejected(queue.verify('x', undefined));
    expect(fault.code).equal('unavailable');
    expect(fault.retryAfter).greaterThan(0);
    running[0]?.();
    await settled();
    expect(running).length(3);
    running[1]?.();
    await settled();
    running[2]?.();
    running[3]?.();
    await Promise.all(works);
    const next = queue.verify('x', undefined);
    await settled();
    expect(running).length(5);
    running[4]?.();
    await next;
  });

  it('gives the place on when a hash fails', async () => {
    let failing = true;
    const derive = async (_p: string, _s: Buffer, length: number) => {
      if (failing) throw new Error('no memory');
      return Buffer.alloc(length);
    };
    const queue = new Passwords({ atOnce: 1, mostWaiting: 1, derive });
    await Promise.allSettled([queue.verify('x', undefined), queue.verify('x', undefined)]);
    failing = false;
    expect(await queue.verify('x', undefined)).equal(false);
  });
});
