import { expect } from 'chai';
import { openStore } from '../../../lib/store/open.ts';
import { Project, refused } from './project.ts';

describe('polywire setting', () => {
  const project = new Project();

  after(() => project.remove());

  const setting = (...words: string[]) => project.invoke('setting', ...words);

  it('lists every setting by its dotted name with value and description, within 120 columns', async () => {
    const { status, stdout } = await setting('list');
    expect(status).to.equal(0);
    expect(stdout).to.match(/^SETTING +VALUE +DESCRIPTION$/m);
    expect(stdout).to.match(/^limits\.batch +50 +Calls in one batch or multicall\.$/m);
    expect(stdout)
      .to.match(/^logins\.perAddress +20 +/m)
      .and.to.match(/^quotas\.keyPerDay +0 +/m);
    expect(stdout)
      .to.match(/^xmlrpc\.extensions +off +/m)
      .and.to.match(/^httpsRequired +on +/m);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).to.be.at.most(120);
  });

  it('says which authenticators it does not know, since a program may bring them', async () => {
    const chain = (...names: string[]) => JSON.stringify(names.map((name) => ({ name, importance: 'sufficient' })));
    const known = ['key', 'signature', 'oauth1', 'token', 'session', 'basic', 'username-token', 'jwt'];
    expect(await setting('set', 'authenticators', chain(...known))).to.include({ status: 0, stderr: '' });
    const { status, stderr } = await setting('set', 'authenticators', chain('keyy', 'token'));
    expect(status).to.equal(0);
    expect(stderr).to.match(/^polywire: note: [^\n]*'keyy' \(did you mean key\?\)[^\n]*passed over\n$/);
    const must = await setting('set', 'authenticators', '{"name":"badge","importance":"required"}');
    expect(must.stderr).to.match(/^polywire: note: [^\n]*'badge'[^\n]*nobody gets in\n$/);
    await setting('unset', 'authenticators');
  });

  it('sets each kind of value, shows it, and sets it back', async () => {
    const cases: [string, string[], unknown, string][] = [
      ['limits.batch', ['20'], 20, '20'],
      ['quotas.strict', ['on'], true, 'on'],
      ['namespace', ['urn:x'], 'urn:x', 'urn:x'],
      ['documents', ['authenticated'], 'authenticated', 'authenticated'],
      ['addresses', ['10.0.0.0/8,', '::1'], ['10.0.0.0/8', '::1'], '10.0.0.0/8,::1'],
      ['corsOrigins', ['none'], [], 'none'],
      [
        'authenticators',
        ['{"name":"key","importance":"required"}'],
        [{ name: 'key', importance: 'required' }],
        '[{"name":"key","importance":"required"}]',
      ],
      ['xmlrpc.extensions', ['on'], true, 'on'],
      [
        'jwt',
        ['{"issuer":"a","audience":"b","jwks":"c.json"}'],
        { issuer: 'a', audience: 'b', jwks: 'c.json', username: 'sub', scope: 'scope' },
        '',
      ],
      ['jwt.issuer', ['z'], 'z', 'z'],
    ];
    for (const [name, words, value, text] of cases) {
      const { status, stdout, stderr } = await setting('set', name, ...words);
      expect({ status, stderr }, name).to.deep.equal({ status: 0, stderr: '' });
      if (text !== '') expect(stdout).to.equal(`${name} = ${text}\n`);
      const shown = JSON.parse((await setting('show', name, '--json')).stdout);
      if (name !== 'jwt') expect(shown[name]).to.deep.equal(value);
      else expect(Object.values(shown)).to.deep.equal(Object.values(value as object));
    }
    expect((await setting('list', '--changed')).stdout.match(/\*/g)).to.have.length(12);
    const names = cases.map(([name]) => name).filter((name) => !name.startsWith('jwt.'));
    const back = await setting('unset', ...names);
    expect(back.status).to.equal(0);
    expect(back.stdout).to.contain('limits.batch = 50\n').and.to.contain('jwt.issuer = -\n');
    expect((await setting('list', '--changed', '--json')).stdout).to.equal('{}\n');
  });

  it('notes an event for what has really changed', async () => {
    await setting('set', 'limits.deadline', '1000', '--database', 'sqlite:events.db');
    await setting('set', 'limits.deadline', '1000', '--database', 'sqlite:events.db');
    await project.invoke('site', 'enable', '--database', 'sqlite:events.db');
    const store = await openStore(`sqlite:${project.folder}/events.db`);
    const events = await store.audit.events({});
    await store.close();
    expect(events.map(({ kind, actor, subject }) => [kind, actor, subject])).to.have.deep.members([
      ['setting-changed', 'cli', 'limits/deadline'],
      ['setting-changed', 'cli', 'enablewebservices'],
    ]);
  });

  it('refuses what is no setting or no value of it, in one line, and changes nothing', async () => {
    const refusals: [string[], RegExp][] = [
      [['set', 'limits.bach', '1'], /no setting 'limits\.bach' \(did you mean limits\.batch\?\)/],
      [['set', 'limits.batch', 'many'], /limits\.batch: must be a whole number/],
      [['set', 'limits.batch', '-1'], /limits\.batch: must be /],
      [['set', 'documents', 'secret'], /documents: must be one of public, authenticated/],
      [['set', 'addresses', '10.1'], /addresses\.0: must be an address/],
      [['set', 'limits.headersTimeout', '70000'], /limits\.headersTimeout: must be at most/],
      [['set', 'jwt.issuer', 'x'], /jwt\.audience: is missing/],
      [['set', 'jwt', '{'], /jwt: /],
      [['set', '__proto__', 'x'], /no setting '__proto__'/],
      [['unset', 'limits.batch', 'nothing'], /no setting 'nothing'/],
      [['set', 'limits.batch'], /missing required argument/],
    ];
    await setting('set', 'limits.batch', '21');
    for (const [words, said] of refusals) {
      refused(await setting(...words), 2, said);
    }
    expect((await setting('list', '--changed', '--json')).stdout).to.equal('{\n  "limits.batch": 21\n}\n');
  });

  it('mends settings that have become wrong', async () => {
    const store = await openStore(`sqlite:${project.folder}/wrong.db`);
    await store.settings.update(() => ({ limits: { batch: 'x' } }) as never);
    await store.close();
    const database = ['--database', 'sqlite:wrong.db'];
    const wrong = await setting('list', ...database);
    expect(wrong).to.deep.include({ status: 1, stdout: '' });
    expect(wrong.stderr).to.match(/^polywire: [^\n]*limits\/batch: must be a whole number[^\n]*\n$/);
    expect((await setting('unset', 'limits.batch', ...database)).status).to.equal(0);
    expect((await setting('list', '--changed', '--json', ...database)).stdout).to.equal('{}\n');
  });
});
