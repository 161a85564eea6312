import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { homeOf, homeWords, withoutPassword } from '../../../services/cli/home.ts';
import { Project } from './project.ts';

describe('where the command line keeps switches', () => {
  let project: Project;

  beforeEach(() => {
    project = new Project();
  });

  afterEach(() => project.remove());

  const there = (name: string) => existsSync(join(project.folder, name));
  const shown = async (...words: string[]) =>
    JSON.parse((await project.invoke('site', 'show', '--json', ...words)).stdout);

  it('is a database in the working folder, which a look makes not and a change does', async () => {
    const before = await project.invoke('site', 'show');
    expect(before.stdout).to.contain('sqlite:polywire.db (which does not exist yet)');
    for (const words of [
      ['protocol', 'list'],
      ['function', 'list'],
      ['setting', 'list'],
      ['wsdl', '--all'],
      ['xsd', '--all'],
    ]) {
      expect((await project.invoke(...words)).status).to.equal(0);
    }
    expect(there('polywire.db')).to.equal(false);
    expect(await project.invoke('site', 'enable')).to.deep.equal({
      status: 0,
      stdout: 'Web services are on.\n',
      stderr: '',
    });
    expect(there('polywire.db')).to.equal(true);
    expect(await shown()).to.include({ enablewebservices: true });
    expect((await project.invoke('site', 'show')).stdout).to.match(/^Settings: +sqlite:polywire\.db\n/);
  });

  it('is the one that --database or DATABASE_URL names, the first before the second', async () => {
    await project.invoke('site', 'enable', '--database', 'sqlite:one.db');
    const env = { DATABASE_URL: 'sqlite:two.db' };
    await project.invokeWith(env, 'protocol', 'enable', 'soap');
    expect([there('polywire.db'), there('one.db'), there('two.db')]).to.deep.equal([false, true, true]);
    expect(await shown('--database', 'sqlite:two.db')).to.deep.include({
      enablewebservices: false,
      enabledwsprotocols: ['soap'],
    });
    const one = await project.invokeWith(env, 'site', 'show', '--json', '--database', 'sqlite:one.db');
    expect(JSON.parse(one.stdout)).to.deep.include({ enablewebservices: true, enabledwsprotocols: [] });
  });

  it('takes the settings file over once, and says so', async () => {
    const text = '{"enablewebservices":true,"limits":{"batch":7}}';
    project.write('polywire.settings.json', text);
    const first = await project.invoke('protocol', 'enable', 'rest');
    expect(first.stderr).to.equal(
      'polywire: note: polywire.settings.json has been taken over into sqlite:polywire.db, which counts from now on\n',
    );
    expect(await shown()).to.deep.include({ enablewebservices: true, enabledwsprotocols: ['rest'] });
    project.write('polywire.settings.json', '{"enablewebservices":false,"limits":{"batch":8}}');
    const second = await project.invoke('protocol', 'disable', 'rest');
    expect(second).to.include({ status: 0, stderr: '' });
    const batch = await project.invoke('setting', 'show', 'limits.batch', '--json');
    expect(JSON.parse(batch.stdout)).to.deep.equal({ 'limits.batch': 7 });
  });

  it('counts the settings file before it is taken over, and refuses a broken one', async () => {
    project.write('polywire.settings.json', '{"enabledwsprotocols":["rest"]}');
    expect(await shown()).to.deep.include({ enabledwsprotocols: ['rest'] });
    expect(there('polywire.db')).to.equal(false);
    project.write('polywire.settings.json', '{"limits":{"batch":"x"}}');
    const refused = await project.invoke('site', 'enable');
    expect(refused).to.deep.include({ status: 1, stdout: '' });
    expect(refused.stderr).to.match(/^polywire: polywire\.settings\.json: [^\n]*limits\/batch[^\n]*\n$/);
  });

  it('is a settings file instead where one is named, and never both', async () => {
    await project.invoke('setting', 'set', 'limits.batch', '9', '--settings', 'own.json');
    expect(JSON.parse(readFileSync(join(project.folder, 'own.json'), 'utf8'))).to.deep.equal({ limits: { batch: 9 } });
    expect(there('polywire.db')).to.equal(false);
    const both = await project.invoke('site', 'enable', '--settings', 'own.json', '--database', 'sqlite:x.db');
    expect(both).to.deep.include({ status: 2, stdout: '' });
    expect(both.stderr).to.match(/^polywire: --settings is in place of a database[^\n]*\n$/);
  });

  it('tells in one line what cannot be opened, and never a password', async () => {
    project.write('text.db', 'This is no database, however long it may be. '.repeat(100));
    const urls = ['mysql://x', 'sqlite:no/where.db', 'sqlite:text.db', 'postgres://ana:hidden@127.0.0.1:1/x'];
    for (const url of urls) {
      const { status, stdout, stderr } = await project.invoke('site', 'enable', '--database', url);
      expect({ status, stdout }, url).to.deep.equal({ status: 1, stdout: '' });
      expect(stderr, url)
        .to.match(/^polywire: [^\n]*\n$/)
        .and.not.to.contain('hidden');
      if (url === 'sqlite:text.db')
        expect(stderr).to.contain('it is no file of SQLite’s').and.not.to.contain('unavailable');
      if (url === 'sqlite:no/where.db') expect(stderr).to.match(/there is no folder no\n$/);
    }
    const home = homeOf({ database: 'postgres://ana:hidden@db/x?password=hidden' });
    expect(homeWords(home)).to.equal(' --database postgres://ana@db/x');
    expect(withoutPassword('postgres://ana:hid den@[db/x')).not.to.contain('hid');
  });

  it('loses no change that others make at the same time', async () => {
    const names = ['a.*', 'b.*', 'c.*', 'd.*'];
    const ended = await Promise.all(names.map((name) => project.run('function', 'enable', name)));
    expect(ended.map(({ status }) => status)).to.deep.equal([0, 0, 0, 0]);
    expect((await shown()).enabledwsfunctions).to.have.members(names);
  });
});
