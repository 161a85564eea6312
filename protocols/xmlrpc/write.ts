import type { Text } from '../../lib/chunks.ts';
import { Source } from '../../lib/codegen.ts';
import type { AnyFunction } from '../../lib/define.ts';
import type { Descriptor } from '../../lib/descriptor.ts';
import { Fault } from '../../lib/fault.ts';
import { Issues } from '../../lib/issues.ts';
import { checkTexts } from '../../lib/walk.ts';
import { escapeText } from '../xml/write.ts';
import type { XmlrpcNote } from './decode.ts';
import { writerOf } from './writers.ts';

type Writer = (value: unknown) => Text;

const plainWriters = new WeakMap<AnyFunction, Writer>();
const extendedWriters = new WeakMap<AnyFunction, Writer>();

/** What a function without a result answers, since every call has one (XML-RPC specification). */
const nothing = '<value><boolean>1</boolean></value>';

function compile(returns: Descriptor, extended: boolean): Writer {
  return writerOf(returns, new Source(), extended);
}

/**
 * Writes a result as a `<value>` of the type that DESIGN §3 gives it.
 * @throws Fault `invalid-result` naming the texts that XML cannot carry
 */
export function write(fn: AnyFunction, value: unknown, { extensions }: XmlrpcNote): Text {
  if (fn.returns === undefined) return nothing;
  const writers = extensions ? extendedWriters : plainWriters;
  let writer = writers.get(fn);
  if (writer === undefined) {
    writer = compile(fn.returns, extensions);
    writers.set(fn, writer);
  }
  try {
    return writer(value);
  } catch (reason) {
    if (reason instanceof Fault && reason.code === 'invalid-result') throw unwritable(fn.returns, value);
    throw reason;
  }
}

function unwritable(returns: Descriptor, value: unknown): Fault {
  const issues = new Issues();
  issues.collect(() => checkTexts(returns, value, issues, problem));
  return issues.fault('invalid-result', 'The result has characters that XML cannot carry');
}

function problem(text: string): string | undefined {
  try {
    escapeText(text);
    return undefined;
  } catch (reason) {
    if (reason instanceof Fault) return 'has characters that XML cannot carry';
    throw reason;
  }
}
