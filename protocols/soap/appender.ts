/** The code of statements that append to the variable `s`; pieces that follow each other become one concatenation. */
export class Appender {
  #done = '';
  #pieces: string[] = [];
  #text = '';

  /** Appends what is the same every time. */
  text(constant: string): this {
    this.#text += constant;
    return this;
  }

  /** Appends the value of an expression. */
  value(expression: string): this {
    this.#flushText();
    this.#pieces.push(expression);
    return this;
  }

  /** Adds a statement of another kind. */
  statement(code: string): this {
    this.#flush();
    this.#done += `${code}\n`;
    return this;
  }

  /** The statements added so far. */
  get code(): string {
    this.#flush();
    return this.#done;
  }

  #flushText(): void {
    if (this.#text === '') return;
    this.#pieces.push(JSON.stringify(this.#text));
    this.#text = '';
  }

  #flush(): void {
    this.#flushText();
    if (this.#pieces.length > 0) this.#done += `s += ${this.#pieces.join(' + ')};\n`;
    this.#pieces = [];
  }
}
