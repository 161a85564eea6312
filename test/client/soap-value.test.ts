import { expect } from 'chai';
import { soapElement } from '../../client/soap-value.ts';
import { t } from '../../lib/builders.ts';

describe('client/soap-value', () => {
  it('leaves out what an object only inherits', () => {
    const Odd = t.object('Odd', { valueOf: t.optional(t.bytes()), toString: t.optional(t.string()), a: t.int() });
    expect(soapElement('odd', Odd, { a: 1 })).to.equal('<odd><a>1</a></odd>');
    expect(soapElement('odd', Odd, { toString: 'own', a: 1 })).to.equal('<odd><toString>own</toString><a>1</a></odd>');
  });
});
