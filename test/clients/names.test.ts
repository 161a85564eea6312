import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type AnyFunction, createServer } from '../../index.ts';
import { repositoryFile } from '../documentation/repository.ts';
import { manyFunctions } from '../wsdl/many.ts';
import { run } from './command.ts';
import { awkwardFunctions, called } from './names/catalog.ts';
import type { Generator, Style, Task } from './names/generator.ts';
import { generators } from './names/generators.ts';

/** `POLYWIRE_TEST_CLIENT` names the generators to try, by a regular expression. */
const wanted = new RegExp(process.env['POLYWIRE_TEST_CLIENT'] ?? '', 'i');
const tried = generators.filter(({ name }) => wanted.test(name));

/** Starts a server before a suite, its warnings gathered. */
function serve(functions: () => readonly AnyFunction[]): { readonly url: () => string; readonly log: () => string } {
  let url = '';
  let log = '';
  let close: () => Promise<void> = async () => {};
  before(async () => {
    const server = await createServer({
      functions: functions(),
      log: {
        write: (line: string) => {
          log += line;
        },
      },
      settings: { enablewebservices: true, enabledwsprotocols: ['soap'], enabledwsfunctions: ['*'] },
    });
    ({ url } = await server.listen({ port: 0 }));
    close = () => server.close(1_000);
  });
  after(() => close());
  return { url: () => url, log: () => log };
}

function taskOf(generator: Generator, style: Style, url: string, kind: string): Task {
  const build = (folder: string) => repositoryFile(`.build/clients/${folder}`);
  const folder = join(build('names'), `${kind}-${generator.name.replace(/\W+/g, '-')}-${style.replace(/\W/g, '')}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return {
    wsdl: `${url}/soap?${style}`,
    style,
    endpoint: `${url}/soap`,
    folder,
    programs: repositoryFile('test/clients/names/programs'),
    builds: (name) => ({ build: build(name), source: repositoryFile(`test/clients/${name}`) }),
  };
}

/** Lines that warn or complain and that a document could have avoided. */
function complaints(said: string, { unavoidable }: Generator, style: Style): readonly string[] {
  const expected = unavoidable?.[style];
  const lines = said.split(/\r?\n/).filter((line) => /warn|error/i.test(line) && !/\b0 (?:warning|error)/i.test(line));
  return lines.filter((line) => expected === undefined || !expected.test(line));
}

async function calls(generator: Generator, task: Task): Promise<void> {
  const { status, stdout, stderr } = await run(generator.call(task), { cwd: task.folder, seconds: 120 });
  expect(`${status} ${stdout.trim()}`, stderr.slice(-2_000)).equal('0 a 7 true b');
  // those that make no stubs read the document while they run
  if (generator.make === undefined) expect(complaints(stderr, generator, task.style)).deep.equal([]);
}

describe('awkward names', () => {
  const { url, log } = serve(awkwardFunctions);

  it('are taken without a warning', () => {
    const lines = log()
      .split('\n')
      .filter((line) => line !== '');
    const events = lines.map((line) => JSON.parse(line) as { readonly level: number; readonly msg: string });
    // pino: 40 is a warning
    expect(events.filter(({ level }) => level >= 40).map(({ msg }) => msg)).deep.equal([]);
  });

  for (const generator of tried) {
    for (const style of generator.styles) {
      it(`${generator.name} makes stubs of ?${style} without a warning, and they call`, async () => {
        const task = taskOf(generator, style, url(), 'awkward');
        const said = (await generator.make?.(task, true)) ?? '';
        expect(complaints(said, generator, style)).deep.equal([]);
        await calls(generator, task);
      });
    }
  }
});

describe('five hundred functions', () => {
  const { url } = serve(() => [called, ...manyFunctions(499)]);

  for (const generator of tried) {
    it(`${generator.name} loads them, and calls one`, async () => {
      const task = taskOf(generator, 'wsdl', url(), 'many');
      const said = (await generator.make?.(task, true)) ?? '';
      expect(complaints(said, generator, 'wsdl')).deep.equal([]);
      await calls(generator, task);
    });
  }
});
