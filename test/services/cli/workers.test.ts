import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { Line, linesTo } from './line.ts';
import { Project, type Serving } from './project.ts';

const functions = `
import { define, t } from 'polywire';
const read = { description: 'Of a worker.', effect: 'read', returns: t.int() };
export const who = define('work.who', { ...read, handler: () => process.pid });
export const slow = define('work.slow', {
  ...read,
  params: { ms: t.int() },
  handler: async ({ ms }) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return process.pid;
  },
});
`;
/** Ends the process while it starts, as what runs out of memory would. */
const deadly = `${functions}\nprocess.send?.('a word of somebody else');\nprocess.kill(process.pid, 'SIGKILL');\nawait new Promise(() => {});\n`;

const settings = { enablewebservices: true, enabledwsprotocols: ['rest'], enabledwsfunctions: ['work.*'] };
const words = ['--settings', 'settings.json', '--load', 'work.mjs', '--log', 'off'];

function childrenOf(pid: number): readonly number[] | undefined {
  const file = `/proc/${pid}/task/${pid}/children`;
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ').map(Number) : undefined;
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(fits: () => boolean, what: string): Promise<void> {
  for (let tries = 0; !fits(); tries++) {
    if (tries > 300) throw new Error(`waited in vain until ${what}`);
    await sleep(20);
  }
}

const linesOf = (text: string) => text.trim().split('\n');

describe('services/cli/workers', function () {
  this.timeout(30_000);
  const project = new Project();

  before(function () {
    if (process.platform === 'win32') this.skip(); // no signals there
    project.write('work.mjs', functions);
    project.write('deadly.mjs', deadly);
    project.write('settings.json', JSON.stringify(settings));
  });
  after(() => project.remove());

  async function start(count: number): Promise<{ serving: Serving; primary: number; lines: Map<number, Line> }> {
    const serving = await project.serve('--workers', `${count}`, ...words);
    return { serving, primary: serving.process.pid ?? 0, lines: await linesTo(serving.url, count) };
  }

  /** Calls in flight on every line finish after `ask`, and then all have ended well. */
  async function drains(serving: Serving, lines: Map<number, Line>, ask: () => void): Promise<void> {
    const said = serving.stderr();
    const waiting = Promise.all([...lines.values()].map((line) => line.call('work.slow?ms=500')));
    await sleep(150);
    const ended = new Promise((resolve) => serving.process.once('exit', resolve));
    ask();
    expect(await waiting).to.deep.equal([...lines.keys()]);
    expect(await ended).to.equal(0);
    expect(serving.stderr()).to.equal(said);
    expect([...lines.keys()].filter(lives)).to.deep.equal([]);
    expect(await new Line(serving.url).call()).to.match(/ECONNREFUSED/);
  }

  describe('two of them', () => {
    let serving: Serving;
    let primary: number;
    let lines: Map<number, Line>;

    before(async () => {
      ({ serving, primary, lines } = await start(2));
    });

    it('serve on one port, and say so once', () => {
      expect(lines.has(primary)).to.equal(false);
      const children = childrenOf(primary);
      if (children !== undefined) expect([...children].sort()).to.deep.equal([...lines.keys()].sort());
      expect(serving.stdout().match(/Polywire \S+ at http/g)).to.have.length(1);
      expect(serving.stderr()).to.equal('');
    });

    it('leave the port to nobody else', async () => {
      const { port } = new URL(serving.url);
      const second = await project.invoke('serve', ...words, '--port', port, '--workers', '2');
      expect(second).to.deep.include({ status: 1, stdout: '' });
      expect(second.stderr).to.match(/^polywire: port \d+ of 127\.0\.0\.1 is in use[^\n]*\n$/);
    });

    it('lose no call when the other is killed, and get a new one beside them', async () => {
      const [[victim, its], [survivor, other]] = [...lines] as [[number, Line], [number, Line]];
      const third = (await linesTo(serving.url, [survivor])).get(survivor) as Line;
      let hammering = true;
      const answers: (number | string)[] = [];
      const hammer = async () => {
        while (hammering) answers.push(await other.call());
      };
      const done = hammer();
      const waiting = third.call('work.slow?ms=600');
      await sleep(200);
      const before = answers.length;
      process.kill(victim, 'SIGKILL');
      await until(() => /another takes its place/.test(serving.stderr()), 'the death is noticed');
      const fresh = await linesTo(serving.url, 2);
      await sleep(100);
      hammering = false;
      await done;
      expect(before).to.be.greaterThan(2);
      expect(answers.length).to.be.greaterThan(before + 2);
      expect(new Set(answers)).to.deep.equal(new Set([survivor]));
      expect(await waiting).to.equal(survivor);
      expect([...fresh.keys()])
        .to.include(survivor)
        .and.not.to.include(victim);
      expect(await its.call(), 'a new connection of the one who was cut off').to.be.a('number');
      expect(serving.stderr()).to.equal(`polywire: worker ${victim} has ended (SIGKILL); another takes its place\n`);
      lines = fresh;
    });

    it('lose no call either that the killed one was to take and had not', async () => {
      const [victim] = lines.keys();
      process.kill(victim as number, 'SIGSTOP'); // from now on it takes nothing, and the next connection is handed to it
      const fresh = [0, 1, 2, 3].map(() => new Line(serving.url));
      const waiting = fresh.map((line) => line.call());
      await Promise.any(waiting);
      await sleep(200);
      process.kill(victim as number, 'SIGKILL');
      for (const answer of await Promise.all(waiting)) expect(answer).to.be.a('number').and.not.equal(victim);
      for (const line of fresh) line.close();
      lines = await linesTo(serving.url, 2);
    });

    it('are replaced when asked to end, once they have finished', async () => {
      const [asked, its] = [...lines].at(-1) as [number, Line];
      const waiting = its.call('work.slow?ms=300');
      await sleep(100);
      process.kill(asked, 'SIGTERM');
      expect(await waiting).to.equal(asked);
      await until(() => /exit status 0\); another/.test(serving.stderr()), 'it has ended');
      lines = await linesTo(serving.url, 2);
      expect([...lines.keys()]).not.to.include(asked);
    });

    it('finish what they do on SIGTERM', () => drains(serving, lines, () => process.kill(primary, 'SIGTERM')));
  });

  it('share a database, and see a switch that is changed there within two seconds', async () => {
    const there = ['--database', 'sqlite:workers.db'];
    for (const line of ['site enable', 'protocol enable rest', 'function enable work.who --load work.mjs'])
      expect((await project.invoke(...line.split(' '), ...there)).status, line).to.equal(0);
    const serving = await project.serve('--workers', '2', ...there, '--load', 'work.mjs', '--log', 'off');
    const lines = [...(await linesTo(serving.url, 2)).values()];
    await project.invoke('protocol', 'disable', 'rest', ...there);
    await sleep(2_000);
    for (const line of lines) expect(await line.call()).to.match(/protocol-off/);
    expect(await serving.stop()).to.deep.include({ status: 0, stderr: '' });
  });

  it('print one link to the first administrator’s place, which is good at each of them', async () => {
    const started = await project.serve(
      '--workers',
      '2',
      '--load',
      'work.mjs',
      '--log',
      'off',
      '--database',
      'sqlite:first.db',
    );
    try {
      const links = [...started.stdout().matchAll(/\/console\/setup#(pwi_\S+)/g)].map(([, secret]) => secret);
      expect(links).to.have.length(1);
      const setUp = async (username: string) => {
        const body = JSON.stringify({
          function: 'console.setup',
          params: { secret: links[0], username, password: 'a-long-password' },
        });
        const headers = { 'Content-Type': 'application/json', Connection: 'close' };
        const answer = await fetch(`${started.url}/console/call`, { method: 'POST', body, headers });
        return JSON.parse(await answer.text()).status;
      };
      const all = await Promise.all(['a', 'b', 'c', 'd'].map(setUp));
      expect(all.filter((status) => status === 'ok')).to.have.length(1);
    } finally {
      await started.stop();
    }
  });

  it('keep their port when all are killed at once, and take a signal that goes to every process', async () => {
    const { serving, primary, lines } = await start(2);
    for (const pid of lines.keys()) process.kill(pid, 'SIGKILL');
    await until(() => linesOf(serving.stderr()).length === 2, 'the deaths are noticed');
    const fresh = await linesTo(serving.url, 2);
    expect([...fresh.keys()].filter((pid) => lines.has(pid))).to.deep.equal([]);
    await drains(serving, fresh, () => {
      for (const pid of [primary, ...fresh.keys()]) process.kill(pid, 'SIGTERM');
    });
  });

  it('take Ctrl-C, which every process of a terminal gets, for one', async () => {
    const { serving, primary, lines } = await start(1);
    await drains(serving, lines, () => {
      for (const pid of [...lines.keys(), primary]) process.kill(pid, 'SIGINT');
    });
  });

  it('do not outlive the primary', async () => {
    const { serving, lines } = await start(1);
    serving.process.kill('SIGKILL');
    await until(() => ![...lines.keys()].some(lives), 'the worker has ended');
  });

  it('say once what keeps the first from starting, as without workers', async () => {
    project.write('broken.mjs', 'export const = 1;');
    project.write('wrong.json', '{"enablewebservices": "perhaps"}');
    for (const bad of [
      ['--load', 'broken.mjs', '--settings', 'settings.json'],
      ['--load', 'work.mjs', '--settings', 'wrong.json'],
    ]) {
      const line = ['serve', '--port', '0', '--log', 'off', ...bad];
      const many = await project.run(...line, '--workers', '2');
      expect(many, bad.join(' ')).to.deep.equal(await project.invoke(...line));
      expect(many.status).to.be.oneOf([1, 2]);
      expect(linesOf(many.stderr)).to.have.length(1);
    }
  });

  it('are given up where they die as soon as they start', async () => {
    const all = ['serve', '--port', '0', '--workers', '2', '--settings', 'settings.json', '--load', 'deadly.mjs'];
    const started = performance.now();
    const { status, stdout, stderr } = await project.run(...all);
    expect([status, stdout]).to.deep.equal([1, '']);
    const lines = linesOf(stderr);
    expect(lines).to.have.length(5);
    for (const line of lines.slice(0, 4)) expect(line).to.match(/^polywire: worker \d+ has ended \(SIGKILL\); another/);
    expect(lines[4]).to.match(/^polywire: workers end as soon as they have started \(SIGKILL\): giving up$/);
    expect(performance.now() - started, 'with pauses').to.be.greaterThan(1_500);
  });

  it('are from 1 to 256, and none with --demo', async () => {
    for (const count of ['0', '257', '1.5', '-1', 'two', '', '1e1', '0x2'])
      expect(await project.invoke('serve', `--workers=${count}`), count).to.deep.equal({
        status: 2,
        stdout: '',
        stderr: `polywire: --workers takes a number from 1 to 256, not '${count}'\n`,
      });
    const demo = await project.invoke('serve', '--demo', '--workers', '2');
    expect(demo).to.deep.include({ status: 2, stdout: '' });
    expect(demo.stderr).to.match(/^polywire: --demo [^\n]*--workers[^\n]*\n$/);
  });
});
