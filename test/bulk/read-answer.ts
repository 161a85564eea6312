import type { Answer } from '../../client/client.ts';
import { clients } from '../../client/index.ts';
import type { AnyFunction } from '../../index.ts';
import { Issues } from '../../lib/issues.ts';
import type { BulkAnswer } from './bulk-process.ts';
import type { Dialect } from './dialects.ts';

/** What an answer says, read by the function's descriptor. */
export function readAnswer(dialect: Dialect, fn: AnyFunction, { status, headers, body }: BulkAnswer): Answer {
  const client = clients[dialect === 'encoded' ? 'soap' : dialect];
  const issues = new Issues();
  const answer = client.decode(fn, { status, contentType: headers['content-type'] ?? '', body }, issues);
  if (issues.list.length > 0) throw new Error(`the answer does not fit: ${JSON.stringify(issues.list)}`);
  return answer;
}

/** The result of a call that must have gone well. */
export function resultOf(dialect: Dialect, fn: AnyFunction, answer: BulkAnswer): unknown {
  const read = readAnswer(dialect, fn, answer);
  if (!read.ok) throw new Error(`${read.code}: ${read.message} ${JSON.stringify(read.issues)}`);
  return read.value;
}
