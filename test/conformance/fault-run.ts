import { expect } from 'chai';
import type { FaultCode, PartialSettings, Server } from '../../index.ts';
import { type FaultCase, type FaultColumn, faultCases, faultColumns } from './fault-cases.ts';
import { faultFunctions } from './fault-functions.ts';
import { type Answer, exchange, hangUp } from './http.ts';
import type { XmlElement } from './infoset.ts';
import { type FaultForm, formOf } from './numbers.ts';
import { protocolColumns, soapVersions } from './protocols.ts';
import { namespace, type Seen } from './reading.ts';
import { checkFrame, listeningServer, type Outcome } from './run.ts';

/** A case of the fault table and what each of its columns came to. */
export interface RunFault {
  readonly one: FaultCase;
  readonly outcomes: ReadonlyMap<FaultColumn, Outcome>;
}

/** How a case must look in a column; undefined where the protocol does not know it. */
export function expectedForm(one: FaultCase, column: FaultColumn): FaultForm | undefined {
  if (one.soapOnly === true && column !== 'soap11' && column !== 'soap12') return undefined;
  const form = standardForm(one, column);
  if (column === 'mcp' && one.thrown === true) return { status: 200, number: undefined };
  return one.status === undefined ? form : { ...form, status: one.status };
}

function standardForm(one: FaultCase, column: FaultColumn): FaultForm {
  if (one.code === 'fault-declared') return declared(column, 1234, 409);
  if (one.code === 'fault-little') return declared(column, 1235, 503);
  return formOf(one.code, column, one.early === true);
}

/** DESIGN §4, "declared by a function". */
function declared(column: FaultColumn, number: number, status: number): FaultForm {
  const own = status >= 500 ? ['Server', 'Receiver'] : ['Client', 'Sender'];
  if (column === 'rest') return { status, number: undefined };
  if (column === 'mcp') return { status: 200, number: undefined };
  if (column === 'soap11') return { status: 500, number: own[0] };
  if (column === 'soap12') return { status: status >= 500 ? 500 : 400, number: own[1] };
  return { status: 200, number };
}

/** Provokes every fault in every protocol, one case after the other, as some change the settings. */
export async function runFaults(): Promise<readonly RunFault[]> {
  const { server, url } = await listeningServer(faultFunctions);
  const usual = await server.settings.update(() => ({ enabledwsfunctions: ['fault.*'] }));
  try {
    const rows: RunFault[] = [];
    for (const one of faultCases)
      rows.push({ one, outcomes: await runCase(one, url, server, usual as PartialSettings) });
    return rows;
  } finally {
    hangUp();
    await server.close();
  }
}

async function runCase(
  one: FaultCase,
  url: string,
  server: Server,
  usual: PartialSettings,
): Promise<Map<FaultColumn, Outcome>> {
  if (one.settings !== undefined) await server.settings.update(() => one.settings ?? {});
  hangUp(); // a connection that was there before a limit is not one too many
  const outcomes = new Map<FaultColumn, Outcome>();
  for (const column of faultColumns) {
    const form = expectedForm(one, column);
    if (form !== undefined) outcomes.set(column, await runCell(one, column, form, url));
  }
  await server.settings.update(() => usual);
  return outcomes;
}

async function provoke({ request, again }: FaultCase, column: FaultColumn, url: string): Promise<Answer> {
  let answer = await exchange(url, request(column));
  for (let more = again ? 2 : 0; more > 0 && answer.status === 200; more--)
    answer = await exchange(url, request(column));
  return answer;
}

async function runCell(one: FaultCase, column: FaultColumn, form: FaultForm, url: string): Promise<Outcome> {
  const answer = await provoke(one, column, url);
  try {
    const seen = protocolColumns[column].read(answer);
    checkFrame(answer, seen);
    checkFault(one, column, form, seen);
    checkHeaders(one, column, answer);
    if (one.code === 'fault-declared') checkData(column, seen.fault?.data);
    expect(answer.body, 'the body').to.not.match(/secret|node_modules|\.[jt]s:\d|^ +at /m);
    return undefined;
  } catch (reason) {
    return `${(reason as Error).message}\n      answer: ${answer.status} ${answer.body.slice(0, 600)}`;
  }
}

/** SOAP 1.1 §4.4: a fault of header blocks has no detail, so its fault code is all there is. */
function codeOf(code: FaultCase['code'], seen: Seen): string | undefined {
  const headerOnly = (code as FaultCode) === 'must-understand' || code === 'version-mismatch';
  return headerOnly ? (seen.fault?.code ?? code) : seen.fault?.code;
}

function checkFault(one: FaultCase, column: FaultColumn, form: FaultForm, seen: Seen): void {
  expect(codeOf(one.code, seen), 'the code').to.equal(one.code);
  expect(seen.fault?.number, 'the number').to.equal(form.number);
  expect(seen.status, 'the status').to.equal(form.status);
  expect(seen.fault?.message, 'the message').to.be.a('string').and.not.equal('');
  expect(seen.type.split(';')[0], 'the type').to.equal(typeOf(column));
}

function typeOf(column: FaultColumn): string {
  if (column === 'rest' || column === 'jsonrpc' || column === 'mcp') return 'application/json';
  return column === 'soap12' ? soapVersions['1.2'].type : 'text/xml';
}

/** Retry-After everywhere, a challenge only on REST (DESIGN §4). */
function checkHeaders(one: FaultCase, column: FaultColumn, { headers, status }: Answer): void {
  for (const [name, pattern] of Object.entries(one.headers ?? {})) expect(headers[name], name).to.match(pattern);
  const challenge = column === 'rest' && status === 401;
  expect(headers['www-authenticate'] !== undefined, 'WWW-Authenticate').to.equal(challenge);
}

function checkData(column: FaultColumn, data: unknown): void {
  if (column === 'rest' || column === 'jsonrpc' || column === 'mcp')
    expect(data, 'the data').to.deep.equal({ reason: 'a', attempts: 3 });
  else if (column !== 'xmlrpc') {
    const fields = (data as XmlElement | undefined)?.children.map(({ name, text }) => [name, text]);
    expect(fields, `the data in ${namespace}`).to.deep.equal([
      ['reason', 'a'],
      ['attempts', '3'],
    ]);
  }
}
