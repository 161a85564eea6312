import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { callOf, type Dialect, dialects } from './dialects.ts';
import { closeHouses, type House, house } from './house.ts';
import { type Answer, ask, Line, requestBytes } from './wire.ts';

const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const chunked = (dialect: Dialect) =>
  requestBytes({
    ...callOf(dialect, {
      headers: [
        ['Transfer-Encoding', 'chunked'],
        ['Connection', 'close'],
      ],
    }),
    body: '',
    length: false,
  });

for (const dialect of dialects) {
  describe(`HTTP below ${dialect.name}`, () => {
    let at: House;
    let faults: unknown[];
    const notice = (reason: unknown) => faults.push(reason);
    before(async () => {
      at = await house({ limits: { body: 2_000 } });
      process.on('unhandledRejection', notice);
    });
    beforeEach(() => {
      at.calls.length = 0;
      faults = [];
    });
    afterEach(async () => {
      expect(faults).eql([]);
      expect(dialect.result(await ask(at.port, callOf(dialect, { text: 'probe' })))).equal('probe');
    });
    after(async () => {
      process.off('unhandledRejection', notice);
      await closeHouses();
    });

    function expectFault(answer: Answer | undefined, status: number, code: string): void {
      expect(answer?.status, answer?.body).equal(status);
      expect(dialect.fault(answer as Answer).code).equal(code);
      expect(at.calls).eql([]);
    }

    it('refuses a body that is announced too large before it comes', async () => {
      const line = new Line(at.port);
      line.write(requestBytes({ ...callOf(dialect), body: '', length: 2_001 }));
      const [answer] = await line.answers();
      expectFault(answer, 413, 'too-large');
      expect(answer?.headers['connection']).equal('close');
    });

    it('refuses a stream as soon as it is too large', async () => {
      const line = new Line(at.port);
      line.write(chunked(dialect));
      for (let i = 0; i < 3; i++) line.write(chunk('x'.repeat(1_000)));
      const [answer] = await line.answers();
      expectFault(answer, 413, 'too-large');
    });

    it('takes a body of just the limit', async () => {
      const body = dialect.body('');
      const text = 'y'.repeat(2_000 - Buffer.byteLength(body));
      const answer = await ask(at.port, callOf(dialect, { text }));
      expect(dialect.result(answer)).equal(text.slice(0, 100));
      const more = await ask(at.port, callOf(dialect, { text: `${text}y` }));
      expect(more.status).equal(413);
    });

    it('takes a stream in pieces', async () => {
      const line = new Line(at.port);
      line.write(chunked(dialect));
      for (const piece of dialect.body('hello').match(/.{1,30}/gs) ?? []) line.write(chunk(piece));
      line.write('0\r\n\r\n');
      const [answer] = await line.answers();
      expect(dialect.result(answer as Answer)).equal('hello');
    });

    it('refuses compressed requests', async () => {
      for (const coding of ['gzip', 'deflate', 'br', 'x', 'gzip, identity']) {
        expectFault(
          await ask(at.port, callOf(dialect, { headers: [['Content-Encoding', coding]] })),
          415,
          'unsupported-media-type',
        );
      }
      const plain = await ask(at.port, callOf(dialect, { headers: [['Content-Encoding', 'Identity']] }));
      expect(dialect.result(plain)).equal('hello');
    });

    it('answers 405 with Allow to other methods', async () => {
      for (const method of ['PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND']) {
        const answer = await ask(at.port, callOf(dialect, { method }));
        expectFault(answer, 405, 'method-not-allowed');
        expect(answer.headers['allow']).contain('POST');
      }
    });

    it('takes no other method from a header or a parameter', async () => {
      const answer = await ask(
        at.port,
        callOf(dialect, {
          method: 'GET',
          path: `${dialect.path}?_method=POST&text=x`,
          headers: [['X-HTTP-Method-Override', 'POST']],
        }),
      );
      expectFault(answer, 405, 'method-not-allowed');
    });

    it('gives HEAD no body, and runs nothing', async () => {
      const answer = await ask(at.port, callOf(dialect, { method: 'HEAD' }));
      expect(answer.status).equal(405);
      expect(answer.body).equal('');
      expect(Number(answer.headers['content-length'])).above(0);
      expect(at.calls).eql([]);
    });

    it('refuses 101 headers, not 100', async () => {
      const own = (callOf(dialect).headers?.length ?? 0) + 2;
      const many = (count: number) => Array.from({ length: count - own }, (_, i) => [`X-${i}`, 'y'] as const);
      expect(dialect.result(await ask(at.port, callOf(dialect, { headers: many(100) })))).equal('hello');
      at.calls.length = 0;
      expectFault(await ask(at.port, callOf(dialect, { headers: many(101) })), 431, 'too-large');
      expectFault(await ask(at.port, callOf(dialect, { headers: many(1_200) })), 431, 'too-large');
    });

    it('refuses a header block of more than 16 KiB', async () => {
      const answer = await ask(at.port, callOf(dialect, { headers: [['X-Long', 'y'.repeat(16_384)]] }));
      expect(answer.status).equal(431);
      expect(at.calls).eql([]);
    });

    it('answers pipelined requests in their order', async () => {
      const line = new Line(at.port);
      const bytes = ['one', 'two', 'three'].map((text) => requestBytes(callOf(dialect, { text })));
      line.write(
        Buffer.concat([...bytes, requestBytes(callOf(dialect, { text: 'four', headers: [['Connection', 'close']] }))]),
      );
      const answers = await line.answers();
      expect(answers.map((answer) => dialect.result(answer))).eql(['one', 'two', 'three', 'four']);
    });

    it('keeps a connection after a fault of the message', async () => {
      const line = new Line(at.port);
      line.write(requestBytes(callOf(dialect, { body: 'broken' })));
      line.write(requestBytes(callOf(dialect, { headers: [['Connection', 'close']] })));
      const [first, second] = await line.answers();
      expect(dialect.fault(first as Answer).code).equal('malformed');
      expect(dialect.result(second as Answer)).equal('hello');
    });

    it('runs nothing when the body is broken off', async () => {
      for (const length of [false, 1_000] as const) {
        const line = new Line(at.port);
        const bytes = length === false ? chunked(dialect) : requestBytes({ ...callOf(dialect), body: '', length });
        line.write(
          Buffer.concat([bytes, Buffer.from(length === false ? chunk(dialect.body('no')) : dialect.body('no'))]),
        );
        await sleep(30);
        line.socket.resetAndDestroy();
        await sleep(30);
        expect(at.calls).eql([]);
      }
    });

    it('runs nothing when the other side only half closes before the end', async () => {
      const line = new Line(at.port);
      line.write(requestBytes({ ...callOf(dialect), body: dialect.body('no'), length: 1_000 }));
      line.socket.end();
      await line.answers(false, 1_000);
      expect(at.calls).eql([]);
    });

    it('continues whom it takes, once', async () => {
      const line = new Line(at.port);
      line.write(
        requestBytes({
          ...callOf(dialect, {
            headers: [
              ['Expect', '100-continue'],
              ['Connection', 'close'],
            ],
          }),
          body: '',
          length: Buffer.byteLength(dialect.body('hello')),
        }),
      );
      await line.until('100 Continue');
      line.write(dialect.body('hello'));
      const answers = await line.answers();
      expect(answers.map(({ status }) => status)).eql([100, 200]);
      expect(dialect.result(answers[1] as Answer)).equal('hello');
    });

    it('never continues HTTP/1.0 (RFC 9110 §10.1.1)', async () => {
      const answer = callOf(dialect, { version: '1.0', headers: [['Expect', '100-continue']] });
      const line = new Line(at.port);
      line.write(requestBytes(answer));
      expect((await line.answers()).map(({ status }) => status)).eql([200]);
    });

    it('leaves no unread body between two requests of one connection', async () => {
      const line = new Line(at.port);
      line.write(
        requestBytes({
          ...callOf(dialect, { method: 'PUT', headers: [['Expect', '100-continue']] }),
          body: '',
          length: 40,
        }),
      );
      await line.until(' 405 ');
      line.write(requestBytes(callOf(dialect, { headers: [['Connection', 'close']] })));
      const answers = await line.answers(false, 1_500);
      const closed = answers[0]?.headers['connection'] === 'close';
      expect(closed || answers.length === 2, JSON.stringify(answers)).equal(true);
    });

    it('answers HTTP/1.0 with a length and closes', async () => {
      const line = new Line(at.port);
      line.write(requestBytes(callOf(dialect, { version: '1.0' })));
      const [answer] = await line.answers();
      expect(dialect.result(answer as Answer)).equal('hello');
      expect(answer?.headers).include.keys('content-length').and.not.include.keys('transfer-encoding');
    });
  });
}
