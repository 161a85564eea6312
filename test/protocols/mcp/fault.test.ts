import { expect } from 'chai';
import { Fault, type FaultCode, faultCodes } from '../../../index.ts';
import { encode } from '../../../protocols/mcp/encode.ts';
import type { McpMember } from '../../../protocols/mcp/index.ts';

/** As docs/errors.md has it: HTTP's status and the number of an error; `result` where a tool's result tells it instead. */
const table: Readonly<Record<FaultCode, readonly [status: number, number: number, result?: 'result']>> = {
  malformed: [400, -32700],
  'unsupported-encoding': [415, -32700],
  'invalid-encoding': [400, -32700],
  'invalid-request': [400, -32600],
  'too-large': [413, -32600],
  'method-not-allowed': [405, -32600],
  'unsupported-media-type': [415, -32600],
  'version-mismatch': [400, -32022],
  'must-understand': [400, -32600],
  'unknown-function': [404, -32601],
  'function-off': [404, -32601],
  'invalid-params': [200, -32602, 'result'],
  internal: [500, -32603, 'result'],
  'invalid-result': [500, -32603, 'result'],
  unavailable: [503, -32019, 'result'],
  'service-off': [403, -32001],
  'protocol-off': [403, -32002],
  'https-required': [403, -32003],
  'address-refused': [403, -32004],
  misdirected: [421, -32005],
  unauthenticated: [401, -32010, 'result'],
  'invalid-credentials': [401, -32011],
  forbidden: [403, -32012, 'result'],
  csrf: [403, -32013],
  'origin-refused': [403, -32014],
  'rate-limited': [429, -32015, 'result'],
  'quota-exceeded': [429, -32016, 'result'],
  conflict: [409, -32017, 'result'],
  timeout: [504, -32018, 'result'],
};

/** Numbers that MCP keeps for itself since 2026-07-28, but for the one of a revision that is not spoken. */
const reserved = (number: number): boolean => number <= -32020 && number >= -32099 && number !== -32022;

describe('protocols/mcp faults', () => {
  function told(fault: Fault, member: McpMember, stateless = true) {
    const note = { stateless, batch: false, members: [member] };
    const { status, body } = encode([{ ok: false, fn: undefined, fault }], note, 'r');
    const { error, result } = JSON.parse(String(body)) as {
      error?: { code: number; data: { code: string } };
      result?: { isError: boolean };
    };
    return { status, number: error?.code, code: error?.data.code, isError: result?.isError };
  }

  for (const code of faultCodes) {
    const [status, number, result] = table[code];
    it(`tells ${code} of what is no tool as an error`, () => {
      expect(told(new Fault(code, 'x'), { id: '1', kind: 'method' })).eql({ status, number, code, isError: undefined });
      expect(reserved(number), String(number)).equal(false);
    });
    it(`tells ${code} of a tool as ${result ?? 'an error'}`, () => {
      const isUnknown = code === 'unknown-function' || code === 'function-off';
      const error = isUnknown
        ? { status: 200, number: -32602, code, isError: undefined }
        : { status, number, code, isError: undefined };
      const expected =
        result === undefined ? error : { status: 200, number: undefined, code: undefined, isError: true };
      expect(told(new Fault(code, 'x'), { id: '1', kind: 'tool' })).eql(expected);
    });
  }

  it('tells of an unknown method under 200 where there is a handshake', () => {
    const fault = new Fault('unknown-function', 'x');
    expect(told(fault, { id: '1', kind: 'method' }, false)).include({ status: 200, number: -32601 });
  });
  it('tells of a function that was only named in arguments in the result', () => {
    expect(told(new Fault('unknown-function', 'x'), { id: '1', kind: 'inner' })).include({
      status: 200,
      isError: true,
    });
  });
  it('tells HTTP what HTTP knows', () => {
    const fault = new Fault('too-large', 'x', { gate: 'body' });
    expect(told(fault, { id: '1', kind: 'tool' })).include({ status: 413 });
  });
});
