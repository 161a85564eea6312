import { mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { Fault, Issue } from './fault.ts';
import { GatheredLines } from './gathered-lines.ts';
import { LineFile } from './line-file.ts';

/** What is noted of a call: never its arguments, never its result. */
export interface CallRecord {
  readonly requestId: string;
  /** The trace that the request belongs to (W3C Trace Context). */
  readonly traceId?: string | undefined;
  readonly protocol: string;
  /** The function's own name, or what the caller named. */
  readonly function: string;
  readonly fault: Fault | undefined;
  /** Who called, as far as it was proven: a key's id, a user's name. */
  readonly client: string | undefined;
  readonly user: string | undefined;
  readonly address: string;
  /** When it ended, by `performance.now()`. */
  readonly ended: number;
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

/**
 * Notes calls and events as JSON lines in pino's form. The line of a call that went well is put together as text, because
 * it is written for every call of a batch.
 */
export function createLog(target: LogTarget): Log {
  if (target === false) return { call: () => {}, events: pino({ base: null }, silent), flush: () => {} };
  const sink = typeof target === 'string' ? fileSink(target) : streamSink(target);
  const events = pino({ base: null }, sink);
  const lines = new LineWriter(sink);
  const call = (record: CallRecord): void => {
    if (record.fault === undefined) lines.write(record);
    else writeFault(record, record.fault, events);
  };
  return { events, flush: () => sink.flush(), call };
}

interface Sink extends DestinationStream {
  /** Writes a line in two parts. */
  add(head: string, end: string): void;
  flush(): void;
}

/** `stderr` and `stdout` are written at once; lines for files are gathered. */
function fileSink(target: string): Sink {
  if (target === 'stderr' || target === 'stdout') {
    const output = new LineFile(target === 'stderr' ? 2 : 1);
    return streamSink(output, () => output.flush());
  }
  mkdirSync(dirname(target), { recursive: true });
  return new GatheredLines(new LineFile(openSync(target, 'a')));
}

function streamSink(stream: DestinationStream, flush = () => {}): Sink {
  return { write: (line) => stream.write(line), add: (head, end) => stream.write(head + end), flush };
}

/** Of parameters only what kind of fault they have: a path may hold a caller's own words. Of our results also where. */
const codeOf = ({ code }: Issue): string => code;
const pathOf = ({ code, path }: Issue): string => `${path}: ${code}`;

/** Milliseconds with three decimals, from whole microseconds; a double takes V8 ten times as long to write. */
function milliseconds(micros: number): string {
  const rest = micros % 1_000;
  return `${(micros - rest) / 1_000}.${rest < 10 ? '00' : rest < 100 ? '0' : ''}${rest}`;
}

/** The ends of lines by their microseconds, below a millisecond, where most calls are. */
const shortEnds = Array.from({ length: 1_000 }, (_, micros) => `${milliseconds(micros)}}\n`);

function member(name: string, value: string | undefined): string {
  return value === undefined ? '' : `,"${name}":${JSON.stringify(value)}`;
}

/** How long the difference between the two clocks is taken for granted, in milliseconds. */
const clockTrust = 1_000;

/**
 * Writes the lines of calls that went well. What a line has in common with the last is not put together again: a batch
 * would pay for it with every call.
 */
class LineWriter {
  readonly #sink: Sink;
  #compared = Number.NEGATIVE_INFINITY;
  #offset = 0;
  #time = 0;
  #requestId = '';
  #traceId: string | undefined;
  #protocol = '';
  #function = '';
  #client: string | undefined;
  #user: string | undefined;
  #who = '';
  #head = '';

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  write(record: CallRecord): void {
    const { ended, duration } = record;
    if (ended - this.#compared > clockTrust) {
      this.#compared = ended;
      this.#offset = Date.now() - ended;
    }
    this.#begin(Math.floor(this.#offset + ended), record);
    const micros = Math.round(duration * 1_000);
    this.#sink.add(this.#head, shortEnds[micros] ?? `${milliseconds(micros)}}\n`);
  }

  #begin(time: number, { requestId, traceId, protocol, function: name, client, user }: CallRecord): void {
    if (
      time === this.#time &&
      requestId === this.#requestId &&
      traceId === this.#traceId &&
      name === this.#function &&
      protocol === this.#protocol &&
      client === this.#client &&
      user === this.#user
    )
      return;
    if (client !== this.#client || user !== this.#user) this.#who = member('client', client) + member('user', user);
    this.#time = time;
    this.#requestId = requestId;
    this.#traceId = traceId;
    this.#function = name;
    this.#protocol = protocol;
    this.#client = client;
    this.#user = user;
    this.#head = `{"level":30,"time":${time},"requestId":"${requestId}"${member('traceId', traceId)},"protocol":"${protocol}","function":"${name}"${this.#who},"code":"ok","duration":`;
  }
}

function writeFault(record: CallRecord, fault: Fault, events: Logger): void {
  const { requestId, protocol, duration } = record;
  const line = {
    requestId,
    traceId: record.traceId,
    protocol,
    function: record.function.slice(0, 100),
    code: fault.code,
    gate: fault.gate,
    client: record.client,
    user: record.user,
    duration: Math.round(duration * 1_000) / 1_000,
    ...(fault.issues.length > 0 ? { issues: fault.issues.map(fault.code === 'invalid-result' ? pathOf : codeOf) } : {}),
    ...(fault.cause === undefined ? {} : { err: fault.cause }),
  };
  const level = fault.code === 'internal' || fault.code === 'invalid-result' ? 'error' : 'info';
  try {
    events[level](line);
  } catch {
    events[level]({ ...line, err: undefined }, 'what was thrown breaks when it is looked at');
  }
}
