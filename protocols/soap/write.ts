import type { Text } from '../../lib/chunks.ts';
import type { AnyFunction } from '../../lib/define.ts';
import type { Descriptor, ObjectDescriptor } from '../../lib/descriptor.ts';
import { Fault } from '../../lib/fault.ts';
import { Issues } from '../../lib/issues.ts';
import { operationName } from '../../lib/operation-name.ts';
import { checkTexts } from '../../lib/walk.ts';
import { memberScope, responseName, resultElement } from '../../wsdl/names.ts';
import { escapeText } from '../xml/write.ts';
import { type ElementWriter, elementWriter, type PieceWriter, pieceWriter } from './element-writer.ts';
import type { SoapNote, SoapStyle } from './envelope.ts';

type Writers<K extends object, W> = Readonly<Record<SoapStyle, WeakMap<K, W>>>;

const writers: Writers<AnyFunction, ElementWriter> = { literal: new WeakMap(), encoded: new WeakMap() };
const pieceWriters: Writers<AnyFunction, PieceWriter> = { literal: new WeakMap(), encoded: new WeakMap() };
const detailWriters: Writers<ObjectDescriptor, ElementWriter> = { literal: new WeakMap(), encoded: new WeakMap() };

/** Writes a checked result as the `result` element of its wrapper (WS-I BP 1.1 R2729, R2735). */
export function write(fn: AnyFunction, value: unknown, note: SoapNote): Text {
  const { returns } = fn;
  if (returns === undefined) return '';
  try {
    return built(writers, elementWriter, fn, returns, note.style)(value);
  } catch (reason) {
    throw refusal(returns, value, reason);
  }
}

/** Writes a long result piece by piece. */
export function* pieces(fn: AnyFunction, value: unknown, note: SoapNote): Generator<string> {
  const returns = fn.returns as Descriptor;
  try {
    yield* built(pieceWriters, pieceWriter, fn, returns, note.style)(value);
  } catch (reason) {
    throw refusal(returns, value, reason);
  }
}

function refusal(returns: Descriptor, value: unknown, reason: unknown): unknown {
  if (!(reason instanceof Fault)) return reason;
  const issues = new Issues();
  issues.collect(() => checkTexts(returns, value, issues, unwritable));
  return issues.fault('invalid-result', 'The result holds characters that XML cannot carry');
}

/** Why a text cannot be written, if so. */
function unwritable(text: string): string | undefined {
  try {
    escapeText(text);
  } catch (reason) {
    return `holds ${Fault.from(reason).message}`;
  }
  return undefined;
}

/** The writer of a function's result, built once. */
function built<W>(
  known: Writers<AnyFunction, W>,
  build: (descriptor: Descriptor, name: string, scope: string, style: SoapStyle) => W,
  fn: AnyFunction,
  returns: Descriptor,
  style: SoapStyle,
): W {
  let writer = known[style].get(fn);
  if (writer === undefined) {
    const scope = memberScope(responseName(operationName(fn.name)), resultElement);
    writer = build(returns, resultElement, scope, style);
    known[style].set(fn, writer);
  }
  return writer;
}

/** The writer of the one element in a fault's detail, in the target namespace under the prefix `tns`. */
export function detailWriter(descriptor: ObjectDescriptor, style: SoapStyle): ElementWriter {
  let writer = detailWriters[style].get(descriptor);
  if (writer === undefined) {
    writer = elementWriter(descriptor, `tns:${descriptor.name}`, descriptor.name, style);
    detailWriters[style].set(descriptor, writer);
  }
  return writer;
}
