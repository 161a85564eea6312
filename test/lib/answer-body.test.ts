import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect } from 'chai';
import { answerBody, bytesOf, sendBody } from '../../lib/answer-body.ts';
import { chunkLength, longAnswer } from '../../lib/chunks.ts';

/** A connection that takes one write at a time. */
class SlowResponse extends EventEmitter {
  readonly written: Buffer[] = [];
  ended = false;

  write(bytes: Buffer): boolean {
    this.written.push(bytes);
    return false;
  }

  end(body?: string | Buffer, encoding?: BufferEncoding): void {
    if (typeof body === 'string') this.written.push(Buffer.from(body, encoding));
    else if (body !== undefined) this.written.push(body);
    this.ended = true;
  }
}

const piece = 'é'.repeat(chunkLength);
const long = Array.from({ length: 1 + longAnswer / chunkLength }, (_, i) => `${i}${piece}`);

describe('lib/answer-body', () => {
  it('sends a long text piece by piece, the next when those before have left', () => {
    const response = new SlowResponse();
    const body = answerBody(long);
    sendBody(response as unknown as ServerResponse, body, bytesOf(body));
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
      sendBody(response as unknown as ServerResponse, body, bytesOf(body));
      const all = Array.isArray(text) ? text.join('') : String(text);
      expect(response.written).to.have.lengthOf(1);
      expect(response.written[0]?.toString()).to.equal(all);
      expect(bytesOf(body)).to.equal(Buffer.byteLength(all));
      expect(response.ended).to.equal(true);
    }
  });

  it('sends nothing where there is nothing', () => {
    const response = new SlowResponse();
    sendBody(response as unknown as ServerResponse, undefined, 5);
    expect(response.written).to.deep.equal([]);
    expect(response.ended).to.equal(true);
  });
});
