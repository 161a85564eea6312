import { expect } from 'chai';
import { t } from '../../lib/builders.ts';
import type { Descriptor } from '../../lib/descriptor.ts';
import { Issues } from '../../lib/issues.ts';
import { validator } from '../../lib/validate.ts';

describe('lib/validate', () => {
  const Point = t.object('Point', { x: t.int(), y: t.int() });

  it('is not misled by what foreign code puts on prototypes', () => {
    const { fits } = validator(Point);
    expect([fits({ x: 1, y: 2 }), fits({})]).to.deep.equal([true, false]); // ajv compiles on clean prototypes only
    Object.defineProperty(Object.prototype, 'foreign', {
      value: 1,
      enumerable: true,
      configurable: true,
      writable: true,
    });
    try {
      expect(fits({ x: 1, y: 2 })).to.equal(true);
      expect(fits({ x: 1, y: 2, z: 3 })).to.equal(false);
      expect(fits({ x: 1 })).to.equal(false);
    } finally {
      Reflect.deleteProperty(Object.prototype, 'foreign');
    }
  });

  it('takes no inherited member for a field', () => {
    const { fits } = validator(t.object('Odd', { constructor: t.json(), x: t.int() }));
    expect(fits({ x: 1 })).to.equal(false);
    expect(fits({ x: 1, constructor: null })).to.equal(true);
  });

  it('takes nothing for a dictionary whose entries would be lost', () => {
    const Loose = t.object('Loose', { x: t.optional(t.int()) });
    const found = (descriptor: Descriptor, value: unknown): readonly string[] => {
      const { fits, issues } = validator(descriptor, { open: true });
      if (fits(value)) return [];
      const list = new Issues();
      issues(value, list);
      return list.list.map(({ path, message }) => `${path}: ${message}`);
    };
    for (const descriptor of [t.map(t.int()), Loose]) {
      expect(found(descriptor, new Map([['x', 1]]))).eql([': must be a plain object, not a Map']);
      expect(found(descriptor, Promise.resolve({ x: 1 }))).eql([': must be a plain object, not a Promise']);
      for (const fine of [{}, { x: 1 }, Object.create(null), new (class Own {})(), Object.assign(new Map(), { x: 1 })])
        expect(found(descriptor, fine)).eql([]);
    }
    expect(found(t.list(t.nullable(t.map(t.int()))), [null, new Set([1])])).eql([
      '1: must be a plain object, not a Set',
    ]);
  });
});
