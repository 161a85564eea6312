import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { invokeAll, Project } from './project.ts';

const module = `
const { define, t } = require('polywire');
module.exports = {
  functions: ['admin.reset', 'hello.world'].map((name) => define(name, {
    description: 'Of the newcomer.', effect: 'read', returns: t.string(), handler: () => name,
  })),
};
`;

describe('polywire site, protocol, function', () => {
  let project: Project;

  beforeEach(() => {
    project = new Project();
  });

  afterEach(() => project.remove());

  const file = ['--settings', 'switches.json'];
  const settings = () => JSON.parse(readFileSync(join(project.folder, 'switches.json'), 'utf8'));

  it('has everything off at first, says so, and a running server follows the switches within two seconds', async () => {
    project.write('functions.cjs', module);
    const { url, stdout, stderr, stop } = await project.serve('--load', './functions.cjs');
    expect(stdout()).to.contain('Web services: off').and.to.contain('Functions: 0 of 2 on');
    const commands = stdout().match(/npx --no polywire .*/g) ?? [];
    expect(commands).to.deep.equal([
      'npx --no polywire site enable',
      'npx --no polywire protocol enable rest',
      'npx --no polywire function enable admin.reset',
      'npx --no polywire user create <name> --role administrator',
    ]);
    const code = async (name = 'hello.world') => {
      const answer = (await (await fetch(`${url}/rest/${name}`)).json()) as { error?: { code: string } };
      return answer.error?.code ?? 'ok';
    };
    const soon = async (expected: string) => {
      const end = Date.now() + 2_000;
      while (Date.now() < end && (await code()) !== expected) await sleep(50);
      expect(await code()).to.equal(expected);
    };
    expect(await code()).to.equal('service-off');
    await project.run('site', 'enable');
    await soon('protocol-off');
    await project.run('protocol', 'enable', 'rest', 'soap');
    await soon('unknown-function');
    await project.run('function', 'enable', 'hello.*');
    await soon('ok');
    expect(await code('admin.reset')).to.equal('unknown-function');
    await project.run('protocol', 'disable', 'rest');
    await soon('protocol-off');
    expect((await stop('SIGINT')).status).to.equal(process.platform === 'win32' ? null : 0);
    expect(
      stderr()
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).code),
    ).to.contain('ok');
  });

  it('changes the file in one step, keeps what else it holds, and loses no change made at the same time', async () => {
    project.write('switches.json', '{"namespace":"urn:x","enabledwsfunctions":["a"]}');
    const ended = await Promise.all(
      ['b', 'c', 'd.*', 'e']
        .map((name) => project.run('function', 'enable', name, ...file))
        .concat(project.run('site', 'enable', ...file)),
    );
    expect(ended.map(({ status }) => status)).to.deep.equal([0, 0, 0, 0, 0]);
    const { enabledwsfunctions, ...rest } = settings();
    expect(enabledwsfunctions).to.have.members(['a', 'b', 'c', 'd.*', 'e']);
    expect(rest).to.deep.equal({ namespace: 'urn:x', enablewebservices: true });
    expect(readdirSync(project.folder).filter((name) => name.startsWith('switches.json'))).to.have.length(1);
  });

  it('lists what is on and off, for people and for machines', async () => {
    await project.invoke('protocol', 'enable', 'soap');
    await project.invoke('function', 'enable', 'test.*');
    const list = await project.invoke('protocol', 'list');
    const machine = await project.invoke('protocol', 'list', '--json');
    const functions = await project.invoke('function', 'list', '--json');
    const show = await project.invoke('site', 'show', '--json');
    expect(list.stdout)
      .to.match(/^PROTOCOL +STATE +PATH\nrest +off +\/rest\/\n/)
      .and.to.match(/^soap +on +\/soap$/m);
    expect(list.stderr).to.equal('polywire: note: web services are off as a whole: npx --no polywire site enable\n');
    expect(JSON.parse(machine.stdout).protocols).to.deep.include({ name: 'soap', on: true, path: '/soap' });
    const rows = JSON.parse(functions.stdout).functions as { name: string; on: boolean }[];
    expect(rows.find(({ name }) => name === 'test.echo')).to.include({ on: true, effect: 'read' });
    expect(rows.find(({ name }) => name === 'sample.get_users')).to.include({ on: false });
    expect(JSON.parse(show.stdout)).to.deep.equal({
      enablewebservices: false,
      enabledwsprotocols: ['soap'],
      enabledwsfunctions: ['test.*'],
    });
  });

  it('switches off what a name or a glob means, and refuses to leave it on unsaid', async () => {
    project.write('switches.json', '{"enabledwsfunctions":["test.*","test.add","hello.a","hello.b","admin.x"]}');
    const refused = await project.invoke('function', 'disable', 'test.echo', ...file);
    expect(refused.status).to.equal(1);
    expect(refused.stderr).to.match(/^polywire: 'test\.echo' stays on by 'test\.\*'[^\n]*\n$/);
    expect(settings().enabledwsfunctions).to.have.length(5);
    await project.invoke('function', 'disable', 'hello.*', ...file);
    expect(settings().enabledwsfunctions).to.deep.equal(['test.*', 'test.add', 'admin.x']);
    await project.invoke('function', 'disable', 'test.*', ...file);
    expect(settings().enabledwsfunctions).to.deep.equal(['admin.x']);
    const none = await project.invoke('function', 'disable', '*', 'never', ...file);
    expect(none).to.deep.equal({
      status: 0,
      stdout: 'Functions that are on: none\n',
      stderr: "polywire: note: 'never' was not on\n",
    });
  });

  it('refuses names that cannot be, with a suggestion', async () => {
    project.write('functions.cjs', module);
    const refusals: [string[], RegExp][] = [
      [['protocol', 'enable', 'sopa'], /'sopa' \(did you mean soap\?\)/],
      [['protocol', 'disable', 'xml-rpc'], /'xml-rpc' \(did you mean xmlrpc\?\)/],
      [['function', 'enable', 'a b'], /'a b' is neither/],
      [['function', 'enable', 'admin.*'], /name each function/],
      [['function', 'enable', 'hello.wold', '--load', 'functions.cjs'], /did you mean hello\.world\?/],
    ];
    const ended = await invokeAll(
      project,
      refusals.map(([words]) => words),
    );
    for (const [i, { status, stdout, stderr }] of ended.entries()) {
      expect({ status, stdout }).to.deep.equal({ status: 2, stdout: '' });
      expect(stderr)
        .to.match(/^polywire: [^\n]*\n$/)
        .and.to.match(refusals[i]![1]);
    }
    expect(readdirSync(project.folder).filter((name) => /settings|polywire\.db/.test(name))).to.deep.equal([]);
  });

  it('warns of what matches nothing', async () => {
    project.write('functions.cjs', module);
    const enable = ['function', 'enable'];
    const own = await project.invoke(...enable, 'helo.*', '--load', 'functions.cjs', '--settings', 'one.json');
    const sample = await project.invoke(...enable, 'test.eco', '--settings', 'two.json');
    expect(own.stderr).to.contain("polywire: note: 'helo.*' matches none of the functions that are there now\n");
    expect(own.stderr).to.contain('site enable --settings one.json\n');
    expect(sample.stderr).to.contain("polywire: note: 'test.eco' is none of the samples (did you mean test.echo?)");
    expect([own.status, sample.status]).to.deep.equal([0, 0]);
  });

  it('tells what is wrong with a settings file in one line, and leaves it alone', async () => {
    project.write('a.json', '{');
    project.write('b.json', '{"enabledwsprotocols":["rest",3],"foo":1}');
    const broken = await project.invoke('site', 'enable', '--settings', 'a.json');
    const wrong = await project.invoke('site', 'show', '--settings', 'b.json');
    const serve = await project.invoke('serve', '--port', '0', '--settings', 'b.json');
    const nowhere = await project.invoke('site', 'enable', '--settings', 'no/where.json');
    expect([broken, wrong, serve, nowhere].map(({ status }) => status)).to.deep.equal([1, 1, 1, 1]);
    expect(broken.stderr).to.equal('polywire: a.json is not JSON\n');
    expect(wrong.stderr).to.match(/^polywire: b\.json: [^\n]*enabledwsprotocols\/1: must be text[^\n]*foo[^\n]*\n$/);
    expect(serve.stderr).to.equal(wrong.stderr);
    expect(nowhere.stderr).to.match(/^polywire: no\/where\.json[^\n]*\n$/);
    expect(readFileSync(join(project.folder, 'a.json'), 'utf8')).to.equal('{');
  });
});
