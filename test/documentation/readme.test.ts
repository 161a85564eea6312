import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { repositoryFile } from './repository.ts';
import { stepsOf } from './shell.ts';
import { canWalk, Walk } from './walk.ts';

const run = promisify(execFile);
const readme = readFileSync(repositoryFile('README.md'), 'utf8');

/** The fenced block of a language below a heading. */
function block(heading: string, language: string): string {
  const section = readme.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  const found = new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'm').exec(section);
  if (!found) throw new Error(`README has no ${language} block under ${heading}`);
  return found[1] ?? '';
}

describe('README', () => {
  let folder = '';
  let child: ChildProcess | undefined;

  before(() => {
    mkdirSync(repositoryFile('.build'), { recursive: true });
    folder = mkdtempSync(repositoryFile('.build/readme-'));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(() => {
    child?.kill('SIGTERM');
    child = undefined;
  });

  /** Starts the command line and waits for the address that it prints. */
  async function serve(...args: string[]): Promise<string> {
    const main = repositoryFile('dist/services/cli/main.js');
    const server = spawn(process.execPath, [main, 'serve', '--port', '0', '--log', 'off', ...args], { cwd: folder });
    child = server;
    return new Promise((resolve, reject) => {
      let text = '';
      const read = (chunk: Buffer) => {
        text += String(chunk);
        const url = /http:\/\/127\.0\.0\.1:[0-9]+/.exec(text);
        if (url) resolve(url[0]);
      };
      server.stdout.on('data', read);
      server.stderr.on('data', read);
      server.once('exit', () => reject(new Error(`serve ended: ${text}`)));
    });
  }

  it('has a first function that works as printed, once it is switched on', async () => {
    writeFileSync(join(folder, 'functions.mjs'), block('A first function', 'js'));
    const cli = (...args: string[]) =>
      run(process.execPath, [repositoryFile('dist/services/cli/main.js'), ...args], { cwd: folder });
    const url = await serve('--load', './functions.mjs');
    const call = () =>
      fetch(`${url}/rest/tables.book`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{"name":"Ana","at":"2026-12-24T19:00:00Z"}',
      });
    expect((await call()).status).to.equal(403);
    for (const line of block('A first function', 'sh')
      .split('\n')
      .filter((text) => text.includes('enable'))) {
      await cli(...line.replace('npx --no polywire ', '').replaceAll("'", '').split(' '));
    }
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const answer = (await (await call()).json()) as { readonly result: unknown };
    expect(answer.result).to.deep.equal({
      id: '9007199254740993',
      name: 'Ana',
      at: '2026-12-24T19:00:00.000Z',
      guests: 2,
    });
  });

  it('has a line for each protocol that works as printed', async function () {
    if (process.platform === 'win32') this.skip(); // the lines are for a POSIX shell
    const url = await serve('--demo');
    const lines = block('One call in each protocol', 'sh')
      .split('\n')
      .filter((line) => line.startsWith('curl'));
    expect(lines).to.have.length(10);
    for (const line of lines) {
      const { stdout } = await run('sh', ['-c', line.replaceAll('http://127.0.0.1:8080', url)]);
      expect(stdout, line).to.match(/wsdl|openapi|openrpc|catalog/.test(line) ? /test[._]greet/ : /(?:Hello|Hi), Ana!/);
    }
  });

  it('shows the error object as it is', async () => {
    const url = await serve('--demo');
    const shown = JSON.parse(block('One call in each protocol', 'json'));
    const answer = (await (await fetch(`${url}/rest/test.greet`)).json()) as { error: { requestId: string } };
    expect({ ...answer, error: { ...answer.error, requestId: shown.error.requestId } }).to.deep.equal(shown);
  });

  it('has a program that runs', async () => {
    writeFileSync(join(folder, 'program.mjs'), block('In a program', 'js'));
    const { stdout } = await run(process.execPath, ['program.mjs'], { cwd: folder });
    expect(stdout).to.equal('in process\n');
  });

  it('says who may call in lines that work as printed, with the id that is printed', async function () {
    if (!(await canWalk())) return this.skip();
    const walk = new Walk();
    walk.project.write('functions.mjs', block('A first function', 'js'));
    await walk.begin();
    try {
      let id = 'ID';
      const lines = `\`\`\`sh\n${block('Who may call', 'sh')}\`\`\``.replaceAll('2027-03-01', '2099-03-01');
      for (const { command, printed } of stepsOf(lines)) {
        const text = await walk.step({ command: command.replace(/\bID\b/, id), printed });
        if (command.includes('key create')) id = /^Id: *(\S+)$/m.exec(text)?.[1] ?? '';
      }
      expect(id).to.match(/^[a-z0-9]{20}$/);
    } finally {
      await walk.end();
    }
  });

  it('says whose clients a change breaks in lines that work as printed', async function () {
    if (!(await canWalk())) return this.skip();
    const walk = new Walk();
    walk.project.write('functions.mjs', block('A first function', 'js'));
    await walk.begin();
    try {
      for (const step of stepsOf(`\`\`\`sh\n${block('Before a change', 'sh')}\`\`\``)) await walk.step(step);
    } finally {
      await walk.end();
    }
  });

  it('has every variable of the environment that the command line reads', () => {
    const folder = repositoryFile('services/cli');
    const sources = readdirSync(folder).filter((name) => name.endsWith('.ts'));
    const read = sources.flatMap((name) =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(/process\.env\['(\w+)'\]/g)].map(
        ([, variable]) => variable,
      ),
    );
    const told = [...readme.matchAll(/^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|/gm)].flatMap(([, cell = '']) =>
      cell.replaceAll('`', '').split(', '),
    );
    expect([...new Set(told)].sort()).to.deep.equal([...new Set(read)].sort());
  });
});
