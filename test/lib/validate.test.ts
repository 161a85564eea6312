import { expect } from 'chai';
import { t } from '../../lib/builders.ts';
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
});
