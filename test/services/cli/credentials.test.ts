import { expect } from 'chai';
import { Project, refused, type Serving } from './project.ts';

const functions = `
import { define, t } from 'polywire';
const Caller = t.object('Caller', { client: t.optional(t.string()), user: t.optional(t.string()) });
export default define('own.caller', {
  description: 'Says who calls.', effect: 'read', access: { client: 'optional', user: 'optional' },
  params: { text: t.default(t.string(), '') }, returns: Caller,
  handler: (_, { client, user }) => ({ ...(client && { client: client.id }), ...(user && { user: user.username }) }),
});
`;

const dialects = ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'soap12'] as const;

describe('polywire call with credentials', () => {
  const project = new Project();
  const secrets = { POLYWIRE_SECRET: 'a-secret-of-32-characters-or-more' };
  let serving: Serving;
  let key = { id: '', secret: '' };
  let signer = { id: '', secret: '' };
  let token = '';

  before(async () => {
    project.write('functions.mjs', functions);
    await project.invoke('site', 'enable');
    await project.invoke('protocol', 'enable', 'rest', 'jsonrpc', 'xmlrpc', 'soap');
    await project.invoke('function', 'enable', 'own.*', '--load', 'functions.mjs');
    await project.invoke('function', 'enable', 'auth.gettoken', 'auth.whoami');
    const ana = ['user', 'create', 'ana', '--role', 'caller', '--password-stdin'];
    await project.runWith({ input: 'correct horse\n' }, ...ana);
    token = (await project.json('token', 'create', 'ana')).secret;
    const made = await project.json('key', 'create', 'desk');
    key = { id: made.key.id, secret: made.secret };
    const signing = await project.invokeWith(secrets, 'key', 'create', 'signer', '--signing', '--json');
    const { key: record, secret } = JSON.parse(signing.stdout);
    signer = { id: record.id, secret };
    serving = await project.serveWith(secrets, '--load', './functions.mjs');
  });

  after(() => project.remove());

  const wordsOf = (protocol: string) => {
    const at = ['--protocol', protocol, '--url', serving.url, '--load', 'functions.mjs'];
    return ['call', 'own.caller', 'text=x', ...at];
  };
  const call = async (protocol: string, ...words: string[]) => {
    const { stdout, stderr } = await project.invoke(...wordsOf(protocol), ...words);
    expect(stderr).to.equal('');
    return JSON.parse(stdout);
  };
  const callWith = async (input: string, ...words: string[]) => {
    const { stdout, stderr } = await project.runWith({ input }, ...wordsOf('rest'), ...words);
    expect(stderr).to.equal('');
    return JSON.parse(stdout);
  };
  const callIn = async (env: Record<string, string>, ...words: string[]) =>
    JSON.parse((await project.invokeWith(env, ...wordsOf('rest'), ...words)).stdout);

  for (const protocol of dialects) {
    it(`says by key, token and signature who calls, over ${protocol}`, async () => {
      expect(await call(protocol)).to.deep.equal({});
      expect(await call(protocol, '--key', key.secret)).to.deep.equal({ client: key.id });
      expect(await call(protocol, '--token', token)).to.deep.equal({ user: 'ana' });
      const both = await call(protocol, '--token', token, '--key', key.secret);
      expect(both).to.deep.equal({ client: key.id, user: 'ana' });
      const env = { POLYWIRE_KEY_SECRET: signer.secret };
      const signed = await project.invokeWith(env, ...wordsOf(protocol), '--sign', signer.id, '--token', token);
      expect(JSON.parse(signed.stdout), signed.stderr).to.deep.equal({ client: signer.id, user: 'ana' });
    });
  }

  it('reads secrets from the standard input or the environment; what the command line says goes first', async () => {
    expect(await callWith(`${token}\n`, '--token', '-')).to.deep.equal({ user: 'ana' });
    expect(await callWith(key.secret, '--key', '-')).to.deep.equal({ client: key.id });
    expect(await callWith(`${signer.secret}\n`, '--sign', signer.id)).to.deep.equal({ client: signer.id });
    const env = { POLYWIRE_TOKEN: token, POLYWIRE_KEY: key.secret };
    expect(await callIn(env)).to.deep.equal({ client: key.id, user: 'ana' });
    const signed = await callIn({ ...env, POLYWIRE_KEY_SECRET: signer.secret }, '--sign', signer.id);
    expect(signed).to.deep.equal({ client: signer.id, user: 'ana' });
    const wrong = await project.invokeWith(env, ...wordsOf('rest'), '--token', 'wrong');
    expect(wrong.stderr).to.match(/^invalid-credentials: /);
  });

  it('shows the exchange without the secrets', async () => {
    const words = [...wordsOf('soap'), '--token', token, '--key', key.secret, '--show'];
    const { stderr } = await project.invoke(...words);
    expect(stderr).to.contain('> X-API-Key: …\n').and.to.contain('> Authorization: Bearer …\n');
    expect(stderr).not.to.contain(token).and.not.to.contain(key.secret);
  });

  it('refuses what is ambiguous, in one line', async () => {
    refused(await project.invoke(...wordsOf('rest'), '--key', 'x', '--sign', 'y'), 2, /--key and --sign/);
    refused(await project.invoke(...wordsOf('rest'), '--key', '-', '--token', '-'), 2, /only one secret/);
    refused(await project.run(...wordsOf('rest'), '--token', '-'), 2, /--token reads a line/);
  });

  it('calls the functions that come with a database', async () => {
    const at = ['--url', serving.url];
    const login = ['call', 'auth.gettoken', 'username=ana', 'password=-', ...at];
    const got = await project.runWith({ input: 'correct horse\n' }, ...login);
    const fresh = JSON.parse(got.stdout).token;
    const who = await project.invoke('call', 'auth.whoami', '--token', fresh, ...at);
    expect(who.stdout).to.contain('"ana"');
  });

  it('sees a revoked key refused by the running server within two seconds', async () => {
    const made = await project.json('key', 'create', 'short-lived');
    expect(await call('rest', '--key', made.secret)).to.deep.equal({ client: made.key.id });
    await project.invoke('key', 'revoke', made.key.id);
    const end = Date.now() + 2_000;
    const words = [...wordsOf('rest'), '--key', made.secret];
    let ended = await project.invoke(...words);
    while (ended.status === 0 && Date.now() < end) ended = await project.invoke(...words);
    expect(ended.stderr).to.match(/^invalid-credentials: /);
  });
});
