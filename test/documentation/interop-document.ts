import { type Revision, reasons, type Sort, scenarios } from '../mcp-conformance/scenarios.ts';
import { specCases } from '../protocols/jsonrpc/spec-cases.ts';
import { inapplicableCases, interopCases } from '../protocols/soap/interop-cases.ts';

/** The scenarios of one requirement set, those that apply first, the others by their reason. */
function requirementSet(revision: Revision): string {
  const sorts = Object.entries(scenarios[revision]) as readonly (readonly [string, Sort])[];
  const ours = sorts.filter(([, sort]) => sort === 'applies').map(([name]) => name);
  const rows = Object.entries(reasons).flatMap(([sort, reason]) => {
    const names = sorts.filter(([, own]) => own === sort).map(([name]) => name);
    return names.length === 0 ? [] : [`| ${names.join(', ')} | ${reason} | not applicable |`];
  });
  return `### ${revision}: ${ours.length} of ${sorts.length} apply, and hold

| scenarios | why | |
|---|---|---|
| ${ours.join(', ')} | | hold |
${rows.join('\n')}`;
}

/** docs/interop.md, out of the cases that the tests run. */
export function interopDocument(): string {
  return `# Interoperability suites

The cases of public suites that the tests run, written anew as data, and those that do not apply, each with its reason. What
every value becomes is in [conformance.md](conformance.md).

## SOAPBuilders Round 2 Group B and the SOAP 1.2 test collection: ${interopCases.length} of ${interopCases.length + inapplicableCases.length} apply, and hold

| case | what it is | |
|---|---|---|
${interopCases.map(({ id, what }) => `| ${id} | ${what} | holds |`).join('\n')}
${inapplicableCases.map(({ id, reason }) => `| ${id} | ${reason} | not applicable |`).join('\n')}

## The examples of the JSON-RPC 2.0 specification: ${specCases.length} of ${specCases.length}

${specCases.map(({ name }) => name).join(' · ')}

## UserLand's XML-RPC validator1

arrayOfStructsTest, countTheEntities, easyStructTest, echoStructTest, manyTypesTest, moderateSizeArrayCheck, nestedStructTest and
simpleStructReturnTest hold: all of the suite's functions, in \`test/protocols/xmlrpc/validator1.test.ts\`.

## Fault codes for XML-RPC servers (2001-05-16): 9 of 10

-32700, -32701, -32702, -32600, -32601, -32602, -32603, -32500 and -32400 are provoked by tests. -32300, a transport error,
cannot be told by a server: where the transport fails there is nobody to answer.

## The requirement sets of MCP's conformance tool

\`npm run test:mcp\` runs the official tool. What does not apply is answered by the rules of the wire all the same, which is tested.

${(Object.keys(scenarios) as readonly Revision[]).map(requirementSet).join('\n\n')}

Of \`server-stateless\` the two checks of a tool that needs sampling do not apply, of \`caching\` those of lists of prompts and resources.
Beyond the sets \`http-header-validation\` holds.
`;
}
