import { expect } from 'chai';
import { Project, refused } from './project.ts';

const functions = `
import { define, t } from 'polywire';
export default define('hello.world', { description: 'Of the newcomer.', effect: 'read', returns: t.string(), handler: () => 'hello' });
`;

const withoutLibsql = `
import { register } from 'node:module';
const hook = "export const resolve = (name, context, next) => { if (name === 'libsql') throw Object.assign(new Error('gone'), { code: 'ERR_MODULE_NOT_FOUND' }); return next(name, context); };";
register('data:text/javascript,' + encodeURIComponent(hook));
`;

describe('polywire serve with a database', () => {
  let project: Project;

  beforeEach(() => {
    project = new Project();
    project.write('functions.mjs', functions);
  });

  afterEach(() => project.remove());

  it('says at the start how to become the administrator, until there is one', async () => {
    const first = await project.serve('--load', './functions.mjs', '--log', 'off');
    expect(first.stdout()).to.contain('with the settings of sqlite:polywire.db.');
    expect(first.stdout()).to.contain('Functions: 0 of 1 on');
    expect(first.stdout()).to.match(
      /\n\nThere is no administrator yet\. To become it, open this link within an hour:\n {2}http:\/\/127\.0\.0\.1:\d+\/console\/setup#pwi_[A-Za-z0-9_-]{32}\nor, in another terminal:\n +npx --no polywire user create <name> --role administrator\n$/,
    );
    await first.stop();
    await project.invoke('user', 'create', 'eve', '--no-password');
    await project.invoke('setting', 'set', 'console', '{"enabled":false}');
    const other = await project.serve('--load', './functions.mjs', '--log', 'off');
    expect(other.stdout()).to.match(
      /\n\nThere is no administrator yet\. To make one, in another terminal:\n +npx --no polywire user create <name> --role administrator\n$/,
    );
    await other.stop();
    await project.invoke('user', 'create', 'ana', '--role', 'administrator', '--no-password');
    const second = await project.serve('--load', './functions.mjs', '--log', 'off');
    expect(second.stdout()).not.to.contain('no administrator yet');
    expect(second.stderr()).to.equal('');
  });

  it('takes the settings file of the folder over before it serves', async () => {
    const settings = {
      enablewebservices: true,
      enabledwsprotocols: ['rest'],
      enabledwsfunctions: ['hello.*', 'auth.whoami'],
    };
    project.write('polywire.settings.json', JSON.stringify(settings));
    const { url, stdout, stderr } = await project.serve('--load', './functions.mjs', '--log', 'off');
    expect(stderr()).to.contain('polywire: note: polywire.settings.json has been taken over into sqlite:polywire.db');
    expect(stdout()).to.contain('Functions: 2 of 2 on: hello.world, auth.whoami').and.not.to.contain('not to be found');
    const answer = await fetch(`${url}/rest/hello.world`);
    expect(await answer.json()).to.include({ status: 'ok', result: 'hello' });
  });

  it('serves a settings file instead: nobody is known, and no user is asked for', async () => {
    const { url, stdout } = await project.serve('--settings', 'own.json', '--load', './functions.mjs', '--log', 'off');
    expect(stdout()).to.contain('own.json (which does not exist yet)').and.not.to.contain('no administrator yet');
    const lists = await project.invoke('function', 'list', '--all', '--json', '--settings', 'own.json');
    expect(lists.stdout).not.to.contain('admin.');
    expect((await fetch(`${url}/rest/hello.world`)).status).to.equal(403);
  });

  it('keeps the demo without a database', async () => {
    refused(await project.invoke('serve', '--demo', '--database', 'sqlite:x.db'), 2, /--demo is without a database/);
    const { url } = await project.serveWith({ DATABASE_URL: 'postgres://nowhere.invalid/x' }, '--demo');
    expect((await fetch(`${url}/rest/test.greet?name=Ana`)).status).to.equal(200);
    expect((await project.invoke('site', 'show')).stdout).to.contain('(which does not exist yet)');
  });

  it('says what is missing where SQLite cannot be loaded, and that there is the demo', async () => {
    project.write('without-libsql.mjs', withoutLibsql);
    const env = { NODE_OPTIONS: '--import=./without-libsql.mjs' };
    const serve = await project.runWith({ env }, 'serve', '--port', '0');
    refused(serve, 1, /libsql.*; or try: npx --no polywire serve --demo/);
    const demo = await project.serveWith(env, '--demo');
    expect((await fetch(`${demo.url}/rest/test.greet?name=Ana`)).status).to.equal(200);
  });

  it('refuses a secret of the site that is too short, in one line without it', async () => {
    const ended = await project.runWith({ env: { POLYWIRE_SECRET: 'hush' } }, 'serve', '--port', '0', '--log', 'off');
    refused(ended, 1, /POLYWIRE_SECRET must have at least 32/);
    expect(ended.stderr).not.to.contain('hush');
  });

  it('knows the functions that come with a database, which no glob switches on', async () => {
    const load = ['--load', 'functions.mjs'];
    expect((await project.invoke('function', 'enable', 'auth.gettoken', ...load)).stderr).not.to.contain('none of');
    refused(await project.invoke('function', 'enable', 'auth.gettokn', ...load), 2, /did you mean auth\.gettoken\?/);
    refused(await project.invoke('function', 'enable', 'auth.*'), 2, /name each function/);
    const names = async (...words: string[]) =>
      (await project.json('function', 'list', ...load, ...words)).functions.map(({ name }: { name: string }) => name);
    expect(await names()).to.deep.equal(['hello.world', 'auth.gettoken']);
    expect(await names('--all')).to.include.members(['hello.world', 'auth.gettoken', 'admin.create_key']);
  });

  it('prints addresses that answer where it listens at all of them, and what others lack', async () => {
    const hint = /so they are refused; to name it:\n {2}npx --no polywire setting set publicUrl https:\S+\n/;
    const { url, stdout, stop } = await project.serve('--host', '0.0.0.0', '--log', 'off');
    expect(url).to.match(/^http:\/\/127\.0\.0\.1:/);
    expect(stdout()).to.match(hint).and.not.to.contain('//0.0.0.0');
    expect((await fetch(`${url}/rest/test.echo`)).status, 'the switches refuse it, not its host').to.equal(403);
    await stop();
    await project.invoke('setting', 'set', 'allowedHosts', 'api.example.org');
    const named = await project.serve('--host', '0.0.0.0', '--log', 'off');
    expect(named.stdout()).not.to.match(hint);
    await named.stop();
    const here = await project.serve('--log', 'off');
    expect(here.stdout()).not.to.match(hint);
  });
});
