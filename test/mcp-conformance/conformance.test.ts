import { expect } from 'chai';
import { createServer, type Server } from '../../index.ts';
import { conformanceFunctions } from './functions.ts';
import { beyond, lessChecks, type Revision, reasons, type Sort, scenarios } from './scenarios.ts';
import { type Check, mustBeInstalled, requirementsOf, runScenarios } from './tool.ts';

/** Checks that a server of tools has to pass. */
function failures(checks: readonly Check[]): readonly string[] {
  return checks
    .filter(({ id, status }) => status === 'FAILURE' && !Object.hasOwn(lessChecks, id))
    .map(({ id, errorMessage }) => `${id}: ${errorMessage}`);
}

describe('the official conformance tool of MCP', () => {
  let server: Server;
  let url: string;
  before(async () => {
    mustBeInstalled();
    const settings = { enablewebservices: true, enabledwsprotocols: ['mcp'], enabledwsfunctions: ['*'] };
    server = await createServer({ functions: conformanceFunctions, log: false, settings });
    url = `${(await server.listen({ port: 0 })).url}/mcp`;
  });
  after(() => server.close(1_000));

  for (const [revision, sorts] of Object.entries(scenarios) as [Revision, Readonly<Record<string, Sort>>][]) {
    describe(revision, () => {
      let found: ReadonlyMap<string, readonly Check[]>;
      before(async () => {
        found = await runScenarios(url, revision);
      });

      const ours = Object.keys(sorts).filter((name) => sorts[name] === 'applies');
      const others = Object.keys(sorts).filter((name) => sorts[name] !== 'applies');

      it('requires what is sorted here, and nothing else', () => {
        expect([...requirementsOf(revision)].sort()).eql(Object.keys(sorts).sort());
      });

      for (const name of [...ours, ...beyond[revision]]) {
        it(name, () => {
          const checks = found.get(name) ?? [];
          expect(
            checks.filter(({ status }) => status === 'SUCCESS'),
            'what holds',
          ).not.empty;
          expect(failures(checks)).eql([]);
        });
      }

      for (const name of others) {
        const reason = reasons[sorts[name] as keyof typeof reasons];
        it(`does not apply, and is answered by the rules of the wire: ${name} (${reason})`, () => {
          const checks = found.get(name);
          expect(checks, 'it was run').not.equal(undefined);
          if (sorts[name] === 'session') return; // it ends before it has asked for anything
          const wire = checks?.find(({ id }) => id === 'wire-schema-valid');
          expect(wire?.status, wire?.errorMessage).equal('SUCCESS');
        });
      }

      after(() => {
        const held = ours.filter((name) => found.has(name) && failures(found.get(name) ?? []).length === 0);
        const text = `MCP ${revision}: ${held.length} of ${ours.length} scenarios that apply; ${others.length} more do not`;
        process.stdout.write(`      ${text}\n`);
      });
    });
  }
});
