import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { AnyFunction } from '../../index.ts';
import { openHouse } from '../access/house.ts';
import { compile } from '../package/compiler.ts';
import { repositoryFile } from './repository.ts';
import { blocksOf } from './shell.ts';

const run = promisify(execFile);
const blocks = blocksOf(readFileSync(repositoryFile('docs/client.md'), 'utf8'), 'ts');

describe('docs/client.md', function () {
  this.timeout(60_000);
  let folder = '';
  before(() => {
    mkdirSync(repositoryFile('.build'), { recursive: true });
    folder = mkdtempSync(repositoryFile('.build/client-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('has programs that compile, and print what they say', async () => {
    const [functions = '', ...program] = blocks;
    expect(functions).to.match(/^\/\/ functions\.ts\n/);
    expect(program[0]).to.match(/^\/\/ app\.ts\n/);
    const text = program.join('\n');
    const options = { module: 'nodenext', target: 'es2023', strict: true, types: ['node'], skipLibCheck: true };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['*.ts'] }));
    writeFileSync(join(folder, 'functions.ts'), functions);
    writeFileSync(join(folder, 'app.ts'), text);
    const { fine, said } = compile('-p', join(folder, 'tsconfig.json'));
    expect(fine, said).to.equal(true);
    const loaded: object = await import(pathToFileURL(join(folder, 'functions.js')).href);
    const house = await openHouse({
      kind: 'sqlite',
      more: Object.values(loaded) as readonly AnyFunction[],
      settings: { enabledwsfunctions: ['tables.*'] },
    });
    try {
      const app = join(folder, 'app.js');
      writeFileSync(app, readFileSync(app, 'utf8').replaceAll('http://127.0.0.1:8080', house.url));
      const { stdout } = await run(process.execPath, [app]);
      const promised = [...text.matchAll(/\bconsole\.log\(.*\/\/ → (.*)$/gm)].map(([, line]) => line);
      expect(promised.length)
        .to.equal(text.split('console.log(').length - 1)
        .and.above(9);
      expect(stdout.trimEnd().split('\n')).to.deep.equal(promised);
    } finally {
      await house.close();
    }
  });
});
