import { expect } from 'chai';
import { has, main, Project, refused } from './project.ts';

describe('polywire user', () => {
  const project = new Project();

  after(() => project.remove());

  const run = (...words: string[]) => project.invoke(...words);
  const json = (...words: string[]) => project.json(...words);

  before(async () => {
    const given = { input: 'correct horse\n' };
    const made = await project.runWith(given, 'user', 'create', 'ana', '--role', 'administrator', '--password-stdin');
    expect(made, made.stderr).to.include({ status: 0, stderr: '' });
    expect(made.stdout)
      .to.match(/^Username: +ana$/m)
      .and.to.match(/^Has password: +yes$/m);
    expect(made.stdout).not.to.contain('correct horse');
  });

  it('is made with roles and a name of its own, and shown', async () => {
    expect(await json('user', 'show', 'ANA')).to.deep.include({ roles: [{ role: 'administrator', context: '/' }] });
    const made = await run(
      'user',
      'create',
      'bo',
      '--name',
      'Bo B.',
      '--role',
      'caller',
      '--valid-until',
      '2027-03-01',
    );
    expect(made.stdout)
      .to.match(/^Name: +Bo B\.$/m)
      .and.to.match(/^Valid until: +2027-03-01T00:00:00\.000Z$/m);
    expect(made.stderr).to.equal(
      'polywire: note: bo cannot log in by password yet: npx --no polywire user password bo\n',
    );
    const shown = await run('user', 'show', 'bo');
    expect(shown.stdout).to.match(/^Roles:\nROLE +CONTEXT\ncaller +\/$/m);
    const list = await run('user', 'list');
    expect(list.stdout).to.match(
      /^USERNAME +NAME +STATE +HAS PASSWORD +VALID UNTIL\nana +ana +active +yes\nbo +Bo B\. +active +no +2027-03-01\n$/,
    );
  });

  it('is changed member by member, and a member is taken away', async () => {
    const changed = await json('user', 'set', 'bo', '--state', 'suspended', '--per-day', '10', '--no-valid-until');
    expect(changed)
      .to.include({ state: 'suspended', per_day: 10, name: 'Bo B.' })
      .and.not.to.have.property('valid_until');
    const again = await json(
      'user',
      'set',
      'bo',
      '--state',
      'active',
      '--per-day',
      'none',
      '--valid-from',
      '2026-01-01T00:00:00+01:00',
    );
    expect(again)
      .to.include({ state: 'active', valid_from: '2025-12-31T23:00:00.000Z' })
      .and.not.to.have.property('per_day');
  });

  it('gets a password from the standard input, or loses it; never by an option', async () => {
    const before = await json('user', 'show', 'bo');
    expect(before.user.has_password).to.equal(false);
    const set = await project.runWith(
      { input: 'battery staple\r\nmore' },
      'user',
      'password',
      'bo',
      '--password-stdin',
    );
    expect(set).to.deep.equal({ status: 0, stdout: 'The password of bo is changed.\n', stderr: '' });
    expect((await json('user', 'show', 'bo')).user.has_password).to.equal(true);
    await run('user', 'password', 'bo', '--no-password');
    expect((await json('user', 'show', 'bo')).user.has_password).to.equal(false);
    refused(await project.run('user', 'password', 'bo'), 2, /no terminal to ask at.*--password-stdin/);
    refused(await project.run('user', 'password', 'bo', '--password-stdin'), 2, /standard input, which has none/);
    refused(
      await project.runWith({ input: 'short\n' }, 'user', 'password', 'bo', '--password-stdin'),
      2,
      /password: must have at least 8/,
    );
    refused(await run('user', 'password', 'bo', '--password', 'x'), 2, /unknown option '--password'/);
  });

  it('is asked for a password at a terminal, which does not show it', async function () {
    if (!(await has('script', '--version'))) {
      console.log('      skipped: there is no program script here');
      return this.skip();
    }
    const line = `"${process.execPath}" "${main}" user password bo`;
    const ended = await project.execute('script', ['-qec', line, '/dev/null'], {
      input: 'to be or not\nto be or not\n',
    });
    expect(ended.stdout).to.contain('Password: ').and.to.contain('Password again: ').and.to.contain('of bo is changed');
    expect(ended.stdout).not.to.match(/Password: to be/);
    expect((await json('user', 'show', 'bo')).user.has_password).to.equal(true);
  });

  it('is removed, but not the last administrator', async () => {
    await run('user', 'create', 'cy', '--no-password');
    expect((await run('user', 'remove', 'cy')).stdout).to.equal('The user cy is removed.\n');
    refused(await run('user', 'remove', 'cy'), 2, /username: 'cy' is no user/);
    refused(await run('user', 'remove', 'ana'), 1, /ana is the last administrator/);
    refused(await run('user', 'create', 'ana'), 1, /.+/);
    refused(
      await run('user', 'create', 'dora', '--role', 'adminstrator'),
      2,
      /no role 'adminstrator' \(did you mean administrator\?\)/,
    );
    refused(await run('user', 'show', 'dora'), 2, /'dora' is no user/);
  });
});
