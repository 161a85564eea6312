import type { LineFile } from './line-file.ts';

/** Bytes of lines that are gathered before they go to the file together. */
const gathered = 32_768;
/** Bytes kept free for one more line; a longer one goes to the file alone. */
const spare = 8_192;
/** Bytes of UTF-8 that a UTF-16 code unit takes at most. */
const widest = 3;
/** Milliseconds after which gathered lines go to the file in any case. */
const longestWait = 1_000;

/**
 * Gathers lines for a file as bytes, so that a call does not pay for a write. What a line begins with is often what the
 * line before began with: those bytes are copied and not encoded again, for a batch would pay for it with every call.
 */
export class GatheredLines {
  readonly #file: LineFile;
  readonly #bytes = Buffer.allocUnsafe(gathered + spare);
  #length = 0;
  /** What a line has begun with that is in the bytes, and where. */
  #head = '';
  #from = 0;
  #to = 0;

  constructor(file: LineFile) {
    this.#file = file;
    setInterval(() => this.#pass(), longestWait).unref();
  }

  /** Takes a line. */
  write(line: string): void {
    if (line.length * widest > spare) {
      this.#pass();
      this.#file.write(line);
      return;
    }
    this.#length += this.#bytes.write(line, this.#length);
    if (this.#length > gathered) this.#pass();
  }

  /** Takes a line in two parts. @param end of ASCII, not longer than 100 characters */
  add(head: string, end: string): void {
    if ((head.length + end.length) * widest > spare) {
      this.write(head + end);
      return;
    }
    if (head === this.#head) {
      this.#bytes.copyWithin(this.#length, this.#from, this.#to);
      this.#length += this.#to - this.#from;
    } else {
      this.#head = head;
      this.#from = this.#length;
      this.#length += this.#bytes.write(head, this.#length);
      this.#to = this.#length;
    }
    for (let i = 0; i < end.length; i++) this.#bytes[this.#length++] = end.charCodeAt(i);
    if (this.#length > gathered) this.#pass();
  }

  flush(): void {
    this.#pass();
    this.#file.flush();
  }

  #pass(): void {
    const length = this.#length;
    this.#length = 0;
    this.#head = '';
    this.#from = this.#to = 0;
    if (length > 0) this.#file.write(this.#bytes.subarray(0, length));
  }
}
