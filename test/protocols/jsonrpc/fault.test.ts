import { expect } from 'chai';
import { Fault, type FaultCode, faultCodes } from '../../../index.ts';
import { encode } from '../../../protocols/jsonrpc/encode.ts';
import { numberOf } from '../../../protocols/jsonrpc/fault.ts';

describe('protocols/jsonrpc faults', () => {
  const numbers: Readonly<Record<FaultCode, number>> = {
    malformed: -32700,
    'unsupported-encoding': -32700,
    'invalid-encoding': -32700,
    'invalid-request': -32600,
    'too-large': -32600,
    'method-not-allowed': -32600,
    'unsupported-media-type': -32600,
    'version-mismatch': -32600,
    'must-understand': -32600,
    'unknown-function': -32601,
    'function-off': -32601,
    'invalid-params': -32602,
    internal: -32603,
    'invalid-result': -32603,
    unavailable: -32041,
    'service-off': -32001,
    'protocol-off': -32002,
    'https-required': -32003,
    'address-refused': -32004,
    misdirected: -32005,
    unauthenticated: -32010,
    'invalid-credentials': -32011,
    forbidden: -32012,
    csrf: -32013,
    'origin-refused': -32014,
    'rate-limited': -32020,
    'quota-exceeded': -32021,
    conflict: -32030,
    timeout: -32040,
  };
  for (const code of faultCodes) {
    it(`numbers ${code} as DESIGN §4 does`, () => {
      const fault = new Fault(code, 'x');
      expect(numberOf(fault)).equal(numbers[code]);
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
