import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { languagesOf } from '../../console/explorer/code/languages.ts';
import { javascriptText, javaText, phpText, pythonText, shellWord } from '../../console/explorer/code/quote.ts';
import type { AnyFunction, Server } from '../../index.ts';
import { readParams } from '../../services/cli/params.ts';
import { listeningServer } from '../conformance/run.ts';
import { has } from '../services/cli/project.ts';
import { calls, got, nasty, sampleOf, take } from './code-call.ts';

function codeOf(language: string, ...sample: Parameters<typeof sampleOf>): string {
  const found = languagesOf(sample[0]).find(({ name }) => name === language);
  if (found === undefined) throw new Error(`${language} is not for ${sample[0]}`);
  return found.code(sampleOf(...sample));
}

/** Runs a program that reads its text from the standard input; undefined where there is no such program. */
async function run(command: string, args: readonly string[], text: string): Promise<string | undefined> {
  const child = spawn(command, args, { env: { ...process.env, HOME: '/', x: 'wrong', PYTHONIOENCODING: 'utf-8' } });
  const ended = once(child, 'close');
  child.stdin.on('error', () => {}); // it has ended before it read all
  child.stdin.end(text);
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (out += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (out += part));
  try {
    await ended;
    return out;
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw reason;
  }
}

function skip(test: Mocha.Context, what: string): void {
  console.log(`      skipped: there is no ${what} here`);
  test.skip();
}

/** Texts that are hard to write, also with what XML cannot carry. */
const texts = [
  nasty,
  '',
  "'",
  '"',
  '\\',
  "\\'",
  '$',
  `\${a}`,
  '{$a}',
  'a\u0000b\u0001\u001b\u007f\r\n',
  '\u2028\u2029\u0085',
  '-n',
  '@x',
];

/** Each text as its UTF-8 bytes in hex: what a program prints of its literals. */
const hexes = texts.map((text) => Buffer.from(text).toString('hex')).join('\n');

describe('literals of languages', () => {
  const cases: readonly (readonly [name: string, command: string, args: readonly string[], program: string])[] = [
    ['php', 'php', [], `<?php foreach ([${texts.map(phpText).join(', ')}] as $t) echo bin2hex($t), "\\n";`],
    ['python', 'python3', ['-'], `for t in [${texts.map(pythonText).join(', ')}]: print(t.encode('utf-8').hex())`],
    [
      'javascript',
      process.execPath,
      ['-'],
      `for (const t of [${texts.map(javascriptText).join(', ')}]) console.log(Buffer.from(t).toString('hex'));`,
    ],
  ];
  for (const [name, command, args, program] of cases) {
    it(`are to the letter what they stand for: ${name}`, async function () {
      const out = await run(command, args, program);
      if (out === undefined) return skip(this, 'such a program');
      expect(out.trimEnd()).to.equal(hexes);
    });
  }

  it('are to the letter what they stand for: sh', async function () {
    const possible = texts.filter((text) => !text.includes('\u0000'));
    const out = await run('sh', ['-s'], `printf '%s\\0' ${possible.map((text) => shellWord(text) || "''").join(' ')}`);
    if (out === undefined) return skip(this, 'such a program');
    expect(out.split('\u0000').slice(0, -1)).to.deep.equal(possible);
  });

  it('escape for Java and C# what either cannot have in a line', () => {
    expect(javaText('a"\\\n\r\t\u0001\u0085\u2028é😀$')).to.equal('"a\\"\\\\\\n\\r\\t\\u0001\\u0085\\u2028é😀$"');
    expect(javaText('\\u0041')).to.equal('"\\\\u0041"');
  });
});

describe('a call written in programs', () => {
  let server: Server;
  let url: string;

  before(async () => {
    ({ server, url } = await listeningServer([take as unknown as AnyFunction]));
  });

  after(() => server.close());

  /** Runs a program that calls the server, and says what the handler got. */
  async function taken(
    command: string,
    args: readonly string[],
    code: string,
  ): Promise<Readonly<Record<string, unknown>> | undefined> {
    delete got.params;
    const out = await run(command, args, code);
    if (out === undefined) return undefined;
    expect(got.params, `${out}\n${code}`).not.to.equal(undefined);
    expect(out).to.contain('taken');
    return got.params;
  }

  const runs: readonly (readonly [
    language: string,
    command: string,
    args: readonly string[],
    ways: readonly string[],
  ])[] = [
    ['curl', 'sh', ['-s'], ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'soap12']],
    ['javascript', process.execPath, ['--input-type=module', '-'], ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'soap12']],
    ['python', 'python3', ['-'], ['xmlrpc']],
    ['php', 'php', ['-d', 'soap.wsdl_cache_enabled=0'], ['soap', 'soap12']],
  ];
  /** What shows that a program can be run here. */
  const probes: Readonly<Record<string, readonly [command: string, ...args: string[]]>> = {
    curl: ['curl', '--version'],
    javascript: [process.execPath, '--version'],
    python: ['python3', '--version'],
    php: ['php', '-r', 'exit(extension_loaded("soap") ? 0 : 1);'],
  };
  for (const [language, command, args, ways] of runs) {
    for (const [title, values] of calls) {
      it(`sends what the form has: ${language}, ${title}`, async function () {
        if (!(await has(...(probes[language] ?? [command])))) return skip(this, language);
        for (const way of ways) {
          const params = await taken(command, args, codeOf(language, way, url, values));
          if (params === undefined) return skip(this, language);
          expect(params, way).to.deep.equal(values);
        }
      });
    }
  }

  it('says how the classes of Java and C# are made, for each version of SOAP', () => {
    const first = (language: string, way: string) => codeOf(language, way, url, { text: 'x' }).split('\n', 1)[0];
    expect(first('java', 'soap')).to.contain(`// wsimport -keep -p client "${url}/soap?wsdl" `);
    // without it wsimport passes over ports of SOAP 1.2, with a warning
    expect(first('java', 'soap12')).to.contain(`// wsimport -extension -keep -p client "${url}/soap?wsdl=1.2" `);
    expect(first('csharp', 'soap')).to.equal(`// wsdl /namespace:Client "${url}/soap?wsdl"`);
    expect(first('csharp', 'soap12')).to.equal(`// wsdl /namespace:Client /protocol:Soap12 "${url}/soap?wsdl=1.2"`);
  });

  it('names the namespace of the site to polywire call where it is another, for SOAP alone', () => {
    const code = (way: string) => codeOf('command', way, url, { text: 'x' }, 'none', 'urn:of the site');
    expect(code('soap')).to.match(/ --namespace 'urn:of the site'$/);
    expect(code('soap12')).to.match(/ --namespace 'urn:of the site'$/);
    expect(code('rest')).not.to.contain('--namespace');
  });

  for (const [title, values] of calls) {
    it(`sends what the form has: polywire call, ${title}`, async function () {
      const code = codeOf('command', 'soap12', url, values);
      const out = await run('sh', ['-s'], `npx() { printf '%s\\0' "$@"; }\n${code}`);
      if (out === undefined) return skip(this, 'such a program');
      const words = out.split('\u0000').slice(0, -1);
      expect(words.slice(0, 4)).to.deep.equal(['--no', 'polywire', 'call', 'code.take']);
      expect(words.slice(-4)).to.deep.equal(['--protocol', 'soap12', '--url', url]);
      const own = words.slice(4, -4);
      const json = own[0] === '--json' ? own[1] : undefined;
      const read = readParams(take as unknown as AnyFunction, json === undefined ? own : [], json);
      expect(read).to.deep.equal(values);
    });

    it(`sends what the form has: TypeScript, ${title}`, async () => {
      const code = codeOf('typescript', 'jsonrpc', url, values);
      expect(code).to.contain(`await client.code.take(`);
      const literal = code.slice(code.indexOf('client.code.take(') + 17, code.lastIndexOf(');\nconsole.log'));
      const text = (key: string) =>
        `JSON.stringify(${key}, function (name) { const v = this[name]; return typeof v === 'bigint' ? 'n' + v : v instanceof Date ? 'd' + v.toISOString() : v instanceof Uint8Array ? 'b' + Buffer.from(v).toString('hex') : v; })`;
      const out = await run(process.execPath, ['-'], `const it = ${literal};\nconsole.log(${text('it')});`);
      const marked = (_: string, value: unknown) => (typeof value === 'bigint' ? `n${value}` : value);
      const plain = Object.fromEntries(
        Object.entries(values).map(([name, value]) => [
          name,
          value instanceof Date
            ? `d${value.toISOString()}`
            : value instanceof Uint8Array
              ? `b${Buffer.from(value).toString('hex')}`
              : value,
        ]),
      );
      expect(JSON.parse(out ?? '')).to.deep.equal(JSON.parse(JSON.stringify(plain, marked)));
    });

    it(`sends what the form has: zeep, ${title}`, async function () {
      const code = codeOf('zeep', 'soap', url, values);
      const out = await run('python3', ['-'], `${fakeZeep}\n${code}`);
      if (out === undefined) return skip(this, 'such a program');
      expect(JSON.parse(out.split('\n', 1)[0] ?? '')).to.deep.equal(zeepForm(values));
    });
  }

  it('takes secrets from the environment', async function () {
    for (const [language, way] of [
      ['curl', 'rest'],
      ['javascript', 'rest'],
      ['typescript', 'rest'],
      ['python', 'xmlrpc'],
      ['php', 'soap'],
      ['zeep', 'soap'],
      ['java', 'soap'],
      ['csharp', 'soap'],
      ['command', 'rest'],
    ] as const) {
      for (const [kind, variable] of [
        ['key', 'POLYWIRE_KEY'],
        ['token', 'POLYWIRE_TOKEN'],
      ] as const) {
        expect(codeOf(language, way, url, { text: 'x' }, kind), language).to.contain(variable);
      }
      expect(codeOf(language, way, url, { text: 'x' }), language).not.to.contain('POLYWIRE_');
    }
    const curl = codeOf('curl', 'rest', url, { text: 'x' }, 'token');
    const out = await run('sh', ['-s'], `POLYWIRE_TOKEN='a $b "c'\ncurl() { printf '%s\\0' "$@"; }\n${curl}`);
    if (out === undefined) return skip(this, 'such a program');
    expect(out.split('\u0000')).to.include('Authorization: Bearer a $b "c');
  });
});

/** A zeep that prints how an operation is called, as JSON. */
const fakeZeep = `
import sys, types, json, base64, decimal
def plain(v):
    if isinstance(v, bytes): return 'b' + v.hex()
    if isinstance(v, decimal.Decimal): return 'd' + str(v)
    raise TypeError(type(v))
class Service:
    def __getattr__(self, name): return lambda **words: print(json.dumps(words, default=plain)) or 'taken'
class Client:
    def __init__(self, wsdl): self.service = Service()
zeep = types.ModuleType('zeep')
zeep.Client = Client
zeep.exceptions = types.SimpleNamespace(Fault=Exception)
sys.modules['zeep'] = zeep
`;

/** Values as zeep takes them, with the marks of the fake. */
function zeepForm(values: Readonly<Record<string, unknown>>): unknown {
  const list = (items: unknown) => ({ item: items });
  const inner = ({ many, ...rest }: { many: string[][] }) => ({ ...rest, many: list(many.map(list)) });
  const forms: Readonly<Record<string, (value: never) => unknown>> = {
    big: (value: bigint) => Number(value),
    money: (value: string) => `d${value}`,
    at: (value: Date) => value.toISOString(),
    bytes: (value: Uint8Array) => `b${Buffer.from(value).toString('hex')}`,
    words: list,
    counts: (value: object) => ({ entry: Object.entries(value).map(([key, item]) => ({ key, value: item })) }),
    inner,
    rows: (value: { many: string[][] }[]) => list(value.map(inner)),
    any: (value: unknown) => JSON.stringify(value),
  };
  const entries = Object.entries(values).map(([name, value]) => [name, forms[name]?.(value as never) ?? value]);
  return Object.fromEntries(entries);
}
