import { mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type DestinationStream, destination, type Logger, pino } from 'pino';
import type { Fault, Issue } from './fault.ts';

/** What is noted of a call: never its arguments, never its result. */
export interface CallRecord {
  readonly requestId: string;
  readonly protocol: string;
  /** The function's own name, or what the caller named. */
  readonly function: string;
  readonly fault: Fault | undefined;
  /** Milliseconds. */
  readonly duration: number;
}

/** Where calls and events are noted. */
export interface Log {
  /** One line a call. */
  call(record: CallRecord): void;
  /** Events of the server's life. */
  readonly events: Logger;
  flush(): void;
}

/** A file, a stream, or nothing. */
export type LogTarget = string | DestinationStream | false;

const silent: DestinationStream = { write: () => {} };

/** Characters of lines that are gathered before they go to the file together. */
const gathered = 32_768;

/** Milliseconds after which gathered lines go to the file in any case. */
const longestWait = 1_000;

/**
 * Notes calls and events as JSON lines in pino's form. The line of a call that went well is put together as text, because
 * it is written for every call of a batch.
 */
export function createLog(target: LogTarget): Log {
  if (target === false) return { call: () => {}, events: pino({ base: null }, silent), flush: () => {} };
  const { stream, flush } = typeof target === 'string' ? fileStream(target) : { stream: target, flush: () => {} };
  const events = pino({ base: null }, stream);
  return { events, flush, call: (record) => writeCall(record, stream, events) };
}

interface Sink {
  readonly stream: DestinationStream;
  readonly flush: () => void;
}

/** `stderr` and `stdout` are written at once; lines for files are gathered, so that a call does not pay for a write. */
function fileStream(target: string): Sink {
  if (target === 'stderr' || target === 'stdout') {
    return { stream: destination({ dest: target === 'stderr' ? 2 : 1, sync: true }), flush: () => {} };
  }
  mkdirSync(dirname(target), { recursive: true });
  const file = openSync(target, 'a');
  let lines = '';
  const pass = (): void => {
    const text = lines;
    lines = '';
    try {
      if (text !== '') writeFileSync(file, text);
    } catch {
      // a full disk costs lines; the process goes on
    }
  };
  setInterval(pass, longestWait).unref();
  const write = (line: string): void => {
    lines += line;
    if (lines.length > gathered) pass();
  };
  return { stream: { write }, flush: pass };
}

/** Of parameters only what kind of fault they have: a path may hold a caller's own words. Of our results also where. */
const codeOf = ({ code }: Issue): string => code;
const pathOf = ({ code, path }: Issue): string => `${path}: ${code}`;

/** A whole number divided by 1,000, as text; a double takes V8 ten times as long to write. */
function thousandths(value: number): string {
  const rest = value % 1_000;
  return `${(value - rest) / 1_000}.${rest < 10 ? '00' : rest < 100 ? '0' : ''}${rest}`;
}

function writeCall(record: CallRecord, stream: DestinationStream, events: Logger): void {
  const { requestId, protocol, fault, duration } = record;
  const micros = Math.round(duration * 1_000);
  if (fault === undefined) {
    stream.write(
      `{"level":30,"time":${Date.now()},"requestId":"${requestId}","protocol":"${protocol}","function":"${record.function}","code":"ok","duration":${thousandths(micros)}}\n`,
    );
    return;
  }
  const line = {
    requestId,
    protocol,
    function: record.function.slice(0, 100),
    code: fault.code,
    gate: fault.gate,
    duration: micros / 1_000,
    ...(fault.issues.length > 0 ? { issues: fault.issues.map(fault.code === 'invalid-result' ? pathOf : codeOf) } : {}),
    ...(fault.cause === undefined ? {} : { err: fault.cause }),
  };
  if (fault.code === 'internal' || fault.code === 'invalid-result') events.error(line);
  else events.info(line);
}
