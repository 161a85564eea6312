import { type DestinationStream, destination, type Logger, pino } from 'pino';
import type { Fault } from './fault.ts';

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

/**
 * Notes calls and events as JSON lines in pino's form. The line of a call that went well is put together as text, because
 * it is written for every call of a batch.
 */
export function createLog(target: LogTarget): Log {
  const stream = target === false ? silent : typeof target === 'string' ? fileStream(target) : target;
  const events = pino({ base: null }, stream);
  return {
    events,
    call: target === false ? () => {} : (record) => writeCall(record, stream, events),
    flush: () => {
      if ('flushSync' in stream && typeof stream.flushSync === 'function') stream.flushSync();
    },
  };
}

/** Lines are written some at a time: a call does not wait for the disk. `stderr` and `stdout` are the process's own. */
function fileStream(target: string): DestinationStream {
  if (target === 'stderr') return destination({ dest: 2, sync: true });
  if (target === 'stdout') return destination({ dest: 1, sync: true });
  const stream = destination({ dest: target, sync: false, minLength: 4_096, mkdir: true });
  setInterval(() => stream.flush(), 1_000).unref();
  return stream;
}

function writeCall(record: CallRecord, stream: DestinationStream, events: Logger): void {
  const { requestId, protocol, fault, duration } = record;
  if (fault === undefined) {
    stream.write(
      `{"level":30,"time":${Date.now()},"requestId":"${requestId}","protocol":"${protocol}","function":"${record.function}","code":"ok","duration":${duration.toFixed(3)}}\n`,
    );
    return;
  }
  const line = {
    requestId,
    protocol,
    function: record.function.slice(0, 100),
    code: fault.code,
    gate: fault.gate,
    duration: Number(duration.toFixed(3)),
    ...(fault.issues.length > 0 ? { paths: fault.issues.map((issue) => issue.path) } : {}),
    ...(fault.cause === undefined ? {} : { err: fault.cause }),
  };
  if (fault.code === 'internal' || fault.code === 'invalid-result') events.error(line);
  else events.info(line);
}
