import { expect } from 'chai';
import fc from 'fast-check';
import { type Descriptor, unwrap } from '../../../lib/descriptor.ts';
import { fitting } from '../../lib/random.ts';
import { Everything } from './every-kind.ts';

const uncarried = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** The same value with texts that XML can carry. */
function carried(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(uncarried, '?');
  if (Array.isArray(value)) return value.map(carried);
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [carried(key), carried(item)]));
}

/** Values of the type `Everything`, always the same ones. */
export const everythings: readonly Readonly<Record<string, unknown>>[] = fc
  .sample(fitting(Everything), { numRuns: 40, seed: 1 })
  .map((value) => carried(value) as Readonly<Record<string, unknown>>);

type Core = ReturnType<typeof unwrap>['core'];

/**
 * Whether a value is one that handlers may get, looked at by other means than the product's validator.
 * @throws if it is not
 */
export function expectFits(descriptor: Descriptor, value: unknown, path = ''): void {
  const { core, nullable, optional } = unwrap(descriptor);
  if (value === undefined) expect(optional, `${path} may be absent`).to.equal(true);
  else if (value === null && core.kind !== 'json') expect(nullable, `${path} may be null`).to.equal(true);
  else expectCore(core, value, path);
}

function expectCore(core: Core, value: unknown, path: string): void {
  switch (core.kind) {
    case 'string':
    case 'decimal':
    case 'date':
      expect(value, path).to.be.a('string');
      if (core.kind === 'decimal') expect(value, path).to.match(/^-?[0-9]+(?:\.[0-9]+)?$/);
      if (core.kind === 'date') expect(new Date(`${value}T00:00:00Z`).toISOString().slice(0, 10), path).to.equal(value);
      break;
    case 'boolean':
      expect(value, path).to.be.a('boolean');
      break;
    case 'int':
      expect(value, path).to.satisfy(
        (n: unknown) => Number.isInteger(n) && n === ((n as number) | 0) && !Object.is(n, -0),
      );
      expect(value, path).to.be.at.most(core.max ?? 2 ** 31);
      break;
    case 'int64':
      expect(value, path).to.satisfy((n: unknown) => typeof n === 'bigint' && BigInt.asIntN(64, n) === n);
      break;
    case 'float':
      expect(value, path).to.satisfy(Number.isFinite);
      break;
    case 'datetime':
      expect(value, path).to.satisfy((at: unknown) => at instanceof Date && Number.isFinite(at.getTime()));
      break;
    case 'bytes':
      expect(value, path).to.be.instanceOf(Uint8Array);
      expect((value as Uint8Array).length, path).to.be.at.most(core.max ?? Number.POSITIVE_INFINITY);
      break;
    case 'enum':
      expect(core.values, path).to.include(value);
      break;
    case 'json':
      expectJson(value, path);
      break;
    default:
      expectHolder(core, value, path);
  }
}

function expectHolder(core: Extract<Core, { kind: 'list' | 'map' | 'object' }>, value: unknown, path: string): void {
  if (core.kind === 'list') {
    expect(value, path).to.be.an('array');
    const items = value as readonly unknown[];
    expect(items.length, path).to.be.at.most(core.max ?? 16_384);
    for (let i = 0; i < items.length; i++) expectFits(core.item, items[i], `${path}/${i}`);
    return;
  }
  expect(Object.getPrototypeOf(value), `${path}, its prototype`).to.equal(Object.prototype);
  const entries = Object.entries(value as object);
  if (core.kind === 'map') for (const [key, item] of entries) expectFits(core.value, item, `${path}/${key}`);
  else {
    const known = Object.keys(core.fields);
    for (const [key] of entries) expect(known, path).to.include(key);
    for (const key of known) {
      const own = Object.hasOwn(value as object, key) ? (value as Record<string, unknown>)[key] : undefined;
      expectFits(core.fields[key] as Descriptor, own, `${path}/${key}`);
    }
  }
}

function expectJson(value: unknown, path: string): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number') expect(value, path).to.satisfy(Number.isFinite);
  else if (Array.isArray(value)) for (const [i, item] of value.entries()) expectJson(item, `${path}/${i}`);
  else {
    expect(Object.getPrototypeOf(value), `${path}, its prototype`).to.equal(Object.prototype);
    for (const [key, item] of Object.entries(value as object)) expectJson(item, `${path}/${key}`);
  }
}
