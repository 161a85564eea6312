import { writeSync } from 'node:fs';

/** Bytes that wait at most for whoever reads our lines too slowly. */
const mostWaiting = 1_048_576;
/** Milliseconds until it is tried again. */
const pause = 20;

/** How much of some bytes went out, and why no more. */
interface Passed {
  readonly bytes: number;
  readonly busy: boolean;
}

function pass(file: number, bytes: Buffer): Passed {
  let done = 0;
  try {
    while (done < bytes.length) done += writeSync(file, bytes, done);
    return { bytes: done, busy: false };
  } catch (reason) {
    return { bytes: done, busy: (reason as NodeJS.ErrnoException).code === 'EAGAIN' };
  }
}

function linesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}

/**
 * Writes whole lines to an open file, and never fails: what a full disk does not take is lost and counted, and told in a
 * line of its own once lines are taken again. What was cut in the middle does not spoil the line that follows.
 */
export class LineFile {
  readonly #file: number;
  #lost = 0;
  #torn = false;
  #waiting: Buffer = Buffer.alloc(0);
  #timer: NodeJS.Timeout | undefined;

  constructor(file: number) {
    this.#file = file;
  }

  /** @param lines each with its end; bytes may be used again afterwards */
  write(lines: string | Buffer): void {
    const bytes = typeof lines === 'string' ? Buffer.from(lines) : lines;
    if (this.#waiting.length === 0) this.#pass(bytes);
    else if (this.#waiting.length + bytes.length > mostWaiting) this.#lost += linesIn(bytes);
    else this.#waiting = Buffer.concat([this.#waiting, bytes]);
  }

  /** Tries once more to get rid of what waits. */
  flush(): void {
    clearTimeout(this.#timer);
    const waiting = this.#waiting;
    this.#waiting = Buffer.alloc(0);
    if (waiting.length > 0) this.#pass(waiting);
  }

  #pass(bytes: Buffer): void {
    if ((this.#torn || this.#lost > 0) && !this.#mend()) {
      this.#lost += linesIn(bytes);
      return;
    }
    const passed = pass(this.#file, bytes);
    if (passed.bytes === bytes.length) return;
    const rest = bytes.subarray(passed.bytes);
    if (passed.busy) this.#wait(rest);
    else {
      this.#torn = passed.bytes > 0 && bytes[passed.bytes - 1] !== 10;
      this.#lost += linesIn(rest);
    }
  }

  /** Ends the line that was cut, and tells how many were lost; whether that has been taken. */
  #mend(): boolean {
    const what = this.#lost === 1 ? '1 line' : `${this.#lost} lines`;
    const msg = `${what} of the log could not be written`;
    const note = Buffer.from(`${this.#torn ? '\n' : ''}${JSON.stringify({ level: 40, time: Date.now(), msg })}\n`);
    const passed = pass(this.#file, note);
    if (passed.bytes === 0) return false;
    this.#torn = passed.bytes < note.length;
    if (!this.#torn) this.#lost = 0;
    return !this.#torn;
  }

  #wait(rest: Buffer): void {
    this.#waiting = Buffer.from(rest);
    this.#timer = setTimeout(() => this.flush(), pause).unref();
  }
}
