import { expect } from 'chai';
import { Fault, faultCodes } from '../../../index.ts';
import { encode } from '../../../protocols/mcp/encode.ts';
import type { McpMember } from '../../../protocols/mcp/index.ts';
import { mcpRows, toolForm } from '../../conformance/numbers.ts';

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
    const [status, number, result] = mcpRows[code];
    it(`tells ${code} of what is no tool as an error`, () => {
      expect(told(new Fault(code, 'x'), { id: '1', kind: 'method' })).eql({ status, number, code, isError: undefined });
      expect(reserved(number), String(number)).equal(false);
    });
    it(`tells ${code} of a tool as ${result ?? 'an error'}`, () => {
      const expected = result === undefined ? { code, isError: undefined } : { code: undefined, isError: true };
      expect(told(new Fault(code, 'x'), { id: '1', kind: 'tool' })).eql({ ...toolForm(code), ...expected });
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
