import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { repositoryFile } from '../documentation/repository.ts';
import { blocksOf } from '../documentation/shell.ts';
import { sectionsOf, Walk } from '../documentation/walk.ts';
import { generatedFolder } from './generators.ts';

const section = sectionsOf(readFileSync(repositoryFile('docs/protocols.md'), 'utf8')).find(
  ({ heading }) => heading === 'Documents and generated clients',
);
const packages = JSON.parse(readFileSync(repositoryFile('test/documents/generated/package.json'), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

describe('docs/protocols.md on documents', () => {
  const walk = new Walk();

  /** Puts what was installed where the line that installs would put it. */
  function link(...names: readonly string[]): void {
    for (const name of names) {
      symlinkSync(join(generatedFolder(), 'node_modules', name), join(walk.project.folder, 'node_modules', name));
    }
  }

  before(async () => {
    await walk.begin();
    link('openapi-fetch', '.bin/openapi-typescript', '.bin/tsc');
    const [program = ''] = blocksOf(section?.text ?? '', 'ts');
    walk.project.write('client.mts', program.replaceAll('http://127.0.0.1:8080', walk.url));
  });
  after(() => walk.end());

  it('has what it tells to install among what was installed', () => {
    const line = section?.steps.find(({ command }) => command.startsWith('npm install '))?.command ?? '';
    const told = line.split(' ').slice(2);
    expect(told).to.have.length(3);
    for (const one of told) {
      const [name = '', version = ''] = one.split('@');
      expect(`${packages.dependencies[name]}.`, one).to.match(new RegExp(`^${version}\\.`));
    }
  });

  for (const step of section?.steps.filter(({ command }) => !command.startsWith('npm install ')) ?? []) {
    it(step.command, () => walk.step(step));
  }

  it('has a program that prints what it says', async () => {
    expect((await walk.run('node client.mjs')).text).to.equal('Hello, Ana!\n3\n');
  });

  it('has all its lines carried out but the one that installs', () => {
    expect(section?.steps).to.have.length(9);
  });
});
