import { innerOf, type Told } from './answers.ts';
import type { Expected } from './attack.ts';
import { type Endpoint, forms, statusOf } from './endpoints.ts';
import type { Answer, Outcome } from './line.ts';

/** Whether two values are the same through and through. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

/** What an answer says in its protocol, or why it is none. */
function told(endpoint: Endpoint, answer: Answer): Told | string {
  try {
    return forms[endpoint].read(answer);
  } catch (reason) {
    return `is not in the form of ${endpoint}: ${String(reason)}; it is ${shown(answer.body.toString('latin1'))}`;
  }
}

function wrongTold(expected: Expected, said: Told): string | undefined {
  if ('fault' in expected) {
    if (!('fault' in said)) return `${expected.fault} was to be told, not ${shown(said)}`;
    return said.fault === expected.fault ? undefined : `${expected.fault} was to be told, not ${shown(said)}`;
  }
  if ('result' in expected) {
    return 'result' in said && same(said.result, expected.result)
      ? undefined
      : `the result was to be ${shown(expected.result)}, not ${shown(said)}`;
  }
  if ('inner' in expected) return wrongInner(expected.inner, said);
  return `it says ${shown(said)}`;
}

function wrongInner(expected: readonly Expected[], said: Told): string | undefined {
  const all = 'inner' in said ? said.inner : 'result' in said ? innerOf(said.result) : undefined;
  if (all === undefined || all.length !== expected.length)
    return `${expected.length} were to be told, not ${shown(said)}`;
  return expected.map((one, i) => wrongTold(one, all[i] as Told)).find((problem) => problem !== undefined);
}

function wrongStatus(expected: Expected, endpoint: Endpoint, said: Told, status: number): string | undefined {
  const isResult = 'fault' in said && said.isResult === true;
  const right =
    'fault' in expected && !isResult
      ? (expected.status ?? statusOf(endpoint, expected.fault, expected.early ?? false))
      : 200;
  return status === right ? undefined : `the status was to be ${right}, not ${status}`;
}

/** What belongs to no protocol: HTTP's own refusals, answers without content, the site's pages. */
function wrongPlain(status: number, content: boolean, answer: Answer): string | undefined {
  if (answer.status !== status) return `the status was to be ${status}, not ${answer.status}`;
  if (content) {
    const type = answer.headers['content-type'];
    return type === 'text/plain; charset=utf-8' ? undefined : `a page of type ${type}`;
  }
  return answer.body.length === 0 ? undefined : `there was to be no content, not ${shown(answer.body.toString())}`;
}

function wrongDocument(
  type: string,
  without: readonly string[],
  { status, headers, body }: Answer,
): string | undefined {
  if (status !== 200 || headers['content-type'] !== type) return `there came ${status}, ${headers['content-type']}`;
  const found = without.find((text) => body.includes(text));
  return found === undefined ? undefined : `the document has ${found}`;
}

/** What is wrong with one answer, where it should be as expected. */
function wrongAnswer(expected: Expected, endpoint: Endpoint, answer: Answer | undefined): string | undefined {
  if (answer === undefined) return 'there is no answer';
  if ('http' in expected) return wrongPlain(expected.http, false, answer);
  if ('empty' in expected) return wrongPlain(expected.empty, false, answer);
  if (answer.headers['x-content-type-options'] !== 'nosniff') return 'browsers may guess at its type';
  if ('page' in expected) return wrongPlain(expected.page, true, answer);
  if ('document' in expected) return wrongDocument(expected.document, expected.without, answer);
  if (answer.headers['x-request-id'] === undefined) return 'it has no request id';
  const form = ('fault' in expected ? expected.as : undefined) ?? endpoint;
  const said = told(form, answer);
  if (typeof said === 'string') return said;
  return wrongTold(expected, said) ?? wrongStatus(expected, form, said, answer.status);
}

function wrongClosing(how: 'silent' | 'timeout' | 'cut', { answers, rest, closed }: Outcome): string | undefined {
  if (!closed) return 'it was left open';
  const statuses = answers.map(({ status }) => status);
  if (how === 'cut') return statuses.length === 0 && rest.length > 0 ? undefined : 'the answer was not cut off';
  if (rest.length > 0) return `there came ${shown(rest.toString('latin1'))}`;
  if (statuses.length === 0) return undefined;
  return how === 'timeout' && same(statuses, [408]) ? undefined : `it was answered ${statuses.join(', ')}`;
}

/** The name under which an answer is counted: `ok`, its fault's code, or its status. */
function sortOf(endpoint: Endpoint, answer: Answer): string {
  if (answer.body.length === 0) return String(answer.status);
  const said = told(endpoint, answer);
  if (typeof said === 'string') return said;
  return 'fault' in said ? said.fault : 'ok';
}

function wrongTally(
  expected: Readonly<Record<string, readonly [number, number]>>,
  endpoint: Endpoint,
  outcomes: readonly Outcome[],
): string | undefined {
  const counts: Record<string, number> = {};
  for (const { answers } of outcomes) {
    const sorts = answers.length === 0 ? ['silence'] : answers.map((answer) => sortOf(endpoint, answer));
    for (const sort of sorts) counts[sort] = (counts[sort] ?? 0) + 1;
  }
  const fits = Object.entries(expected).every(([sort, [least, most]]) => {
    const count = counts[sort] ?? 0;
    return count >= least && count <= most;
  });
  const others = Object.keys(counts).filter((sort) => !Object.hasOwn(expected, sort));
  return fits && others.length === 0 ? undefined : `there were to be ${shown(expected)}, not ${shown(counts)}`;
}

/** Whoever does not read must not keep the connection: it is closed before all has been read. */
function wrongReading(asked: number, { answers, closed }: Outcome): string | undefined {
  if (!closed) return 'it was left open';
  return answers.length < asked ? undefined : 'all of it was kept until it was read';
}

/** What is wrong with one connection's outcome. */
function wrongOutcome(expected: Expected, endpoint: Endpoint, outcome: Outcome): string | undefined {
  if ('closed' in expected) return wrongClosing(expected.closed, outcome);
  if ('unread' in expected) return wrongReading(expected.unread, outcome);
  const all = 'each' in expected ? expected.each : [expected];
  const { answers, rest } = outcome;
  const found = all.map((one, i) => wrongAnswer(one, endpoint, answers[i])).find((problem) => problem !== undefined);
  if (found !== undefined) return found;
  if (answers.length > all.length) return `there are ${answers.length} answers`;
  return rest.length > 0 ? `beside the answer there came ${shown(rest.toString('latin1'))}` : undefined;
}

/** What is wrong with how an attack was answered; undefined if nothing is. */
export function wrongEnd(expected: Expected, endpoint: Endpoint, outcomes: readonly Outcome[]): string | undefined {
  if ('tally' in expected) return wrongTally(expected.tally, endpoint, outcomes);
  return outcomes.map((outcome) => wrongOutcome(expected, endpoint, outcome)).find((problem) => problem !== undefined);
}

/** The functions that may run, in their order. */
export function expectedRuns(expected: Expected): readonly string[] {
  if ('each' in expected) return expected.each.flatMap(expectedRuns);
  if ('inner' in expected) return expected.inner.flatMap(expectedRuns);
  return 'runs' in expected ? (expected.runs ?? []) : [];
}
