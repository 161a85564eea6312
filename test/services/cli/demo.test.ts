import { expect } from 'chai';
import { has, Project, type Serving } from './project.ts';

const functions = `
import { define, t } from 'polywire';
const text = { description: 'Of the newcomer.', effect: 'read', returns: t.string() };
export default [
  define('hello.world', { ...text, params: { to: t.string() }, examples: [{ params: { to: "O'Neil" } }], handler: ({ to }) => 'Hello, ' + to }),
  define('admin.reset', { ...text, handler: () => 'reset' }),
];
`;

describe('polywire serve --demo', () => {
  const project = new Project();
  let serving: Serving;

  before(async () => {
    project.write('functions.mjs', functions);
    serving = await project.serve('--demo', '--load', './functions.mjs');
  });

  after(() => project.remove());

  const lines = (start: string) =>
    serving
      .stdout()
      .split('\n')
      .filter((line) => line.startsWith(start));

  it('prints a line to copy for each protocol, and each answers as printed in a shell', async function () {
    this.timeout(30_000);
    if (!(await has('curl', '--version')) || !(await has('sh', '-c', 'true'))) {
      console.log('      skipped: there is no curl or no sh here');
      return;
    }
    const curls = lines('curl ');
    expect(curls).to.have.length(8);
    const answers = await Promise.all(curls.map((line) => project.shell(`${line} --silent --show-error`)));
    const texts = answers.map(({ stdout }) => stdout);
    expect(texts[0]).to.match(/^\{"status":"ok","result":"Hello, Ana!","requestId":"[^"]+"\}$/);
    expect(texts[1]).to.equal('{"jsonrpc":"2.0","result":"Hello, Ana!","id":1}');
    expect(texts[2]).to.contain('<methodResponse><params><param><value><string>Hello, Ana!</string></value>');
    expect(texts[3]).to.contain('<result>Hello, Ana!</result>').and.to.contain('test_greetResponse');
    expect(JSON.parse(texts[4] ?? '')).to.have.deep.nested.property('result.structuredContent', {
      result: 'Hello, Ana!',
    });
    expect(texts[5]).to.contain('<wsdl:definitions').and.to.contain(`location="${serving.url}/soap"`);
    expect(JSON.parse(texts[6] ?? '')).to.have.nested.property('servers[0].url', serving.url);
    expect(JSON.parse(texts[7] ?? '')).to.have.nested.property('servers[0].url', `${serving.url}/jsonrpc`);
    const calls = lines('npx --no polywire call ');
    expect(calls).to.have.length(6);
    for (const protocol of ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'mcp']) {
      expect(calls.filter((line) => line.includes(`--protocol ${protocol} `))).not.to.have.length(0);
    }
    const results = await Promise.all(calls.map((line) => project.shell(line)));
    expect(results.map(({ stdout }) => stdout)).to.deep.equal([
      ...Array(5).fill('"Hello, Ana!"\n'),
      '"Hello, O\'Neil"\n',
    ]);
  });

  it('prints the console first, where a newcomer calls without signing in and becomes the administrator', async () => {
    const [first = '', second = ''] = serving.stdout().split('\n');
    expect(first).to.equal(`# The console: ${serving.url}/console/`);
    expect(second).to.match(/^# To administer it, once, within an hour: http:\/\/\S+\/console\/setup#pwi_\S{32}$/);
    const link = new URL(second.split(' ').at(-1) ?? '');
    const post = async (name: string, params: object, headers: Record<string, string> = {}) => {
      const body = JSON.stringify({ function: name, params });
      const headed = { 'Content-Type': 'application/json', ...headers };
      const answer = await fetch(`${link.origin}/console/call`, { method: 'POST', body, headers: headed });
      return { answer, json: JSON.parse(await answer.text()) };
    };
    expect((await post('test.greet', { name: 'Ana' })).json.result).to.equal('Hello, Ana!');
    const { site } = (await post('console.session', {})).json.result;
    expect(site).to.include({ demo: true, database: true, setup: true });
    const made = await post('console.setup', {
      secret: link.hash.slice(1),
      username: 'ana',
      password: 'a-long-password',
    });
    expect(made.json.status, JSON.stringify(made.json)).to.equal('ok');
    const session = {
      Cookie: made.answer.headers.get('set-cookie')?.split(';', 1)[0] ?? '',
      'X-CSRF-Token': made.json.result.csrf,
    };
    const key = await post('admin.create_key', { name: 'A key', signing: true }, session);
    expect(key.json.status, JSON.stringify(key.json)).to.equal('ok');
    expect((await fetch(`${link.origin}/rest/admin.list_keys`, { method: 'POST' })).status).to.be.oneOf([404, 415]);
  });

  it('serves the samples beside what --load brings, all but functions for administrators', async () => {
    const answers = await Promise.all(
      ['test.echo?string=x', 'hello.world?to=x', 'admin.reset'].map((tail) => fetch(`${serving.url}/rest/${tail}`)),
    );
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 404]);
  });

  it('logs nothing unless asked, and writes no settings', async () => {
    expect(serving.stderr()).to.equal('');
    expect((await project.invoke('site', 'show')).stdout).to.contain('which does not exist yet');
  });

  it('lets a function of the newcomer take the place of a sample that does not fit beside it', async () => {
    project.write(
      'own.mjs',
      functions
        .replaceAll('hello.world', 'test.greet')
        .replace('{ params: { to: "O\'Neil" } }', '')
        .replace('{ to: t.string() }', '{}'),
    );
    const second = await project.serve('--demo', '--load', 'own.mjs');
    const answer = await fetch(`${second.url}/rest/test.greet`);
    expect(await answer.json()).to.include({ status: 'ok', result: 'Hello, undefined' });
    expect((await second.stop()).status).to.equal(process.platform === 'win32' ? null : 0);
  });

  it('quotes the address of IPv6, which shells take for a pattern', async function () {
    const other = await project.serve('--demo', '--host', '::1').catch((): undefined => undefined);
    if (other === undefined) return this.skip();
    const line = /^curl .*'(http:\/\/\[::1\]:\d+)\/jsonrpc'$/m.exec(other.stdout())?.[0] ?? '';
    expect((await project.shell(`${line} -s`)).stdout).to.contain('Hello, Ana!');
  });

  it('listens at this machine only, and says so in one line', async () => {
    const refused = await project.invoke('serve', '--demo', '--host', '0.0.0.0');
    expect(refused).to.deep.include({ status: 2, stdout: '' });
    expect(refused.stderr).to.match(/^polywire: --demo [^\n]*0\.0\.0\.0[^\n]*\n$/);
    const settings = await project.invoke('serve', '--demo', '--settings', 'x.json');
    expect(settings).to.deep.include({ status: 2, stdout: '' });
    expect(settings.stderr).to.match(/^polywire: --demo [^\n]*\n$/);
  });
});
