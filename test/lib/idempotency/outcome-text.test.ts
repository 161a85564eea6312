import { expect } from 'chai';
import fc from 'fast-check';
import { t } from '../../../lib/builders.ts';
import { type AnyFunction, define } from '../../../lib/define.ts';
import { type Descriptor, unwrap } from '../../../lib/descriptor.ts';
import { Fault, faultCodes } from '../../../lib/fault.ts';
import { type Ending, readEnding, writeEnding } from '../../../lib/idempotency/outcome-text.ts';
import { caught } from '../caught.ts';
import { described } from '../random.ts';

const returning = (returns: AnyFunction['returns'], errors: AnyFunction['errors'] = {}): AnyFunction =>
  define('things.make', { description: 'Makes.', effect: 'write', returns, errors, handler: () => undefined as never });
const again = (fn: AnyFunction, ending: Ending): Ending => readEnding(fn, writeEnding(fn, ending));

/** JSON has one zero, so that the two are not told apart. */
function withoutMinusZero(value: unknown): unknown {
  if (Object.is(value, -0)) return 0;
  if (Array.isArray(value)) return value.map(withoutMinusZero);
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutMinusZero(member)]));
}

/** A value with the defaults of members that its handler has left out: what every protocol writes for them. */
function filled(descriptor: Descriptor, value: unknown): unknown {
  const { core } = unwrap(descriptor);
  if (value === null || value === undefined) return value;
  if (core.kind === 'list') return (value as unknown[]).map((item) => filled(core.item, item));
  if (core.kind === 'map') {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, filled(core.value, item)]));
  }
  if (core.kind !== 'object') return value;
  const members = Object.entries(core.fields).flatMap(([name, field]) => {
    const item = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : unwrap(field).fallback?.value;
    return item === undefined ? [] : [[name, filled(field, item)]];
  });
  return Object.fromEntries(members);
}

/** Bytes as handlers may give them, Buffers among them. */
function plainBytes(value: unknown): unknown {
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (Array.isArray(value)) return value.map(plainBytes);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plainBytes(member)]));
}

describe('outcomes as text', () => {
  it('bring back what a handler gave, of every kind', () => {
    fc.assert(
      fc.property(
        described.filter(([descriptor]) => !unwrap(descriptor).optional),
        ([descriptor, value]) => {
          const ending = again(returning(descriptor), { ok: true, value });
          expect(ending.ok && plainBytes(ending.value)).deep.equal(withoutMinusZero(filled(descriptor, value)));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('bring back nothing where nothing is declared', () => {
    expect(again(returning(undefined), { ok: true, value: undefined })).deep.equal({ ok: true, value: undefined });
  });

  it('bring back null where the result is nullable', () => {
    expect(again(returning(t.nullable(t.int())), { ok: true, value: null })).deep.equal({ ok: true, value: null });
  });

  it('bring back faults with their issues, without cause and gate', () => {
    for (const code of faultCodes) {
      const issues = [{ path: 'a/1', code: 'type', message: 'must be a number' }];
      const fault = new Fault(code, 'Words', { issues, cause: new Error('secret'), retryAfter: 5 });
      const text = writeEnding(returning(undefined), { ok: false, fault });
      expect(text).not.contain('secret');
      const ending = readEnding(returning(undefined), text);
      expect(!ending.ok && { ...ending.fault }).deep.include({
        code,
        issues,
        declared: undefined,
        retryAfter: undefined,
      });
      expect(!ending.ok && ending.fault.message).equal('Words');
    }
  });

  it('bring back declared faults with their data', () => {
    const fn = returning(undefined, {
      gone: { number: 7, status: 410, data: t.object('Gone', { since: t.datetime(), id: t.int64() }) },
      bare: { number: 8 },
    });
    const data = { since: new Date(5), id: 2n ** 62n };
    const gone = again(fn, {
      ok: false,
      fault: new Fault('gone', 'Gone', { declared: { number: 7, status: 410, data } }),
    });
    expect(!gone.ok && gone.fault.declared).deep.equal({ number: 7, status: 410, data });
    const bare = again(fn, { ok: false, fault: new Fault('bare', 'Bare', { declared: { number: 8, status: 400 } }) });
    expect(!bare.ok && bare.fault.declared).deep.equal({ number: 8, status: 400, data: undefined });
  });

  it('are a conflict where the function gives something else by now', () => {
    const text = writeEnding(returning(t.string()), { ok: true, value: 'words' });
    expect(caught(() => readEnding(returning(t.int()), text))).include({ code: 'conflict', gate: 'idempotency' });
  });
});
