import { expect } from 'chai';
import { Project, refused } from './project.ts';

describe('polywire explain', () => {
  const project = new Project();
  let token = { id: '', secret: '' };

  before(async () => {
    await project.invoke('protocol', 'enable', 'soap');
    await project.invoke('function', 'enable', 'test.*');
    await project.invoke('user', 'create', 'ana', '--no-password', '--role', 'caller');
    const made = await project.invoke('token', 'create', 'ana', '--addresses', '10.0.0.7', '--json');
    const { token: record, secret } = JSON.parse(made.stdout);
    token = { id: String(record.id), secret };
    await project.invoke('setting', 'set', 'allowedHosts', 'localhost');
  });

  after(() => project.remove());

  const explain = (...words: string[]) => project.invoke('explain', ...words);
  const verdict = (text: string, gate: string) => new RegExp(`^${gate} +(\\w+) `, 'm').exec(text)?.[1];

  it('prints each gate with its verdict, and which one refuses first', async () => {
    const call = ['test.echo', '--protocol', 'soap', '--token', token.id];
    const off = await explain(...call, '--from', '10.0.0.7');
    expect(off.stdout).to.match(/^GATE +VERDICT +REASON\nsite +refuse +/);
    expect(off.stdout).to.contain(
      'The call would be refused by the gate site; the caller would be told service-off.\n',
    );
    await project.invoke('site', 'enable');
    const elsewhere = await explain(...call, '--from', '10.0.0.8');
    expect(verdict(elsewhere.stdout, 'site')).to.equal('pass');
    expect(verdict(elsewhere.stdout, 'credential-address')).to.equal('refuse');
    expect(elsewhere.stdout).to.contain('the caller would be told invalid-credentials');
    const right = await explain(...call, '--from', '10.0.0.7');
    expect(right.stdout)
      .to.contain('\nThe call would pass.\n')
      .and.not.to.match(/ refuse /);
    const plain = await explain(...call, '--from', '10.0.0.7', '--no-https');
    expect(verdict(plain.stdout, 'https')).to.equal('refuse');
  });

  it('takes a token itself from the standard input, and prints no part of it', async () => {
    const words = ['explain', 'test.echo', '--protocol', 'soap', '--from', '10.0.0.7', '--token', '-', '--json'];
    const { stdout, stderr } = await project.runWith({ input: `${token.secret}\n` }, ...words);
    expect(stderr).to.equal('');
    expect(JSON.parse(stdout)).to.include({ allowed: true });
    expect(stdout).not.to.contain(token.secret.slice(4));
  });

  it('knows the functions of a module', async () => {
    project.write(
      'own.mjs',
      "import { define, t } from 'polywire';\nexport default define('own.x', { description: 'X.', effect: 'read', returns: t.string(), handler: () => '' });\n",
    );
    const call = ['own.x', '--protocol', 'soap'];
    expect(verdict((await explain(...call, '--load', 'own.mjs')).stdout, 'function')).to.equal('pass');
    expect(verdict((await explain(...call)).stdout, 'function')).to.equal('refuse');
  });

  it('says what became of a request', async () => {
    const { stdout } = await project.invoke('audit', '--function', 'admin.create_token', '--json');
    const [record] = JSON.parse(stdout);
    const told = await explain('--request', record.request_id);
    expect(told.stdout).to.contain('admin.create_token over internal by cli from inside: ok. ');
  });

  it('refuses in one line what cannot be explained', async () => {
    const refusals: [string[], RegExp][] = [
      [[], /name a function, or a request by --request/],
      [['test.echo', '--request', 'x'], /name a function, or a request by --request/],
      [['test.echo'], /--protocol: is missing/],
      [['test.echo', '--protocol', 'smtp'], /--protocol/],
      [['test.echo', '--protocol', 'soap', '--key', 'nope'], /--key: 'nope' is no key/],
      [['test.echo', '--protocol', 'soap', '--user', 'nobody'], /--user: 'nobody' is no user/],
      [['test.echo', '--protocol', 'soap', '--from', 'here'], /--from: must be an address/],
      [['--request', 'gone'], /--request: 'gone' is not recorded/],
    ];
    for (const [words, said] of refusals) {
      refused(await explain(...words), 2, said);
    }
  });
});
