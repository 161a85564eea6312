import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { callOver, dialects } from '../../processes/call-over.ts';
import { within } from '../../processes/patience.ts';
import { Project, type Serving } from '../../services/cli/project.ts';
import { straggler, strays, wait } from '../misbehaving.ts';
import { expectClean, expectNoted, expectWell } from '../wellbeing.ts';
import { serveMisbehaving } from './served.ts';

describe('functions that fail after their answer', function () {
  this.timeout(60_000);
  const project = new Project();
  let serving: Serving;
  before(async () => {
    serving = await serveMisbehaving(project, { deadline: 400 });
  });
  after(() => project.remove());

  for (const how of strays) {
    it(`${how}: are told of once, and end no other call`, async () => {
      const late = how === 'rejects after its deadline';
      const others = dialects.map((dialect) => callOver(serving.url, dialect, wait, { text: 'x', ms: 300 }));
      const said = serving.stderr().length;
      const endings = await Promise.all(dialects.map((dialect) => callOver(serving.url, dialect, straggler, { how })));
      for (const { code, text } of endings) {
        expect(code, text).equal(late ? 'timeout' : 'ok');
        expectClean(text);
      }
      await expectNoted(serving.stderr, endings);
      await sleep(late ? 700 : 60); // until it has failed
      for (const { code } of await Promise.all(others)) expect(code).equal('ok');
      await expectWell(serving.url);
      const told = () =>
        serving
          .stderr()
          .slice(said)
          .split('\n')
          .filter((line) => line.startsWith('polywire: '));
      const expected = late ? 0 : dialects.length;
      await within(1_000, 'it is told', async () => told().length >= expected);
      expect(told(), 'what stderr tells').length(expected);
      for (const line of told()) expect(line).match(/^polywire: what a function has left behind failed: /);
      expect(serving.process.exitCode ?? serving.process.signalCode).equal(null);
    });
  }

  it('do not keep a server from ending well', async () => {
    expect((await serving.stop()).status).equal(0);
  });
});
