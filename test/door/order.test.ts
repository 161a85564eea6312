import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { callOf, dialects } from './dialects.ts';
import { closeHouses, house } from './house.ts';
import { type Answer, Line, requestBytes } from './wire.ts';

const waiting = (ms: number): Buffer =>
  requestBytes({ method: 'GET', path: `/rest/test.wait?ms=${ms}`, headers: [['Host', 'localhost']] });
const looking = (text: string): Buffer =>
  requestBytes({ method: 'GET', path: `/rest/test.look?text=${text}`, headers: [['Host', 'localhost']] });

describe('the requests of one connection', () => {
  afterEach(closeHouses);

  for (const dialect of dialects) {
    it(`are answered before what is no request behind them is refused: ${dialect.name}`, async () => {
      const { port, calls } = await house();
      const line = new Line(port);
      line.write(Buffer.concat([requestBytes(callOf(dialect)), Buffer.from('evil\r\n\r\n')]));
      const answers = await line.answers();
      expect(calls).eql(['hello']);
      expect(dialect.result(answers[0] as Answer)).equal('hello');
      expect(answers.map(({ status }) => status)).eql([200, 400]);
    });

    it(`are refused in versions and codings that two readers could take for two things: ${dialect.name}`, async () => {
      const { port, calls } = await house();
      const text = requestBytes(callOf(dialect)).toString('latin1');
      const coded = (coding: string) =>
        text
          .replace(/Content-Length: [0-9]+/, `Transfer-Encoding: ${coding}`)
          .replace(/\r\n\r\n.*/s, '\r\n\r\n0\r\n\r\n');
      for (const bytes of [
        text.replace(' HTTP/1.1', ''),
        text.replace('HTTP/1.1', 'HTTP/2.0'),
        coded('gzip, chunked'),
        coded('"chunked"'),
      ]) {
        const line = new Line(port);
        line.write(bytes);
        const [answer] = await line.answers(false, 1_500);
        expect(answer?.status, bytes).equal(400);
        expect(dialect.fault(answer as Answer).code).equal('malformed');
      }
      expect(calls).eql([]);
    });
  }

  it('are carried out one after the other', async () => {
    const { port, calls } = await house();
    const line = new Line(port);
    line.write(Buffer.concat([waiting(200), looking('second'), looking('third')]));
    await sleep(100);
    expect(calls).eql([]);
    await line.until('third');
    expect(calls).eql(['second', 'third']);
    line.socket.destroy();
  });

  it('are not carried out once their caller has gone', async () => {
    const { port, calls } = await house();
    const line = new Line(port);
    line.write(Buffer.concat([waiting(200), looking('second')]));
    await sleep(50);
    line.socket.resetAndDestroy();
    await sleep(300);
    expect(calls).eql(['aborted']);
  });
});
