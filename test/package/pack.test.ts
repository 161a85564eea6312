import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { root } from '../lib/repository.ts';
import { compile } from './compiler.ts';

const program = (load: string) => `${load}
const echo = define('test.echo', { description: 'Echoes.', effect: 'read', params: { text: t.string() }, returns: t.string(), handler: ({ text }) => text });
createServer({ functions: [echo], log: false })
  .then(async (server) => { console.log(await server.call('test.echo', { text: 'hello' })); await server.close(); });
`;
const imported = `import { createServer, define, t } from 'polywire';`;
const typed = `${program(imported)}
export const wrong: number = 5;
// @ts-expect-error: the types are there
define('test.wrong', { description: 'x', effect: 'read', returns: t.int(), handler: () => 'x' });
`;

describe('the package', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'polywire-pack-'));
  const modules = join(folder, 'node_modules');
  const installed = join(modules, 'polywire');
  let files: readonly string[] = [];

  before(function () {
    if (!existsSync(join(root, 'dist', 'index.js'))) this.skip();
    const npm = process.env['npm_execpath'];
    const options = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
    const said =
      npm === undefined
        ? execFileSync('npm', options, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' })
        : execFileSync(process.execPath, [npm, ...options], { cwd: root, encoding: 'utf8' });
    const [packed] = JSON.parse(said) as [{ filename: string; files: { path: string }[] }];
    files = packed.files.map(({ path }) => path);
    mkdirSync(installed, { recursive: true });
    execFileSync('tar', ['-xzf', packed.filename, '-C', installed, '--strip-components=1'], { cwd: folder });
    for (const name of readdirSync(join(root, 'node_modules')).filter(
      (entry) => entry !== 'polywire' && !entry.startsWith('.'),
    ))
      symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction');
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const run = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    const { stdout, stderr } = spawnSync(process.execPath, [name], { cwd: folder, encoding: 'utf8' });
    return `${stdout}${stderr}`;
  };

  it('can be imported', () => expect(run('app.mjs', program(imported))).equal('hello\n'));

  it('can be required', () => {
    const said = run('app.cjs', program(`const { createServer, define, t } = require('polywire');`));
    expect(said.replace(/^.*ExperimentalWarning.*\n(?:\(Use .*\n)?/m, '')).equal('hello\n');
  });

  it('brings its types for modules of both sorts', () => {
    for (const name of ['app.mts', 'app.cts']) writeFileSync(join(folder, name), typed);
    const options = {
      compilerOptions: {
        module: 'nodenext',
        target: 'es2023',
        strict: true,
        noEmit: true,
        types: ['node'],
        skipLibCheck: false,
      },
      files: ['app.mts', 'app.cts'],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(options));
    const { fine, said } = compile('-p', join(folder, 'tsconfig.json'));
    const ours = said
      .split('\n')
      .filter((line) => /(?:^|\/)app\.[mc]ts|node_modules\/polywire\//.test(line) && line.includes('error'));
    expect(fine || ours.length === 0, said.slice(0, 2_000)).equal(true);
  });

  it('holds what is to be published, and nothing of the tests', () => {
    expect(files).include.members(['package.json', 'dist/index.js', 'dist/index.d.ts']);
    expect(files.filter((path) => /(?:^|\/)(?:test|bench)\/|\.test\.|\.build|fixtures/.test(path))).eql([]);
    expect(files.filter((path) => !/^(?:dist\/|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$)/.test(path))).eql(
      [],
    );
  });

  it('holds of the console the bundled pages alone', () => {
    const pages = files.filter((path) => path.startsWith('dist/console/')).sort();
    expect(pages.map((path) => path.replace(/-[A-Z0-9]+\./, '.'))).eql([
      'dist/console/static/app.css',
      'dist/console/static/icon.svg',
      'dist/console/static/index.html',
      'dist/console/static/main.js',
    ]);
  });

  it('imports nothing but what it depends on', () => {
    const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
      dependencies: object;
    };
    const foreign = files
      .filter((path) => path.endsWith('.js'))
      .flatMap((path) => [
        ...readFileSync(join(installed, path), 'utf8').matchAll(/^(?:import|export) .*? from '([^'.][^']*)'/gm),
      ])
      .map(([, name = '']) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'))
      .filter((name) => !name.startsWith('node:') && !Object.hasOwn(dependencies, name));
    expect([...new Set(foreign)]).eql([]);
  });

  it('is right by publint', async () => {
    const { messages, pkg } = await publint({ pkgDir: installed, strict: true, pack: false });
    expect(messages.map((message) => formatMessage(message, pkg as never))).eql([]);
  });
});
