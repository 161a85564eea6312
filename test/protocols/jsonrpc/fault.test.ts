import { expect } from 'chai';
import { Fault, type FaultCode, faultCodes } from '../../../index.ts';
import { encode } from '../../../protocols/jsonrpc/encode.ts';
import { numberOf } from '../../../protocols/jsonrpc/fault.ts';
import { faultRows } from '../../conformance/numbers.ts';

describe('protocols/jsonrpc faults', () => {
  for (const code of faultCodes) {
    it(`numbers ${code} as DESIGN §4 does`, () => {
      const fault = new Fault(code, 'x');
      expect(numberOf(fault)).equal(faultRows[code].jsonrpc);
      const { status, body } = encode([{ ok: false, fn: undefined, fault }], { batch: false, ids: ['"é"'] }, 'r');
      const told: Partial<Record<string, number>> = {
        'method-not-allowed': 405,
        'unsupported-media-type': 415,
        misdirected: 421,
      };
      expect(status).equal(told[code] ?? 200);
      expect(JSON.parse(String(body))).deep.include({ id: 'é' });
    });
  }
  it('uses the number of a declared error, and -32000 for one without', () => {
    expect(numberOf(new Fault('mine', 'x', { declared: { number: 9, status: 400 } }))).equal(9);
    expect(numberOf(new Fault('mine' as FaultCode, 'x'))).equal(-32000);
  });
});
