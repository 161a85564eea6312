import { expect } from 'chai';
import { t } from '../../../lib/builders.ts';
import { type AnyFunction, define } from '../../../lib/define.ts';
import { Fault } from '../../../lib/fault.ts';
import { xmlrpc } from '../../../protocols/xmlrpc/index.ts';
import { answerOf, array, exchanged, methodCall, post, siteOf, struct } from './calls.ts';

const ran: string[] = [];
const echo = define('echo', {
  description: 'Echoes',
  effect: 'read',
  params: { text: t.string(), times: t.default(t.int(), 1) },
  returns: t.string(),
  handler: ({ text, times }) => {
    ran.push(text);
    return text.repeat(times);
  },
}) as AnyFunction;
const wait = define('wait', {
  description: 'Says no',
  effect: 'read',
  handler: () => {
    throw new Fault('rate-limited', 'Too fast', { retryAfter: 9 });
  },
}) as AnyFunction;
const login = define('auth.login', {
  description: 'Lets in',
  effect: 'write',
  handler: () => undefined,
}) as AnyFunction;
const note = define('note', {
  description: 'Notes',
  effect: 'write',
  params: { day: t.date(), text: t.string(), count: t.default(t.int(), 1) },
  returns: t.string(),
  handler: ({ day, text, count }) => `${day} ${text} ${count}`,
}) as AnyFunction;
const site = siteOf([echo, wait, login]);

const entry = (name: string, ...params: readonly string[]) =>
  struct(['methodName', `<string>${name}</string>`], ['params', array(...params)]);
const multicall = (...entries: readonly string[]) => methodCall('system.multicall', array(...entries));
const codeOf = (item: unknown) => (item as { faultCode?: number }).faultCode;

describe('system.multicall', () => {
  beforeEach(() => ran.splice(0));

  it('answers each call with an array of one or a fault struct', async () => {
    const answer = await answerOf(
      site,
      multicall(
        entry('echo', 'a'),
        entry('nosuch'),
        entry('echo', '<string>b</string>', '<int>2</int>'),
        entry('echo', '<int>1</int>'),
        entry('echo', struct(['times', '<int>3</int>'], ['text', 'c'])),
      ),
    );
    expect(answer).to.deep.equal({
      value: [
        ['a'],
        { faultCode: -32601, faultString: 'unknown-function: There is no such function (request r1)' },
        ['bb'],
        {
          faultCode: -32602,
          faultString: 'invalid-params: The parameters do not fit [text: must be a string, not int] (request r1)',
        },
        ['ccc'],
      ],
    });
    expect(ran).to.deep.equal(['a', 'b', 'c']);
  });

  it('reads strings by what the function takes, and says once what is wrong', async () => {
    const texts = (...params: readonly string[]) => entry('note', ...params.map((text) => `<string>${text}</string>`));
    const entries = [
      texts('2024-02-29', 'a&amp;b'),
      texts('1', 'a', '2'),
      texts('1'),
      texts('2024-02-29', 'a', '2', '3'),
    ];
    const answer = await answerOf(siteOf([note]), multicall(...entries));
    const items = ('value' in answer ? answer.value : []) as readonly { faultString?: string }[];
    const wrongDay = 'day: must be a day as YYYY-MM-DD';
    const wrongCount = 'count: must be an int, not string';
    expect(items.map((item) => item.faultString?.replace(/^.*\[(.*)\].*$/, '$1') ?? item)).to.deep.equal([
      ['2024-02-29 a&b 1'],
      `${wrongDay}; ${wrongCount}`,
      `${wrongDay}; text: is missing`,
      `${wrongCount}; 3: is one parameter too many`,
    ]);
  });

  it('takes params before methodName, white space and untyped names', async () => {
    const first = ` ${struct(['params', ` ${array('a')} `], ['methodName', 'echo'])} `;
    expect(await answerOf(site, multicall(first, entry('echo', 'b')))).to.deep.equal({ value: [['a'], ['b']] });
  });

  it('answers no calls with none', async () => {
    expect(await answerOf(site, multicall())).to.deep.equal({ value: [] });
    expect(await answerOf(site, methodCall('system.multicall', '<array><data/></array>'))).to.deep.equal({ value: [] });
  });

  it('does not call itself, nor what lets callers in', async () => {
    const answer = await answerOf(
      site,
      multicall(entry('system.multicall', array(entry('echo', 'a'))), entry('auth.login')),
    );
    expect('value' in answer && (answer.value as unknown[]).map(codeOf)).to.deep.equal([-32600, -32012]);
    expect(ran).to.deep.equal([]);
  });

  it('makes a malformed entry the fault of that entry only', async () => {
    const broken = [
      'text',
      '<int>1</int>',
      '<struct/>',
      '<array/>',
      array('echo', array('a')),
      struct(['methodName', 'echo']),
      struct(['params', array('a')]),
      struct(['methodName', '<int>1</int>'], ['params', array()]),
      struct(['methodName', '<string>echo<b><c/></b></string>'], ['params', array()]),
      struct(['methodName', '<string><b/></string>'], ['params', array()]),
      struct(['methodName', 'echo'], ['params', struct(['text', 'a'])]),
      struct(['methodName', 'echo'], ['params', '<array/>']),
      struct(['methodName', 'echo'], ['params', '<array>text<data/></array>']),
      struct(['methodName', 'echo'], ['params', array()], ['more', 'x']),
      struct(['methodName', 'echo'], ['methodName', 'echo'], ['params', array()]),
      '<struct>text<member/></struct>',
      '<struct><![CDATA[text]]><member><name>x</name></member></struct>',
      '<struct><member><name>methodName</name><value>echo</value><value/></member></struct>',
      '<odd><struct/></odd>',
    ];
    for (const bad of broken) {
      const answer = await answerOf(site, multicall(entry('echo', 'a'), bad, entry('echo', 'b')));
      const items = 'value' in answer ? (answer.value as unknown[]) : [];
      expect(items.map(codeOf), bad).to.deep.equal([undefined, -32600, undefined]);
    }
  });

  it('makes parameters that break the fault of that entry only', async () => {
    const bad = struct(['methodName', 'echo'], ['params', '<array><data><string>x</string></data></array>']);
    const answer = await answerOf(site, multicall(entry('echo', 'a'), bad, entry('echo', 'b')));
    expect('value' in answer && (answer.value as unknown[]).map(codeOf)).to.deep.equal([undefined, -32600, undefined]);
  });

  it('runs nothing of a message that is not well formed', async () => {
    const body = multicall(entry('echo', 'a'), entry('echo', 'b'));
    for (const bad of [
      body.replace('</methodCall>', ''),
      `${body}x`,
      body.replace('b</value>', 'b</valu>'),
      body.replace('>b<', '>&b;<'),
    ]) {
      const answer = await answerOf(site, bad);
      expect('fault' in answer && answer.fault.faultCode).to.equal(-32700);
    }
    expect(ran).to.deep.equal([]);
  });

  it('refuses anything but one array', async () => {
    const bodies = [
      '<methodCall><methodName>system.multicall</methodName></methodCall>',
      methodCall('system.multicall'),
      methodCall('system.multicall', 'x'),
      methodCall('system.multicall', entry('echo', 'a')),
    ];
    for (const body of bodies) {
      const answer = await answerOf(site, body);
      expect('fault' in answer && answer.fault.faultCode).to.equal(-32602);
    }
    const two = await answerOf(site, methodCall('system.multicall', array(), array()));
    expect('fault' in two && two.fault.faultCode).to.equal(-32600);
  });

  it('is refused whole beyond the limit', async () => {
    const few = siteOf([echo], { limits: { batch: 2 } });
    expect(await answerOf(few, multicall(entry('echo', 'a'), entry('echo', 'b')))).to.have.property('value');
    ran.splice(0);
    const response = await exchanged(few, post(multicall(...Array<string>(3).fill(entry('echo', 'a')))));
    expect(response.status).to.equal(200);
    expect(String(response.body)).to.include('A multicall may have at most 2 calls');
    expect(ran).to.deep.equal([]);
  });

  it('tells the longest wait', async () => {
    const { status, headers } = await exchanged(
      site,
      post(multicall(entry('wait'), entry('echo', 'a'), entry('wait'))),
    );
    expect(status).to.equal(200);
    expect(headers).to.include({ 'Retry-After': '9' });
  });

  it('keeps namespaces declared outside of its entries', async () => {
    const body = multicall(struct(['methodName', 'echo'], ['params', array('a', '<ex:i8>2</ex:i8>')])).replace(
      '<methodCall>',
      '<methodCall xmlns:ex="http://ws.apache.org/xmlrpc/namespaces/extensions">',
    );
    expect(await answerOf(site, body)).to.deep.equal({ value: [['aa']] });
  });

  it('lets several calls of one message be read in any order', () => {
    const { calls } = xmlrpc.decode(post(multicall(entry('echo', 'a'), entry('echo', 'b'))), site);
    const issues = { enter: () => {}, leave: () => {} } as never;
    const read = [...calls].reverse().map((call) => (call instanceof Fault ? call : call.read(echo, issues)['text']));
    expect(read).to.deep.equal(['b', 'a']);
  });
});
