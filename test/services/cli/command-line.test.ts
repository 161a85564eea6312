import { statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { parse } from 'yaml';
import { root } from '../../lib/repository.ts';
import { type Ended, invokeAll, main, Project } from './project.ts';

const fn = (name: string, more = '') =>
  `define('${name}', { description: 'Of the newcomer.', effect: 'read', returns: t.string(), handler: () => '${name}'${more} })`;
const esm = "import { define, t } from 'polywire';\n";

describe('the command line of polywire', () => {
  const project = new Project();

  after(() => project.remove());

  const oneLine = ({ stdout, stderr }: Ended, said: RegExp) => {
    expect(stdout).to.equal('');
    expect(stderr)
      .to.match(/^polywire: [^\n]*\n$/)
      .and.to.match(said);
  };

  it('tells its version and its commands', async () => {
    const [version, help, none] = await Promise.all([project.run('--version'), project.run('--help'), project.run()]);
    expect(version).to.deep.include({ status: 0, stderr: '' });
    expect(version.stdout).to.match(/^\d+\.\d+\.\d+\S*\n$/);
    expect(help.status).to.equal(0);
    const switches = [
      'serve',
      'site',
      'protocol',
      'function',
      'setting',
      'call',
      'wsdl',
      'xsd',
      'openapi',
      'openrpc',
      'schema',
    ];
    const accounts = ['user', 'role', 'token', 'key', 'service', 'explain', 'audit', 'events'];
    for (const command of [...switches, ...accounts]) expect(help.stdout).to.match(new RegExp(`^  ${command} `, 'm'));
    expect(none).to.deep.equal({ status: 2, stdout: '', stderr: help.stdout });
  });

  it('is a program that can be run, as npx does in this repository', function () {
    if (process.platform === 'win32' || !main.startsWith(join(root, 'dist'))) return this.skip();
    expect(statSync(main).mode & 0o111, 'the build must make main.js executable').to.equal(0o111);
  });

  it('answers a wrong command line with one line and status 2', async () => {
    const wrong: [string[], RegExp][] = [
      [['serv'], /unknown command 'serv'.*serve/],
      [['serve', '--prot', '1'], /unknown option '--prot'/],
      [['serve', '--workers', '0'], /--workers takes a number from 1/],
      [['serve', 'x'], /too many arguments/],
      [['serve', '--port', 'x'], /--port takes a number/],
      [['serve', '--port', '65536'], /65536/],
      [['protocol', 'enable'], /missing required argument/],
      [['wsdl', '--style', 'rpc'], /literal, soap12, encoded/],
      [['wsdl', '--all', '--url', 'x'], /no http or https address/],
      [['schema', 'test.ech'], /there is no function 'test.ech'.*test\.echo/],
    ];
    const ended = await invokeAll(
      project,
      wrong.map(([words]) => words),
    );
    for (const [i, answer] of ended.entries()) {
      oneLine(answer, wrong[i]![1]);
      expect(answer.status).to.equal(2);
    }
  });

  it('loads whatever exports functions, as ES module and as CommonJS', async () => {
    project.write(
      'one.mjs',
      `${esm}export const one = ${fn('own.one')};\nexport const again = one;\nexport const other = 1;`,
    );
    project.write('list.mjs', `${esm}export default [${fn('own.one')}, [${fn('own.two')}]];`);
    project.write('extension.mjs', `${esm}export const extension = { functions: [${fn('own.one')}] };`);
    project.write('typeless.js', `${esm}export const one = ${fn('own.one')};`);
    project.write('named.cjs', `const { define, t } = require('polywire');\nexports.one = ${fn('own.one')};`);
    project.write(
      'object.cjs',
      `const { define, t } = require('polywire');\nmodule.exports = { ...{ one: ${fn('own.one')} } };`,
    );
    project.write('array.cjs', `const { define, t } = require('polywire');\nmodule.exports = [${fn('own.one')}];`);
    const files = ['one.mjs', 'list.mjs', 'extension.mjs', 'typeless.js', 'named.cjs', 'object.cjs', 'array.cjs'];
    const listed = await Promise.all(files.map((file) => project.run('function', 'list', '--json', '--load', file)));
    const names = listed.map(({ stdout }) =>
      (JSON.parse(stdout).functions as { name: string }[]).map(({ name }) => name).join(),
    );
    const one = 'own.one';
    expect(names).to.deep.equal([one, 'own.one,own.two', one, one, one, one, one]);
    expect(listed.map(({ stderr }) => stderr.includes('arning'))).to.deep.equal(Array(7).fill(false));
    project.write('three.mjs', `${esm}export default ${fn('own.three')};`);
    const both = await project.run('function', 'list', '--json', '--load', 'list.mjs', '--load', 'three.mjs');
    expect(JSON.parse(both.stdout).functions).to.have.length(3);
  });

  it('tells in one line why a module cannot be loaded, and where', async () => {
    project.write('old/package.json', '{"type":"commonjs"}');
    project.write('old/functions.js', `${esm}export const one = ${fn('own.one')};`);
    project.write('functions.cjs', `${esm}exports.one = ${fn('own.one')};`);
    project.write('syntax.mjs', `${esm}const x = ;\n`);
    project.write('inner.mjs', "import './syntax.mjs';\n");
    project.write('syntax.cjs', '\n\nconst x = ;\n');
    project.write('name.mjs', "\nimport { nothing } from 'polywire';\n");
    project.write('missing.mjs', "import 'nowhere';\n");
    project.write('throws.mjs', "\n\nthrow new TypeError('one\\ntwo');\n");
    project.write('empty.mjs', 'export const x = { a: 1 };\n');
    project.write('raw.mjs', "export const x = { name: 'own.x', effect: 'read', handler() {} };\n");
    project.write('folder/index.mjs', '');
    project.write('functions.json', '{}');
    const reasons: [string, RegExp][] = [
      ['gone.mjs', /there is no such file/],
      ['folder', /is a folder/],
      ['syntax.mjs', /SyntaxError: Unexpected token ';' \(syntax\.mjs:2\)/],
      ['inner.mjs', /SyntaxError: Unexpected token ';' \(syntax\.mjs:2\)/],
      ['syntax.cjs', /SyntaxError: .*\(syntax\.cjs:3\)/],
      ['name.mjs', /'nothing' \(name\.mjs:2\)/],
      ['missing.mjs', /Cannot find package 'nowhere'/],
      ['throws.mjs', /TypeError: one \(throws\.mjs:3\)/],
      ['empty.mjs', /exports no function/],
      ['raw.mjs', /x looks like a function: export what define/],
      ['functions.json', /json/],
    ];
    const ended = await invokeAll(
      project,
      reasons.map(([file]) => ['function', 'list', '--load', file]),
    );
    const commonjs = await Promise.all(
      ['old/functions.js', 'functions.cjs'].map((file) => project.run('function', 'list', '--load', file)),
    );
    oneLine(commonjs[0]!, /CommonJS.*name it functions\.mjs, or set "type": "module" in old.package\.json/);
    oneLine(commonjs[1]!, /\.cjs file is CommonJS.*require\('polywire'\)/);
    for (const [i, answer] of ended.entries()) {
      oneLine(answer, reasons[i]![1]);
      expect(answer.status).to.equal(1);
      expect(answer.stderr).to.contain(`--load ${reasons[i]![0]}: `);
    }
  });

  it('tells each wrong definition in a line of its own', async () => {
    project.write(
      'wrong.mjs',
      `${esm}export default [${fn('own one')}, ${fn('own.x', ', params: { "9": t.int() }')}];`,
    );
    const { status, stdout, stderr } = await project.invoke('serve', '--port', '0', '--load', 'wrong.mjs');
    expect({ status, stdout }).to.deep.equal({ status: 1, stdout: '' });
    const lines = stderr.trimEnd().split('\n');
    expect(lines[0]).to.match(/^polywire: own one: name: /);
    expect(lines[1]).to.match(/^polywire: own\.x: params\/9: /);
    expect(lines).to.have.length(2);
  });

  it('tells in one line why it cannot listen or log', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const port = String((taken.address() as AddressInfo).port);
    const [busy, demo, log] = await Promise.all([
      project.run('serve', '--port', port),
      project.run('serve', '--demo', '--port', port),
      project.run('serve', '--port', '0', '--log', 'no/such/folder.log'),
    ]);
    taken.close();
    for (const answer of [busy, demo]) oneLine(answer, new RegExp(`port ${port} .*in use.*--port`));
    oneLine(log, /--log no\/such\/folder\.log: ENOENT/);
    expect([busy, demo, log].map(({ status }) => status)).to.deep.equal([1, 1, 1]);
  });

  it('lets calls finish when it is asked to end', async function () {
    if (process.platform === 'win32') this.skip();
    const { url, stop } = await project.serve('--demo', '--log', 'calls.log');
    const slow = fetch(`${url}/rest/test.sleep?ms=400`);
    await fetch(`${url}/rest/test.echo?string=x`);
    const [answer, ended] = await Promise.all([slow, stop('SIGTERM')]);
    expect(await answer.json()).to.include({ status: 'ok', result: 400 });
    expect(ended.status).to.equal(0);
  });

  it('prints the WSDL of what is on, or of everything, well formed', async () => {
    const dir = ['--settings', 'wsdl.json'];
    await project.invoke('function', 'enable', 'test.echo', ...dir);
    const on = await project.run('wsdl', ...dir);
    const address = ['--url', 'https://api.example.org/a&b/'];
    const all = await project.invoke('wsdl', '--all', '--style', 'encoded', ...address, ...dir);
    const none = await project.invoke('wsdl', '--style', 'soap12', '--settings', 'none.json');
    for (const { status, stdout } of [on, all, none]) {
      expect(status).to.equal(0);
      expect(XMLValidator.validate(stdout)).to.equal(true);
    }
    const operations = (text: string): string[] => {
      const isArray = (name: string) => name === 'wsdl:operation';
      const document = new XMLParser({ ignoreAttributes: false, isArray }).parse(text);
      const found = document['wsdl:definitions']['wsdl:portType']['wsdl:operation'] ?? [];
      return found.map((operation: Record<string, string>) => operation['@_name']);
    };
    expect(operations(on.stdout)).to.deep.equal(['test_echo']);
    expect(on.stdout).to.contain('location="http://127.0.0.1:8080/soap"');
    expect(operations(all.stdout)).to.include.members(['test_echo', 'sample_create_users']);
    expect(all.stdout).to.contain('location="https://api.example.org/a&amp;b/soap"').and.to.contain('style="rpc"');
    expect(none.stderr).to.contain('no function is on');
  });

  it('prints the XML Schema of what is on, or of everything', async () => {
    const dir = ['--settings', 'xsd.json'];
    await project.invoke('function', 'enable', 'test.echo', ...dir);
    const on = await project.run('xsd', ...dir);
    const all = await project.run('xsd', '--all', ...dir);
    for (const { status, stdout } of [on, all]) {
      expect(status).to.equal(0);
      expect(XMLValidator.validate(stdout)).to.equal(true);
    }
    expect(on.stdout).to.contain('<xsd:element name="test_echoResponse">').and.not.to.contain('test_greet');
    expect(all.stdout).to.contain('<xsd:element name="test_greet">');
    expect((await project.run('xsd', '--url', 'https://api.example.org')).stderr).to.match(/unknown option '--url'/);
  });

  it('prints OpenAPI and OpenRPC documents, and the schemas of one function', async () => {
    const address = ['--all', '--url', 'https://api.example.org/', '--settings', 'none.json'];
    const [openapi, yaml, openrpc, schema] = await Promise.all([
      project.run('openapi', ...address),
      project.run('openapi', '--yaml', ...address),
      project.run('openrpc', ...address),
      project.run('schema', 'test.add'),
    ]);
    const document = JSON.parse(openapi.stdout);
    expect(document.servers).to.deep.equal([{ url: 'https://api.example.org' }]);
    expect(document.paths).to.include.keys('/rest/test.echo', '/rest/sample.create_users');
    expect(parse(yaml.stdout)).to.deep.equal(document);
    const { servers, methods } = JSON.parse(openrpc.stdout);
    expect(servers[0].url).to.equal('https://api.example.org/jsonrpc');
    expect(methods.map(({ name }: { name: string }) => name)).to.include('test.echo');
    const { properties } = JSON.parse(schema.stdout);
    expect(properties.params).to.deep.include({ required: ['a', 'b'], additionalProperties: false });
    expect(properties.result).to.include({ type: 'integer' });
  });

  it('exports the catalog, and says whose clients a change breaks', async () => {
    const old = await project.run('catalog', 'export');
    project.write('old.json', old.stdout);
    const same = await project.run('catalog', 'diff', 'old.json');
    expect(same).to.deep.equal({ status: 0, stdout: 'Nothing that callers see has changed.\n', stderr: '' });
    project.write('older.json', old.stdout.replace('"test.echo"', '"test.gone"'));
    const changed = await project.run('catalog', 'diff', 'older.json');
    expect(changed).to.include({ status: 1, stderr: '' });
    expect(changed.stdout).to.match(/^test\.gone +is gone +breaks rest jsonrpc xmlrpc soap$/m);
    const swapped = JSON.parse(old.stdout);
    const add = swapped.functions.find(({ name }: { name: string }) => name === 'test.add');
    add.params = { b: add.params.b, a: add.params.a };
    project.write('swapped.json', JSON.stringify(swapped));
    const moved = await project.run('catalog', 'diff', 'swapped.json');
    expect(moved.stdout).to.match(/^test\.add +params are in another order +breaks xmlrpc, may break jsonrpc$/m);
    const json = JSON.parse((await project.run('catalog', 'diff', 'older.json', '--json')).stdout);
    expect(json).to.deep.include({ function: 'test.echo', path: '', message: 'is new', breaks: [], mayBreak: [] });
    project.write('other.json', '{}');
    oneLine(await project.run('catalog', 'diff', 'other.json'), /not what polywire catalog export writes/);
    oneLine(await project.run('catalog', 'diff', 'none.json'), /none\.json/);
  });
});
