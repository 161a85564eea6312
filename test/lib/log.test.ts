import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createServer, define, t } from '../../index.ts';
import { Fault } from '../../lib/fault.ts';
import { createLog } from '../../lib/log.ts';

const noCaller = { client: undefined, user: undefined, address: '127.0.0.1' };
const marker = 'MARKER4711';
type Line = Readonly<Record<string, unknown>>;

describe('lib/log', () => {
  const lines: string[] = [];
  const target = { write: (line: string) => void lines.push(line) };
  beforeEach(() => {
    lines.length = 0;
  });
  const records = () => lines.map((line) => JSON.parse(line) as Line);

  it('notes one line a call: request, protocol, function, code, gate, duration', () => {
    const log = createLog(target);
    log.call({
      ...noCaller,
      requestId: 'r-1',
      protocol: 'rest',
      function: 'a.b',
      fault: undefined,
      ended: performance.now(),
      duration: 1.23456,
    });
    log.call({
      ...noCaller,
      requestId: 'r-2',
      protocol: 'soap',
      function: 'x'.repeat(500),
      fault: new Fault('forbidden', 'no', { gate: 'batch' }),
      ended: performance.now(),
      duration: 2,
    });
    const [good, bad] = records();
    expect(good).include({
      level: 30,
      requestId: 'r-1',
      protocol: 'rest',
      function: 'a.b',
      code: 'ok',
      duration: 1.235,
    });
    expect(bad).include({
      level: 30,
      requestId: 'r-2',
      protocol: 'soap',
      code: 'forbidden',
      gate: 'batch',
      duration: 2,
    });
    expect(bad?.['function']).have.length(100);
    expect(lines.every((line) => line.endsWith('\n') && line.indexOf('\n') === line.length - 1)).equal(true);
  });

  it('keeps one line however a function is called', () => {
    const log = createLog(target);
    log.call({
      ...noCaller,
      requestId: 'r',
      protocol: 'rest',
      function: 'a"\n{"level":60}',
      fault: new Fault('unknown-function', 'x'),
      ended: performance.now(),
      duration: 0,
    });
    expect(lines).have.length(1);
    expect(records()[0]?.['level']).equal(30);
  });

  it('notes the cause of what went wrong inside as an error, with its stack', () => {
    createLog(target).call({
      ...noCaller,
      requestId: 'r',
      protocol: 'rest',
      function: 'a',
      fault: Fault.from(new Error('why')),
      ended: performance.now(),
      duration: 0,
    });
    expect(records()[0]).deep.include({ level: 50, code: 'internal' });
    expect(lines[0]).contain('why').and.contain('log.test');
  });

  it('is silent when it is switched off', () => {
    const log = createLog(false);
    log.call({
      ...noCaller,
      requestId: 'r',
      protocol: 'rest',
      function: 'a',
      fault: undefined,
      ended: performance.now(),
      duration: 0,
    });
    log.events.info('x');
    log.flush();
    expect(lines).eql([]);
  });

  it('writes files, whole once the server is closed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'polywire-log-'));
    const file = join(folder, 'below', 'calls.log');
    const server = await createServer({
      functions: [],
      log: file,
      settings: { enablewebservices: true, enabledwsprotocols: ['rest'] },
    });
    const { url } = await server.listen({ port: 0 });
    await (await fetch(`${url}/rest/none`)).text();
    await server.close();
    expect((JSON.parse(readFileSync(file, 'utf8').trim()) as Line)['code']).equal('unknown-function');
    rmSync(folder, { recursive: true });
  });

  it('does not end a server that is closed before its log file is open', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'polywire-log-'));
    const server = await createServer({ functions: [], log: join(folder, 'calls.log') });
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it('does not end the process when the disk is full', async function () {
    if (process.platform !== 'linux') this.skip();
    const log = createLog('/dev/full');
    for (let i = 0; i < 200; i++)
      log.call({
        ...noCaller,
        requestId: 'r',
        protocol: 'rest',
        function: 'a',
        fault: undefined,
        ended: performance.now(),
        duration: 0,
      });
    await new Promise((resolve) => setTimeout(resolve, 50));
    try {
      log.flush();
    } catch (reason) {
      expect((reason as NodeJS.ErrnoException).code).equal('ENOSPC');
    }
  });
});

const Thing = t.object('Thing', { name: t.string({ max: 3 }), day: t.date(), sum: t.decimal(), when: t.datetime() });
const functions = [
  define('mark.echo', {
    description: 'Takes everything.',
    effect: 'read',
    params: {
      text: t.string(),
      thing: t.optional(Thing),
      any: t.optional(t.json()),
      map: t.optional(t.map(t.int())),
      pick: t.optional(t.enum(['a'])),
    },
    returns: t.string(),
    handler: ({ text }) => text,
  }),
  define('mark.wrong', {
    description: 'Answers what it has not declared.',
    effect: 'read',
    params: { text: t.string() },
    returns: Thing,
    handler: ({ text }) => ({ name: text, day: text, sum: text, when: text }) as never,
  }),
  define('mark.fail', {
    description: 'Fails as declared.',
    effect: 'read',
    params: { text: t.string() },
    errors: { 'mark-gone': { number: 1, data: t.object('MarkGone', { text: t.string() }) } },
    handler: ({ text }, call) => call.fail('mark-gone', { text }, text),
  }),
];

const wrong = { name: marker, day: marker, sum: marker, when: marker, [marker]: 1 };
const bodies: readonly (readonly [path: string, type: string, body: string])[] = [
  ...[
    { text: marker },
    { text: [marker] },
    { text: { [marker]: marker } },
    { text: 'x', thing: wrong },
    { text: 'x', thing: marker },
    { text: 'x', any: { deep: [marker] } },
    { text: 'x', map: { [marker]: marker } },
    { text: 'x', pick: marker },
    { [marker]: marker },
  ].flatMap((params) => [
    ['/rest/mark.echo', 'application/json', JSON.stringify(params)] as const,
    [
      '/jsonrpc',
      'application/json',
      JSON.stringify({ jsonrpc: '2.0', id: marker, method: 'mark.echo', params }),
    ] as const,
    [
      '/jsonrpc',
      'application/json',
      JSON.stringify([{ jsonrpc: '2.0', method: 'mark.echo', params }, { [marker]: marker }]),
    ] as const,
  ]),
  ['/rest/mark.wrong', 'application/json', JSON.stringify({ text: marker })],
  ['/rest/mark.fail', 'application/json', JSON.stringify({ text: marker })],
  ['/rest/mark.echo', 'application/json', `{"text":"${marker}", "text":"${marker}"}`],
  ['/rest/mark.echo', 'application/json', `{"text":"${marker}`],
  ['/rest/mark.echo', 'application/json', `{"text":"x","any":${'['.repeat(101)}"${marker}"`],
  ['/rest/mark.echo', 'application/x-www-form-urlencoded', `text=${marker}&any={"${marker}`],
  ['/rest/mark.echo', 'application/x-www-form-urlencoded', `text=${marker}%`],
  ['/rest/mark.echo', 'application/x-www-form-urlencoded', `text[${marker}]=${marker}&thing[sum]=${marker}`],
  ['/rest/mark.echo?', 'text/plain', marker],
  [
    '/xmlrpc',
    'text/xml',
    `<methodCall><methodName>mark.echo</methodName><params><param><value><int>${marker}</int></value></param></params></methodCall>`,
  ],
  [
    '/xmlrpc',
    'text/xml',
    `<methodCall><methodName>mark.echo</methodName><params><param><value><struct><member><name>${marker}</name><value>1</value></member></struct></value></param></params></methodCall>`,
  ],
  ['/xmlrpc', 'text/xml', `<methodCall><${marker}>`],
  ['/xmlrpc', 'text/xml', `<!DOCTYPE ${marker}><x/>`],
  ...[
    `<text>${marker}</text>`,
    `<text><b>${marker}</b></text>`,
    `<${marker}/>`,
    `<text>x</text><thing><day>${marker}</day></thing>`,
    `<text>${marker}`,
  ].map(
    (content) =>
      [
        '/soap',
        'text/xml',
        `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><p:mark_echo xmlns:p="urn:polywire">${content}</p:mark_echo></e:Body></e:Envelope>`,
      ] as const,
  ),
];

describe('lib/log and what callers send', () => {
  it('never notes an argument, wherever it stands; and no answer shows a stack or a path of ours', async () => {
    const lines: string[] = [];
    const server = await createServer({
      functions,
      log: { write: (line: string) => void lines.push(line) },
      settings: {
        enablewebservices: true,
        enabledwsprotocols: ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'mcp'],
        enabledwsfunctions: ['*'],
      },
    });
    const { url } = await server.listen({ port: 0 });
    const leaks: string[] = [];
    for (const [path, type, body] of bodies) {
      lines.length = 0;
      const answer = await fetch(url + path, { method: 'POST', body, headers: { 'Content-Type': type } });
      const text = await answer.text();
      expect(lines, `${path} ${body}`).not.empty;
      if (lines.join('').includes(marker)) leaks.push(`${path} ${body} → ${lines.join('')}`);
      if (/ {4}at |node_modules|\.[jt]s:\d|\/lib\/|\/protocols\//.test(text)) leaks.push(`${path} ${body} ⇒ ${text}`);
    }
    await fetch(`${url}/rest/mark.echo?text=${marker}&${marker}=1`);
    if (lines.join('').includes(marker)) leaks.push(`GET → ${lines.join('')}`);
    await server.call('mark.echo', { text: 'x', map: { [marker]: marker } }).catch(() => {});
    if (lines.join('').includes(marker)) leaks.push(`inside → ${lines.join('')}`);
    await server.close();
    expect(leaks).eql([]);
  });
});
