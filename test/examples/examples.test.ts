import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { root } from '../lib/repository.ts';
import { has, main, Project, type Serving } from '../services/cli/project.ts';

const examples = join(root, 'examples');

describe('the examples', () => {
  const project = new Project();
  let demo: Serving;

  before(async () => {
    cpSync(examples, project.folder, { recursive: true });
    demo = await project.serve('--demo', '--load', './first-function/functions.mjs');
  });

  after(() => project.remove());

  const result = async (url: string) => ((await (await fetch(url)).json()) as { result: unknown }).result;

  it('define a first function that every protocol serves', async () => {
    const books = await result(`${demo.url}/rest/shop.find_books?author=Le+Guin&limit=1`);
    const book = {
      title: 'The Left Hand of Darkness',
      author: 'Ursula K. Le Guin',
      price: '9.99',
      published: '1969-03-01',
    };
    expect(books).to.deep.equal([{ id: '1', ...book }]);
    for (const protocol of ['jsonrpc', 'xmlrpc', 'soap', 'soap12']) {
      const words = ['shop.find_books', 'author=Le Guin', 'limit=1', '--load', 'first-function/functions.mjs'];
      const { stdout } = await project.invoke('call', ...words, '--protocol', protocol, '--url', demo.url);
      expect(JSON.parse(stdout)).to.deep.equal(books);
    }
    expect(demo.stdout()).to.contain("call shop.find_books 'author=Le Guin' --protocol rest");
  });

  it('say what to run, and it is so', async function () {
    if (!(await has('curl', '--version')) || !(await has('sh', '-c', 'true'))) {
      console.log('      skipped: there is no curl or no sh here');
      return this.skip();
    }
    const text = readFileSync(join(examples, 'first-function', 'README.md'), 'utf8');
    const lines = text.match(/^(?:npx --no polywire|curl) .*$/gm) ?? [];
    const first = lines.shift();
    expect(first).to.equal('npx --no polywire serve --load ./functions.mjs');
    const here = (line: string) =>
      line
        .replace('npx --no polywire', `"${process.execPath}" "${main}"`)
        .replaceAll('./functions', 'first-function/functions');
    const { url } = await project.serve('--load', './first-function/functions.mjs');
    for (const line of lines.slice(0, 3)) expect((await project.shell(here(line))).status, line).to.equal(0);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    for (const line of lines.slice(3, 7)) {
      const at = line.startsWith('curl') ? line.replace('http://127.0.0.1:8080', url) : `${line} --url ${url}`;
      const { status, stdout } = await project.shell(here(at));
      expect(status, line).to.equal(0);
      expect(stdout, line).to.match(/The Left Hand of Darkness|Kindred/);
    }
    expect(lines.slice(7)).to.deep.equal(['npx --no polywire serve --demo --load ./functions.mjs']);
  });

  it('resolve polywire from where they lie in the repository', async function () {
    if (!main.startsWith(join(root, 'dist'))) return this.skip();
    const { stdout } = await project.invoke(
      'function',
      'list',
      '--load',
      join(examples, 'first-function/functions.mjs'),
    );
    expect(stdout).to.contain('shop.find_books');
  });

  it('mount the protocols inside a Koa application', async () => {
    const env = { ...process.env, PORT: '0' };
    const child = spawn(process.execPath, ['embed-in-koa/app.mjs'], { cwd: project.folder, env });
    const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
    const url = /http:\S+/.exec(String(line))?.[0] ?? '';
    expect(await result(`${url}/rest/site.greet?name=Ana`)).to.equal('Welcome, Ana!');
    expect(await (await fetch(`${url}/soap?wsdl`)).text()).to.contain(`location="${url}/soap"`);
    expect(await (await fetch(`${url}/other`)).text()).to.equal('The rest of the site.\n');
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  });

  const clients: [string, string[], RegExp][] = [
    [
      'php',
      ['-d', 'display_errors=1', 'clients/soap.php'],
      /^Hello, Ana!\ntest-refused: The test was refused, try again 3 times\n$/,
    ],
    ['python3', ['clients/xmlrpc-client.py'], /^Hello, Ana!\n1002 test-refused: The test was refused\n$/],
    [
      'sh',
      ['clients/jsonrpc.sh'],
      /^\{"jsonrpc":"2\.0","result":"Hello, Ana!","id":1\}\n\[.*"result":5.*sum-too-large.*\]\n$/,
    ],
    ['sh', ['clients/rest.sh'], /^(?:\{"status":"ok",.*Ana!.*\n){3}\{"status":"error".*"path":"name".*\}\n$/],
  ];

  for (const [program, words, expected] of clients) {
    it(`call the demo: ${program} ${words.at(-1)}`, async function () {
      const trial = program === 'php' ? ['-r', 'exit(class_exists("SoapClient") ? 0 : 1);'] : ['-c', ''];
      const curl = program !== 'sh' || (await has('curl', '--version'));
      if (!curl || !(await has(program, ...trial))) {
        console.log(`      skipped: ${program} with what it needs is not on this machine`);
        return this.skip();
      }
      process.env['POLYWIRE_URL'] = demo.url;
      try {
        const { stdout, stderr } = await project.execute(program, words);
        expect(stdout, stderr).to.match(expected);
      } finally {
        delete process.env['POLYWIRE_URL'];
      }
    });
  }
});
