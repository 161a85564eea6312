import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect } from 'chai';
import { answerBody, bytesOf, sendBody } from '../../lib/answer-body.ts';
import { chunkLength, longAnswer } from '../../lib/chunks.ts';
import { lendBytes } from '../../lib/lent-bytes.ts';

/** A connection that takes one write at a time. */
class SlowResponse extends EventEmitter {
  readonly written: Buffer[] = [];
  /** The memory that each write looks at, and who wants to be told when it has left. */
  readonly memory: ArrayBufferLike[] = [];
  readonly told: (() => void)[] = [];
  ended = false;

  write(bytes: Buffer, left?: () => void): boolean {
    this.written.push(Buffer.from(bytes));
    this.memory.push(bytes.buffer);
    if (left !== undefined) this.told.push(left);
    return false;
  }

  end(body?: string | Buffer, more?: BufferEncoding | (() => void)): void {
    if (typeof body === 'string') this.written.push(Buffer.from(body, more as BufferEncoding));
    else if (body !== undefined) {
      this.written.push(Buffer.from(body));
      this.memory.push(body.buffer);
    }
    if (typeof more === 'function') this.told.push(more);
    this.ended = true;
  }
}

const piece = 'é'.repeat(chunkLength);
const long = Array.from({ length: 1 + longAnswer / chunkLength }, (_, i) => `${i}${piece}`);

describe('lib/answer-body', () => {
  it('sends a long text piece by piece, the next when those before have left', () => {
    const response = new SlowResponse();
    const body = answerBody(long);
    sendBody(response as unknown as ServerResponse, body, { bytes: bytesOf(body), own: true });
    for (let writes = 1; !response.ended; writes++) {
      expect(response.written).to.have.lengthOf(writes);
      response.emit('drain');
    }
    const all = Buffer.concat(response.written);
    expect(all.toString()).to.equal(long.join(''));
    expect(bytesOf(body)).to.equal(all.length);
    expect(response.written.length).to.be.greaterThan(10);
    expect(response.listenerCount('drain')).to.equal(0);
  });

  it('sends others at once', () => {
    for (const text of ['', 'short', 'ÿ', 'x€', piece, piece.repeat(2), long.slice(3), Buffer.from('bytes')]) {
      const response = new SlowResponse();
      const body = answerBody(text);
      sendBody(response as unknown as ServerResponse, body, { bytes: bytesOf(body), own: true });
      const all = Array.isArray(text) ? text.join('') : String(text);
      expect(response.written).to.have.lengthOf(1);
      expect(response.written[0]?.toString()).to.equal(all);
      expect(bytesOf(body)).to.equal(Buffer.byteLength(all));
      expect(response.ended).to.equal(true);
    }
  });

  for (const [what, text] of [
    ['a text', piece.repeat(2)],
    ['a text in pieces', long],
  ] as const) {
    const sent = (own: boolean) => {
      const response = new SlowResponse();
      const body = answerBody(text);
      sendBody(response as unknown as ServerResponse, body, { bytes: bytesOf(body), own });
      return response;
    };
    const memoryOf = (length: number) => lendBytes(length, () => 0).buffer;

    it(`lends the bytes of ${what} to another answer once they have left, and not before`, () => {
      const { memory, told, written } = sent(true);
      const { length } = written[0] as Buffer;
      for (let i = 0; i < 200; i++) expect(memoryOf(length)).to.not.equal(memory[0]);
      expect(told).to.have.lengthOf(1);
      told[0]?.();
      expect(memoryOf(length)).to.equal(memory[0]);
    });

    it(`never does so where ${what} goes through somebody else's hands`, () => {
      expect(sent(false).told).to.deep.equal([]);
    });
  }

  it('sends nothing where there is nothing', () => {
    const response = new SlowResponse();
    sendBody(response as unknown as ServerResponse, undefined, { bytes: 5, own: true });
    expect(response.written).to.deep.equal([]);
    expect(response.ended).to.equal(true);
  });
});
