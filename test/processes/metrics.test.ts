import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { type Line, linesTo } from '../services/cli/line.ts';
import { Project, type Serving } from '../services/cli/project.ts';

const functions = `
import { define, t } from 'polywire';
export const who = define('work.who', { description: 'Of a worker.', effect: 'read', returns: t.int(), handler: () => process.pid });
`;
const settings = { enablewebservices: true, enabledwsprotocols: ['rest'], enabledwsfunctions: ['work.*'] };
const words = ['--settings', 'settings.json', '--load', 'work.mjs', '--log', 'off'];

async function until(fits: () => boolean, what: string): Promise<void> {
  for (let tries = 0; !fits(); tries++) {
    if (tries > 300) throw new Error(`waited in vain until ${what}`);
    await sleep(20);
  }
}

/** Calls of `work.who` that went well, as a text of metrics has them. */
function count(text: string): number {
  return Number(/^polywire_calls_total\{protocol="rest",function="work.who",code="ok"\} (\d+)$/m.exec(text)?.[1]);
}

describe('the metrics of workers', function () {
  this.timeout(30_000);
  const project = new Project();

  before(function () {
    if (process.platform === 'win32') this.skip(); // no signals there
    project.write('work.mjs', functions);
    project.write('settings.json', JSON.stringify(settings));
  });
  after(() => project.remove());

  async function start(): Promise<{ serving: Serving; lines: Map<number, Line> }> {
    const serving = await project.serve('--workers', '2', ...words);
    return { serving, lines: await linesTo(serving.url, 2) };
  }

  it('are the sum of all, which stays when one of them dies', async () => {
    const { serving, lines } = await start();
    const scrape = async (): Promise<string> => {
      const answer = await fetch(`${serving.url}/metrics`);
      expect(answer.status).to.equal(200);
      return answer.text();
    };
    let text = await scrape();
    let expected = count(text); // linesTo has called some times
    expect(expected).to.be.at.least(2);
    for (const [times, line] of [...lines.values()].entries()) {
      for (let i = 0; i < 3 + times; i++) await line.call();
    }
    expected += 7;
    for (let tries = 0; tries < 6; tries++) {
      text = await scrape(); // new connections: any worker may answer
      expect(count(text)).to.equal(expected);
    }
    expect(text).to.match(/^polywire_call_duration_seconds_count\{protocol="rest",function="work.who"\} (\d+)$/m);
    expect(text.match(/^polywire_build_info\{.*\} 1$/gm)).to.have.length(1);
    const [victim, survivor] = [...lines.keys()] as [number, number];
    process.kill(victim, 'SIGKILL');
    await until(() => /another takes its place/.test(serving.stderr()), 'the death is noticed');
    const answering = (await linesTo(serving.url, [survivor])).get(survivor);
    expect(answering).not.to.equal(undefined);
    expect(count(await scrape()), 'what the dead have counted').to.be.at.least(expected);
    await serving.stop();
  });

  it('come within a moment when one of them stands still, with what it has told before', async () => {
    const { serving, lines } = await start();
    const [[still], [, other]] = [...lines] as [[number, Line], [number, Line]];
    const before = count(await other.text('/metrics'));
    process.kill(still, 'SIGSTOP');
    try {
      const text = await other.text('/metrics');
      expect(count(text)).to.equal(before);
    } finally {
      process.kill(still, 'SIGCONT');
    }
    await serving.stop();
  });
});
