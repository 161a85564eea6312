import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { invokeAll, Project, type Serving } from './project.ts';

const functions = `
import { define, t } from 'polywire';
const Part = t.object('Part', { name: t.string(), size: t.optional(t.int64()), when: t.nullable(t.datetime()) });
const All = {
  text: t.string(), big: t.default(t.int64(), 7n), share: t.optional(t.float()), price: t.optional(t.decimal()),
  day: t.optional(t.date()), at: t.optional(t.datetime()), photo: t.optional(t.bytes()), colour: t.optional(t.enum(['red'])),
  parts: t.optional(t.list(Part)), counts: t.optional(t.map(t.int())), any: t.optional(t.json()), maybe: t.optional(t.nullable(t.string())),
  yes: t.optional(t.boolean()),
};
export const all = define('own.all', { description: 'Gives back what it got.', effect: 'write', params: All,
  returns: t.object('All', All), handler: (params) => params });
export const nothing = define('own.nothing', { description: 'Gives nothing.', effect: 'write', handler: () => undefined });
export const liar = define('own.liar', { description: 'Is of another type elsewhere.', effect: 'read',
  returns: t.string(), handler: () => 'text' });
`;

const dialects = ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'soap12'] as const;

describe('polywire call', () => {
  const project = new Project();
  let serving: Serving;

  before(async () => {
    project.write('functions.mjs', functions);
    project.write(
      'liar.mjs',
      functions.replace("returns: t.string(), handler: () => 'text'", 'returns: t.int(), handler: () => 1'),
    );
    serving = await project.serve('--demo', '--load', './functions.mjs');
  });

  after(() => project.remove());

  const wordsOf = (protocol: string, words: readonly string[]) => [
    'call',
    ...words,
    '--protocol',
    protocol,
    '--url',
    serving.url,
    '--load',
    'functions.mjs',
  ];
  const call = (protocol: string, ...words: string[]) => project.run(...wordsOf(protocol, words));
  const byEach = (...words: string[]) =>
    invokeAll(
      project,
      dialects.map((dialect) => wordsOf(dialect, words)),
    );

  it('carries values of every kind there and back over each protocol', async () => {
    project.write('photo.bin', '\u0000\u0001é');
    const words = [
      'own.all',
      'text= <ü> & "x"\n',
      'big=-9223372036854775808',
      'share=1e-7',
      'price=12.500',
      'day=2024-02-29',
      'at=2024-02-29T12:00:00.000+02:00',
      'photo=@photo.bin',
      'colour=red',
      'parts=[{"name":"a","size":"9007199254740993","when":null},{"name":"","when":"2020-01-01T00:00:00Z"}]',
      'counts={"one & only":1}',
      'any={"a":[1,2.5,null,true,{"b":"<"}]}',
      'yes=1',
    ];
    const results = await Promise.all(dialects.map((dialect) => call(dialect, ...words)));
    for (const { status, stdout, stderr } of results) {
      expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' });
      expect(JSON.parse(stdout)).to.deep.equal({
        text: ' <ü> & "x"\n',
        big: '-9223372036854775808',
        share: 1e-7,
        price: '12.500',
        day: '2024-02-29',
        at: '2024-02-29T10:00:00.000Z',
        photo: Buffer.from('\u0000\u0001é').toString('base64'),
        colour: 'red',
        parts: [
          { name: 'a', size: '9007199254740993', when: null },
          { name: '', when: '2020-01-01T00:00:00.000Z' },
        ],
        counts: { 'one & only': 1 },
        any: { a: [1, 2.5, null, true, { b: '<' }] },
        yes: true,
      });
    }
  });

  it('learns of the site what neither the samples nor a module have', async () => {
    const named = (protocol: string, ...words: string[]) =>
      project.run('call', ...words, '--protocol', protocol, '--url', serving.url);
    const learned = await Promise.all(dialects.map((dialect) => named(dialect, 'own.all', 'text=x', 'big=8')));
    for (const { status, stdout, stderr } of learned) {
      expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' });
      expect(JSON.parse(stdout)).to.deep.equal({ text: 'x', big: '8' });
    }
    const wrong = await named('rest', 'own.all', 'text=x', 'big=a');
    expect({ status: wrong.status, stdout: wrong.stdout }).to.deep.equal({ status: 2, stdout: '' });
    expect(wrong.stderr).to.match(/^polywire: big: must be a whole number[^\n]*\n$/);
    const unknown = await named('rest', 'own.al');
    expect(unknown.status).to.equal(2);
    expect(unknown.stderr)
      .to.contain("no function 'own.al' among the samples")
      .and.to.contain(`${serving.url} lists none of that name`);
  });

  it('leaves out what is not given, takes --json, and prints null where there is no result', async () => {
    const short = await byEach('own.all', '--json', '{"text":"x"}', 'yes=0');
    for (const { stdout } of short) expect(JSON.parse(stdout)).to.deep.equal({ text: 'x', big: '7', yes: false });
    const nothing = await byEach('own.nothing');
    for (const { stdout } of nothing) expect(stdout).to.equal('null\n');
  });

  it('prints a fault of the server in one line with its issues', async () => {
    const refused = await byEach('test.greet', 'name=');
    for (const { status, stdout, stderr } of refused) {
      expect({ status, stdout }).to.deep.equal({ status: 1, stdout: '' });
      expect(stderr).to.match(
        /^invalid-params: [^[\n]+ \[name: must have at least 1 characters\] \(request [^\n]+\)\n$/,
      );
    }
    const declared = await byEach('test.fail', 'reason=why');
    for (const { status, stderr } of declared) {
      expect(status).to.equal(1);
      expect(stderr).to.match(/^test-refused: The test was refused \(request [^\n]+\)\n$/);
    }
    const namespace = await call('soap', 'test.echo', 'string=x', '--namespace', 'urn:other');
    expect(namespace.stderr).to.match(/^invalid-request: [^\n]*urn:other[^\n]*\n$/);
  });

  it('shows the exchange as it goes over the wire', async () => {
    const { stdout, stderr } = await call('soap', 'test.add', 'a=1', 'b=2', '--show');
    expect(stdout).to.equal('3\n');
    const lines = stderr.split('\n');
    expect(lines[0]).to.equal('> POST /soap HTTP/1.1');
    expect(lines).to.include('> Content-Type: text/xml; charset=utf-8').and.to.include('< HTTP/1.1 200 OK');
    expect(lines).to.include('>').and.to.include('<');
    expect(lines.find((line) => line.startsWith('> <?xml'))).to.contain('<a>1</a><b>2</b>');
    expect(lines.find((line) => line.startsWith('< <?xml'))).to.contain('<result>3</result>');
  });

  it('takes an address with a path, and a copied ?wsdl', async () => {
    const run = (protocol: string, path: string) => [
      'call',
      'test.echo',
      'string=x',
      '--protocol',
      protocol,
      '--url',
      `${serving.url}${path}`,
    ];
    const ended = await invokeAll(project, [
      run('soap', '/soap?wsdl'),
      run('xmlrpc', '/RPC2'),
      run('rest', '/rest'),
      run('rest', '/rest/test.echo'),
    ]);
    expect(ended.map(({ stdout }) => stdout)).to.deep.equal(Array(4).fill('"x"\n'));
  });

  it('refuses what cannot be called before anything is sent, in one line', async () => {
    const refusals: [string[], RegExp][] = [
      [['test.eco'], /no function 'test\.eco'.*did you mean test\.echo\?/],
      [['test.echo', 'text=x'], /test\.echo has no parameter 'text'.*string/],
      [['test.echo', 'x'], /'x' is not name=value/],
      [['test.add', 'a=1', 'a=2'], /a is given twice/],
      [['test.add', 'a=1.5'], /a: must be a whole number/],
      [['test.add', '--json', '[1]'], /--json takes a JSON object/],
      [['test.add', '--json', '{"a":'], /--json: .*line 1/],
      [['own.all', '--load', 'functions.mjs', 'photo=@gone'], /photo: .*gone/],
      [['own.all', '--load', 'functions.mjs', 'parts=[{}]'], /parts\/0\/name: is missing/],
      [['test.echo', '--url', 'ftp://x'], /no http or https address/],
      [['test.echo', '--protocol', 'smtp'], /smtp/],
    ];
    const ended = await invokeAll(
      project,
      refusals.map(([words]) => ['call', ...words]),
    );
    for (const [i, { status, stdout, stderr }] of ended.entries()) {
      expect({ status, stdout }).to.deep.equal({ status: 2, stdout: '' });
      expect(stderr)
        .to.match(/^polywire: [^\n]*\n$/)
        .and.to.match(refusals[i]![1]);
    }
  });

  it('tells in one line what else answers, and when nothing does', async () => {
    const other = createServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>Hello');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const strange = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const at = (url: string, protocol: string) => [
      'call',
      'test.echo',
      'string=x',
      '--url',
      url,
      '--protocol',
      protocol,
    ];
    const ended = await invokeAll(project, [
      at('http://127.0.0.1:1', 'rest'),
      at(`${serving.url}/nowhere`, 'rest'),
      at(strange, 'rest'),
      at(strange, 'soap'),
      at(`${serving.url}/jsonrpc`, 'xmlrpc'),
    ]);
    other.close();
    for (const { status, stdout, stderr } of ended) {
      expect({ status, stdout }).to.deep.equal({ status: 1, stdout: '' });
      expect(stderr).to.match(/^polywire: [^\n]*\n$/);
    }
    expect(ended[0]?.stderr).to.contain('nothing answers at http://127.0.0.1:1');
    expect(ended[1]?.stderr).to.contain('HTTP 404: Nothing answers here.');
  });

  it('tells when a result is not of the type that the function promises', async () => {
    const own = 'own.liar --load liar.mjs --url'.split(' ');
    const ended = await Promise.all(
      dialects.map((name) => project.run('call', ...own, serving.url, '--protocol', name)),
    );
    for (const { status, stderr } of ended) {
      expect(status).to.equal(1);
      expect(stderr).to.match(/^polywire: the result is not what own\.liar promises: must be [^\n]*\n$/);
    }
  });
});
