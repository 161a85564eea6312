import type { AnyFunction } from '../define.ts';
import type { Descriptor } from '../descriptor.ts';
import { type Declared, Fault, type FaultCode, type Issue } from '../fault.ts';
import { Issues } from '../issues.ts';
import { jsonReader } from '../json/read.ts';
import { jsonWriter } from '../json/write.ts';

/** A fault as it is kept: without its cause, which is for the log of the first call. */
interface KeptFault {
  readonly code: string;
  readonly message: string;
  readonly issues?: readonly Issue[];
  /** Of declared faults. */
  readonly number?: number;
  readonly status?: number;
  readonly data?: unknown;
}

interface Kept {
  readonly result?: unknown;
  readonly fault?: KeptFault;
}

/** What a call came to: the value of its handler, or a fault. */
export type Ending = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly fault: Fault };

/** Writes what a call came to as JSON text, by the function's own descriptors, so that nothing is lost. */
export function writeEnding(fn: AnyFunction, ending: Ending): string {
  if (!ending.ok) return `{"fault":${faultText(fn, ending.fault)}}`;
  return fn.returns === undefined ? '{}' : `{"result":${jsonWriter(fn.returns)(ending.value)}}`;
}

function faultText(fn: AnyFunction, { code, message, issues, declared }: Fault): string {
  const kept: KeptFault = {
    code,
    message,
    ...(issues.length > 0 ? { issues } : {}),
    ...(declared === undefined ? {} : { number: declared.number, status: declared.status }),
  };
  const text = JSON.stringify(kept);
  const descriptor = dataOf(fn, code);
  if (descriptor === undefined || declared?.data === undefined) return text;
  return `${text.slice(0, -1)},"data":${jsonWriter(descriptor)(declared.data)}}`;
}

function dataOf(fn: AnyFunction, code: string): Descriptor | undefined {
  return Object.hasOwn(fn.errors, code) ? fn.errors[code]?.data : undefined;
}

/**
 * Reads what `writeEnding` has written.
 * @throws Fault `conflict` if the function has changed so much since that its outcome cannot be read any more
 */
export function readEnding(fn: AnyFunction, text: string): Ending {
  const { result, fault } = JSON.parse(text) as Kept;
  if (fault !== undefined) return { ok: false, fault: readFault(fn, fault) };
  return { ok: true, value: fn.returns === undefined ? undefined : readValue(fn.returns, result) };
}

function readFault(fn: AnyFunction, { code, message, issues = [], number, status, data }: KeptFault): Fault {
  if (number === undefined || status === undefined) return new Fault(code as FaultCode, message, { issues });
  const descriptor = dataOf(fn, code);
  const read = descriptor === undefined || data === undefined ? undefined : readValue(descriptor, data);
  const declared: Declared = { number, status, data: read };
  return new Fault(code, message, { issues, declared });
}

function readValue(descriptor: Descriptor, raw: unknown): unknown {
  const issues = new Issues();
  const value = issues.collect(() => jsonReader(descriptor)(raw, issues));
  if (issues.list.length === 0) return value;
  throw new Fault('conflict', 'What this Idempotency-Key was used for can no longer be told', { gate: 'idempotency' });
}
