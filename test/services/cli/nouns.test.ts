import { expect } from 'chai';
import { openStore } from '../../../lib/store/open.ts';
import { Project, refused } from './project.ts';

describe('polywire role, service, token, key, audit, events', () => {
  const project = new Project();
  const secret = 'a-secret-of-32-characters-or-more';

  after(() => project.remove());

  const run = (...words: string[]) => project.invoke(...words);
  const json = (...words: string[]) => project.json(...words);
  const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));

  before(async () => {
    for (const name of ['ana', 'bo']) await run('user', 'create', name, '--no-password');
  });

  it('makes roles, assigns them in a context, and takes them back', async () => {
    await run('role', 'create', 'teacher', '--capabilities', 'course:view,webservice:use', '--description', 'Teaches.');
    const assigned = await run('role', 'assign', 'bo', 'teacher', '--context', '/course/5');
    expect(assigned.stdout).to.equal('bo has the role teacher in /course/5.\n');
    expect((await json('user', 'show', 'bo')).roles).to.deep.include({ role: 'teacher', context: '/course/5' });
    const taken = await run('role', 'unassign', 'bo', 'teacher', '--context', '/course/5');
    expect(taken.stdout).to.equal('bo no longer has the role teacher in /course/5.\n');
    const again = await run('role', 'unassign', 'bo', 'teacher', '--context', '/course/5');
    expect(again).to.deep.equal({ status: 0, stdout: '', stderr: 'polywire: note: that was so already\n' });
    expect(await json('role', 'set', 'teacher', '--capabilities', 'none')).to.deep.include({ capabilities: [] });
    expect((await run('role', 'list')).stdout)
      .to.match(/^NAME +CAPABILITIES +DESCRIPTION$/m)
      .and.to.match(/^teacher +Teaches\.$/m);
    await run('role', 'assign', 'bo', 'teacher', '--context', '/course/6');
    const shown = await run('role', 'show', 'teacher');
    expect(shown.stdout)
      .to.match(/^Name: +teacher$/m)
      .and.to.match(/^Users:\nUSER +CONTEXT\nbo +\/course\/6$/m);
    expect((await json('role', 'show', 'teacher')).users).to.deep.equal([{ user: 'bo', context: '/course/6' }]);
    refused(await run('role', 'show', 'nope'), 2, /name: 'nope' is no role/);
    await run('role', 'remove', 'teacher');
    refused(await run('role', 'assign', 'bo', 'teacher'), 2, /role: 'teacher' is no role/);
    refused(await run('role', 'create', 'empty'), 2, /required option '--capabilities/);
  });

  it('makes services and lists who may use them', async () => {
    await run('service', 'create', 'shop', '--functions', 'test.*', '--functions', 'sample.get_users', '--restricted');
    await run(
      'service',
      'add-user',
      'shop',
      'bo',
      '--addresses',
      '10.0.0.7,10.1.0.0/16',
      '--valid-until',
      '2099-01-01',
    );
    const shown = await run('service', 'show', 'shop');
    expect(shown.stdout)
      .to.match(/^Functions: +test\.\*, sample\.get_users$/m)
      .and.to.match(/^Restricted: +yes$/m);
    expect(shown.stdout).to.match(/^bo +10\.0\.0\.7, 10\.1\.0\.0\/16 +2099-01-01$/m);
    expect(await json('service', 'set', 'shop', '--no-restricted', '--no-enabled')).to.include({
      restricted: false,
      enabled: false,
    });
    expect((await run('service', 'remove-user', 'shop', 'bo')).stdout).to.equal('bo is no longer listed in shop.\n');
    expect((await run('service', 'list')).stdout).to.match(/^shop +no +no +test\.\*/m);
    expect((await run('service', 'remove', 'shop')).stdout).to.equal('The service shop is removed.\n');
    refused(await run('service', 'show', 'shop'), 2, /'shop' is no service/);
  });

  it('makes tokens that are shown once, lists and revokes them', async () => {
    const made = await run('token', 'create', 'bo', '--name', 'script', '--addresses', '::1');
    expect(made.stderr).to.equal('polywire: note: what is secret is shown this once: keep it now\n');
    const text = /^Secret: +(\S+)$/m.exec(made.stdout)?.[1] ?? '';
    expect(text).to.have.length.above(20);
    const { token, secret: other } = await json('token', 'create', 'bo');
    expect(other).not.to.equal(text);
    const list = await run('token', 'list', '--user', 'bo');
    expect(list.stdout)
      .to.match(/^ID +USER +NAME$/m)
      .and.to.match(/^\d+ +bo +script$/m);
    expect(JSON.stringify(await json('token', 'list'))).not.to.contain(text);
    const id = String(token.id);
    expect((await run('token', 'revoke', id)).stdout).to.equal(`The token ${id} is revoked.\n`);
    expect((await run('token', 'revoke', id)).stderr).to.contain('that was so already');
    expect((await run('token', 'list')).stdout).to.match(/REVOKED/);
    refused(await run('token', 'revoke', '4711'), 2, /id: There is no such token/);
    refused(await run('token', 'revoke', 'x'), 2, /id: must be a whole number/);
  });

  it('shows tokens and changes their limits', async () => {
    const { token } = await json('token', 'create', 'bo', '--addresses', '10.0.0.7', '--per-day', '5');
    const id = String(token.id);
    expect(await json('token', 'show', id)).to.deep.equal(token);
    expect((await run('token', 'show', id)).stdout).to.match(/^Addresses: +10\.0\.0\.7$/m);
    await run('service', 'create', 'desk', '--functions', 'test.*');
    const words = ['--addresses', 'none', '--no-per-day', '--service', 'desk', '--valid-until', '2099-01-01'];
    const { per_day: _, ...rest } = token;
    const changed = { ...rest, addresses: [], service: 'desk', valid_until: '2099-01-01T00:00:00.000Z' };
    expect(await json('token', 'set', id, ...words)).to.deep.equal(changed);
    const back = await json('token', 'set', id, '--no-service', '--no-valid-until', '--renewing', '--name', 'till');
    expect(back).to.deep.equal({ ...rest, addresses: [], renewing: true, name: 'till' });
    expect((await json('token', 'set', id, '--no-renewing')).renewing).to.equal(false);
    refused(await run('token', 'set', id, '--addresses', '10.1'), 2, /--addresses\/0: must be an address/);
    refused(await run('token', 'set', id, '--service', 'nope'), 2, /--service: 'nope' is no service/);
    refused(await run('token', 'set', '4711', '--name', 'x'), 2, /id: There is no such token/);
    refused(await run('token', 'show', '4711'), 2, /id: There is no such token/);
    await run('service', 'remove', 'desk');
  });

  it('makes keys with their limits, rotates and revokes them; a table never cuts an id', async () => {
    const limits = [
      '--functions',
      'test.echo,test.add,sample.get_users',
      '--protocols',
      'soap',
      '--addresses',
      '10.0.0.7',
    ];
    const words = ['key', 'create', 'A warehouse with a name that is rather long'.repeat(3), ...limits];
    const made = await json(...words, '--per-day', '1000', '--valid-until', '2099-03-01', '--owner', 'ana');
    const { id } = made.key;
    expect(made.key).to.deep.include({ per_day: 1000, protocols: ['soap'], valid_until: '2099-03-01T00:00:00.000Z' });
    const list = await run('key', 'list');
    expect(list.stdout).to.contain(`\n${id}  A warehouse`).and.to.contain('…');
    expect(widest(list.stdout)).to.be.at.most(120);
    const rotated = await json('key', 'rotate', id, '--overlap', '60');
    expect(rotated.secret)
      .to.match(new RegExp(`^${id}\\.`))
      .and.not.to.equal(made.secret);
    expect(rotated.key.secrets).to.have.length(2);
    expect(await json('key', 'set', id, '--addresses', 'none', '--no-per-day')).to.deep.include({ addresses: [] });
    expect((await run('key', 'revoke', id)).stdout).to.equal(`The key ${id} is revoked.\n`);
    refused(await run('key', 'rotate', id), 1, /is not rotated/);
    refused(await run('key', 'show', 'nope'), 2, /id: 'nope' is no key/);
    refused(await run('key', 'create', 'x', '--addresses', '10.1'), 2, /--addresses\/0: must be an address/);
    refused(await run('key', 'create', 'x', '--valid-until', 'March'), 2, /--valid-until: must be a date and time/);
    refused(await run('key', 'create', 'x', '--protocols', 'smtp'), 2, /--protocols\/0: must be one of/);
    refused(await run('key', 'create'), 2, /missing required argument 'name'/);
    refused(await run('key', 'lst'), 2, /unknown command 'lst'/);
  });

  it('makes nothing that is not limited where a list is left empty, and lifts no limit', async () => {
    const { key } = await json('key', 'create', 'limited', '--addresses', '10.0.0.7', '--functions', 'test.echo');
    await run('service', 'create', 'kiosk', '--functions', 'test.echo');
    const makers = [
      ['key', 'create', 'open'],
      ['key', 'set', key.id],
      ['token', 'create', 'bo'],
      ['user', 'set', 'bo'],
    ];
    for (const option of ['addresses', 'functions', 'protocols']) {
      for (const words of makers.slice(0, option === 'addresses' ? 4 : 3)) {
        for (const list of ['', ' ', '10.0.0.7,', ',x']) {
          refused(await run(...words, `--${option}`, list), 2, new RegExp(`--${option}/[01]: must not be empty`));
        }
      }
    }
    refused(await run('service', 'set', 'kiosk', '--functions', ''), 2, /--functions\/0: must not be empty/);
    refused(await run('service', 'add-user', 'kiosk', 'bo', '--addresses', ''), 2, /--addresses\/0: must not be empty/);
    refused(await run('setting', 'set', 'addresses', ''), 2, /addresses: 0: must not be empty/);
    expect((await run('key', 'list')).stdout).not.to.contain('open');
    expect(await json('key', 'show', key.id)).to.deep.include({ addresses: ['10.0.0.7'], functions: ['test.echo'] });
    await run('service', 'remove', 'kiosk');
  });

  it('makes signing keys and application passwords under the secret of the environment, and only then', async () => {
    refused(await run('key', 'create', 'signer', '--signing'), 1, /POLYWIRE_SECRET/);
    refused(await run('user', 'create-app-password', 'bo', 'mail'), 1, /POLYWIRE_SECRET/);
    const env = { POLYWIRE_SECRET: secret };
    const signer = await project.invokeWith(env, 'key', 'create', 'signer', '--signing', '--json');
    expect(JSON.parse(signer.stdout).key.signing).to.equal(true);
    const made = await project.invokeWith(env, 'user', 'create-app-password', 'bo', 'mail', '--json');
    const { app_password: password } = JSON.parse(made.stdout);
    expect((await run('user', 'list-app-passwords', 'bo')).stdout).to.match(/^\d+ +bo +mail /m);
    const ended = await run('user', 'revoke-app-password', String(password.id));
    expect(ended.stdout).to.equal(`The application password ${password.id} is revoked.\n`);
  });

  it('lists events and calls with filters', async () => {
    const events = await run('events', '--kind', 'user-created');
    expect(events.stdout)
      .to.match(/^TIME +KIND +ACTOR +SUBJECT/)
      .and.to.match(/user-created +cli +ana/);
    expect(events.stdout).not.to.contain('key-created');
    const audit = await run('audit', '--function', 'admin.create_user', '--limit', '2');
    expect(audit.stdout.trimEnd().split('\n')).to.have.length(3);
    expect(widest(audit.stdout)).to.be.at.most(120);
    expect(await json('audit', '--since', '2999-01-01')).to.deep.equal([]);
    expect(await run('audit', '--since', '2999-01-01')).to.deep.equal({
      status: 0,
      stdout: '',
      stderr: 'polywire: note: there are none\n',
    });
    refused(await run('audit', '--limit', '0'), 2, /--limit: must be/);
  });

  it('prints nothing that could move the cursor, whoever wrote it', async () => {
    const store = await openStore(`sqlite:${project.folder}/polywire.db`);
    await store.audit.event({ time: Date.now(), kind: 'login-failed', actor: '\u001b[2Jevil\u0007\n', subject: 'x' });
    await store.close();
    const { stdout } = await run('events', '--kind', 'login-failed');
    expect(stdout)
      .to.contain(' [2Jevil')
      .and.not.to.match(/\p{Cc}(?<!\n)/u);
  });

  it('does not make a database only to look at it', async () => {
    refused(
      await run('key', 'list', '--database', 'sqlite:nowhere.db'),
      1,
      /there is no database sqlite:nowhere\.db yet/,
    );
    refused(await run('user', 'create', 'ana', '--settings', 'x.json'), 2, /unknown option '--settings'/);
  });

  it('describes every command from its function', async () => {
    const help = await run('key', 'create', '--help');
    expect(help.stdout)
      .to.contain('Usage: polywire key create [options] <name>')
      .and.to.contain('--valid-until <time>');
    expect(help.stdout).to.contain('YYYY-MM-DD or RFC 3339').and.to.contain('--signing ');
    for (const noun of ['key', 'token', 'user', 'role', 'service', 'setting']) {
      expect((await run(noun, '--help')).status).to.equal(0);
    }
    expect((await run('user', 'create', '--help')).stdout).not.to.match(/--password[ =]/);
  });
});
