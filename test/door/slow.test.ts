import { expect } from 'chai';
import { callOf, dialects } from './dialects.ts';
import { closeHouses, house } from './house.ts';
import { ask, Line, requestBytes } from './wire.ts';

describe('slow callers', () => {
  afterEach(closeHouses);

  it('are closed by the timeouts, whatever they leave unfinished, and nothing runs', async () => {
    const { port, calls } = await house({ limits: { headersTimeout: 300, requestTimeout: 300 } });
    const started = performance.now();
    const lines = dialects.flatMap((dialect) => {
      const whole = requestBytes(callOf(dialect));
      return [1, 30, whole.length - 1].map((length) => {
        const line = new Line(port);
        line.write(whole.subarray(0, length));
        return line;
      });
    });
    const answers = await Promise.all(lines.map((line) => line.answers(false, 9_000)));
    expect(performance.now() - started, 'the connections were left open').below(8_500);
    for (const [answer] of answers) expect(answer?.status).oneOf([408, undefined]);
    expect(calls).eql([]);
    for (const dialect of dialects) expect(dialect.result(await ask(port, callOf(dialect)))).equal('hello');
  });
});
