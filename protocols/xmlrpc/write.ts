import type { Text } from '../../lib/chunks.ts';
import { Source } from '../../lib/codegen.ts';
import type { AnyFunction } from '../../lib/define.ts';
import type { Descriptor } from '../../lib/descriptor.ts';
import { Fault } from '../../lib/fault.ts';
import { Issues } from '../../lib/issues.ts';
import { checkTexts } from '../../lib/walk.ts';
import { escapeText } from '../xml/write.ts';
import type { XmlrpcNote } from './decode.ts';
import { piecesOf, writerOf } from './writers.ts';

type Writer<Written> = (value: unknown) => Written;

/** Writers of functions by the setting `xmlrpc.extensions`, built once. */
class Writers<Written> {
  readonly #known = { plain: new WeakMap<AnyFunction, Writer<Written>>(), extended: new WeakMap() };
  readonly #build: (returns: Descriptor, source: Source, extended: boolean) => Writer<Written>;

  constructor(build: (returns: Descriptor, source: Source, extended: boolean) => Writer<Written>) {
    this.#build = build;
  }

  of(fn: AnyFunction, returns: Descriptor, extended: boolean): Writer<Written> {
    const known = extended ? this.#known.extended : this.#known.plain;
    let writer = known.get(fn);
    if (writer === undefined) {
      writer = this.#build(returns, new Source(), extended);
      known.set(fn, writer);
    }
    return writer;
  }
}

const writers = new Writers<Text>(writerOf);
const pieceWriters = new Writers<Iterable<string>>(piecesOf);

/** What a function without a result answers, since every call has one (XML-RPC specification). */
const nothing = '<value><boolean>1</boolean></value>';

/**
 * Writes a result as a `<value>` of the type that DESIGN §3 gives it.
 * @throws Fault `invalid-result` naming the texts that XML cannot carry
 */
export function write(fn: AnyFunction, value: unknown, { extensions }: XmlrpcNote): Text {
  if (fn.returns === undefined) return nothing;
  try {
    return writers.of(fn, fn.returns, extensions)(value);
  } catch (reason) {
    throw refusal(fn.returns, value, reason);
  }
}

/** Writes a long result piece by piece. */
export function* pieces(fn: AnyFunction, value: unknown, { extensions }: XmlrpcNote): Generator<string> {
  const returns = fn.returns as Descriptor;
  try {
    yield* pieceWriters.of(fn, returns, extensions)(value);
  } catch (reason) {
    throw refusal(returns, value, reason);
  }
}

function refusal(returns: Descriptor, value: unknown, reason: unknown): unknown {
  return reason instanceof Fault && reason.code === 'invalid-result' ? unwritable(returns, value) : reason;
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
