import { expect } from 'chai';
import fc from 'fast-check';
import { canonical, digestWith, sha256 } from '../../../lib/idempotency/digest.ts';

/** The same value with the members of its objects in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, shuffled(member)]),
  );
}

describe('the canonical text of arguments', () => {
  it('tells apart what handlers would tell apart', () => {
    const moment = new Date('2026-11-21T00:00:00Z');
    const values: readonly unknown[] = [
      1,
      1n,
      '1',
      'i1',
      true,
      'true',
      null,
      'null',
      undefined,
      'u',
      [],
      {},
      '',
      [[]],
      [1, 2],
      [12],
      ['1,2'],
      moment,
      moment.toISOString(),
      moment.getTime(),
      `d${moment.getTime()}`,
      new Uint8Array([1, 2]),
      Buffer.from([1, 2]).toString('base64'),
      [1, 2, 3],
      new Uint8Array(0),
      { a: 1, b: 2 },
      { a: 1, 'b":2,"c': 3 },
      { a: null },
      { a: { b: 1 } },
      { 'a:{"b': 1 },
    ];
    expect(new Set(values.map(canonical)).size).equal(values.length);
  });

  it('does not depend on the order of members, or on members that are undefined', () => {
    fc.assert(
      fc.property(fc.object({ withBigInt: true, withDate: true, withTypedArray: false }), (value) => {
        expect(canonical(shuffled(value))).equal(canonical(value));
        expect(canonical({ ...value, zz: undefined })).equal(canonical({ ...value }));
      }),
    );
  });

  it('reads bytes out of a larger buffer', () => {
    const large = new Uint8Array([9, 1, 2, 9]);
    expect(canonical(large.subarray(1, 3))).equal(canonical(new Uint8Array([1, 2])));
  });

  it('is digested in pieces like the whole (property)', async () => {
    const values = fc.anything({ withDate: true, withBigInt: true, withTypedArray: false });
    await fc.assert(
      fc.asyncProperty(values, fc.string(), async (value, text) => {
        expect(await digestWith(text, value)).equal(sha256(`${text}\n${canonical(value)}`));
      }),
    );
    const long = {
      users: Array.from({ length: 5_000 }, (_, id) => ({ id, name: 'ü', none: undefined, at: new Date(id) })),
    };
    expect(await digestWith('x', long)).equal(sha256(`x\n${canonical(long)}`));
  });
});
