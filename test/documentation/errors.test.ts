import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { type Declared, Fault, type FaultCode, faultCodes } from '../../lib/fault.ts';
import type { RequestHead } from '../../lib/protocol.ts';
import type { Site } from '../../lib/site.ts';
import { numberOf } from '../../protocols/jsonrpc/fault.ts';
import { formOf } from '../../protocols/mcp/fault.ts';
import { statusOf } from '../../protocols/rest/fault.ts';
import { xmlrpc } from '../../protocols/xmlrpc/index.ts';
import { repositoryFile } from './repository.ts';

/** The table of docs/errors.md: codes to their cells. */
function documented(): Map<string, readonly string[]> {
  const rows = readFileSync(repositoryFile('docs/errors.md'), 'utf8').matchAll(
    /^\| ([a-z-]+(?:, [a-z-]+)*) \|(.*)\|$/gm,
  );
  return new Map(
    [...rows].flatMap(([, codes = '', cells = '']) =>
      codes.split(', ').map((code): [string, readonly string[]] => [code, cells.split('|').map((cell) => cell.trim())]),
    ),
  );
}

/** The faultCode that XML-RPC answers with. */
function xmlrpcNumberOf(fault: Fault): number {
  const note = xmlrpc.blank({ headers: {} } as RequestHead);
  const { body } = xmlrpc.encode([{ ok: false, fn: undefined, fault }], note, 'id', {} as Site);
  return Number(/<int>(-?[0-9]+)<\/int>/.exec(String(body))?.[1]);
}

/** How MCP tells it: the error of what is no tool, and a dot where a tool's result tells it. */
function mcpForm(fault: Fault): string {
  const { number, status } = formOf(fault, { id: '1', kind: 'method' }, true, false);
  const { result } = formOf(fault, { id: '1', kind: 'tool' }, true, false);
  return `${number}, ${status}${result ? ' ·' : ''}`;
}

describe('docs/errors.md', () => {
  const table = documented();
  const shown = faultCodes.filter((code): code is FaultCode => code !== 'function-off');

  it('has every code that a caller can see', () => {
    for (const code of shown) expect([...table.keys()], code).to.include(code);
  });

  for (const code of shown) {
    it(`has the numbers of ${code}`, () => {
      const fault = new Fault(code, 'x');
      const [rest, jsonrpc, xmlrpc, , mcp] = table.get(code) ?? [];
      expect(rest).to.equal(String(statusOf(fault)));
      expect(jsonrpc).to.equal(String(numberOf(fault)));
      expect(xmlrpc).to.equal(String(xmlrpcNumberOf(fault)));
      expect(mcp).to.equal(mcpForm(fault));
    });
  }

  it('says what declared errors become', () => {
    const declared: Declared = { number: 7, status: 409 };
    const fault = new Fault('mine', 'x', { declared });
    expect([statusOf(fault), numberOf(fault), xmlrpcNumberOf(fault)]).to.deep.equal([409, 7, 7]);
  });
});
