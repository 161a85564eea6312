import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { PartialSettings } from '../../../index.ts';
import { createDatabase, type TestDatabase } from '../../lib/store/databases.ts';
import { tally, within } from '../../processes/patience.ts';
import { echo, open } from '../../processes/site-functions.ts';
import { dialects, type Ending, SiteProcess } from '../../processes/site-process.ts';
import { wait } from '../misbehaving.ts';
import { expectCaught, expectClean, expectNoted, expectWell, misbehaving } from '../wellbeing.ts';

const enabledwsfunctions = ['proc.*', 'fault.*'];
const enabledwsprotocols = ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'mcp'];

/** Switches that can be thrown while a call runs, and what calls that come afterwards are told. */
const switches: Readonly<Record<string, { readonly off: PartialSettings; readonly code: string }>> = {
  site: { off: { enablewebservices: false }, code: 'service-off' },
  protocols: { off: { enabledwsprotocols: [] }, code: 'protocol-off' },
  functions: { off: { enabledwsfunctions: ['proc.*'] }, code: 'unknown-function' },
};
const on: PartialSettings = { enablewebservices: true, enabledwsprotocols, enabledwsfunctions };

describe('a switch that is thrown during calls', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let site: SiteProcess;
  let other: SiteProcess;
  before(async () => {
    database = await createDatabase('sqlite');
    const settings = { enabledwsfunctions, limits: { floodPerMinute: 0 } };
    const options = { database: database.url, settings, more: misbehaving };
    [site, other] = await Promise.all([SiteProcess.start(options), SiteProcess.start(options)]);
  });
  after(async () => {
    await Promise.all([site?.stop(), other?.stop()]);
    await database.drop();
  });
  afterEach(async () => {
    await change(other, on);
    await within(2_500, 'both know', async () => (await codesOf(0)).every((code) => code === 'ok'));
    await expectWell(site.url);
    expectCaught(site.log);
  });

  const change = (at: SiteProcess, changes: PartialSettings) => at.ask('admin.update_settings', { changes });
  const callAll = (ms: number): readonly Promise<Ending>[] =>
    dialects.map((dialect) => site.call(dialect, wait, { text: dialect, ms }));
  const codesOf = async (ms: number) => (await Promise.all(callAll(ms))).map(({ code }) => code);

  for (const [what, { off, code }] of Object.entries(switches)) {
    it(`${what}: what runs ends well, what comes is refused, in both processes`, async () => {
      const running = callAll(2_500);
      await sleep(200);
      await change(other, off);
      await within(2_000, 'it is known', async () => (await codesOf(0)).every((told) => told === code));
      const late = await Promise.all(callAll(0));
      for (const { text } of late) expectClean(text);
      await expectNoted(() => site.log, late);
      const ends = await Promise.all(running);
      for (const [i, ending] of ends.entries()) {
        expect([ending.code, ending.value]).deep.equal(['ok', dialects[i]]);
      }
      await expectNoted(() => site.log, ends);
    });
  }

  it('a key that is revoked: what runs ends well, what comes is refused', async () => {
    const made = await other.ask<{ readonly key: { readonly id: string }; readonly secret: string }>(
      'admin.create_key',
      { name: 'Robot' },
    );
    const headers = { 'X-API-Key': made.secret };
    const running = dialects.map((dialect) => site.call(dialect, wait, { text: 'x', ms: 2_500 }, headers));
    await sleep(200);
    await other.ask('admin.revoke_key', { id: made.key.id });
    const code = async () => (await site.call('soap', echo, { text: 'x' }, headers)).code;
    await within(2_000, 'it is refused', async () => (await code()) === 'invalid-credentials');
    expect(tally((await Promise.all(running)).map((ending) => ending.code))).deep.equal({ ok: dialects.length });
  });

  it('again and again: every call is right or refused as one that is off', async () => {
    let running = true;
    const ends: Ending[] = [];
    const callers = dialects.map(async (dialect) => {
      while (running) {
        ends.push(await site.call(dialect, wait, { text: 'x', ms: 3 }));
        ends.push(await site.call(dialect, open, { text: 'x' }));
      }
    });
    for (let round = 0; round < 6; round++) {
      for (const { off } of Object.values(switches)) {
        await change(site, { ...on, ...off });
        await sleep(15);
      }
      await change(site, on);
      await sleep(15);
    }
    running = false;
    await Promise.all(callers);
    const codes = tally(ends.map(({ code }) => code));
    expect(codes).have.all.keys('ok', 'service-off', 'protocol-off', 'unknown-function');
    await expectNoted(() => site.log, ends);
    for (const { text } of ends) expectClean(text);
  });

  it('in the middle of a batch: what has not begun does not begin', async () => {
    const batch = [1, 2, 3, 4].map((id) => ({
      jsonrpc: '2.0',
      id,
      method: 'fault.wait',
      params: { text: `${id}`, ms: 1_000 },
    }));
    const struct = `<value><struct><member><name>methodName</name><value>fault.wait</value></member><member><name>params</name><value><array><data><value><string>x</string></value><value><int>1000</int></value></data></array></value></member></struct></value>`;
    const multicall = `<methodCall><methodName>system.multicall</methodName><params><param><value><array><data>${struct.repeat(4)}</data></array></value></param></params></methodCall>`;
    const post = async (path: string, type: string, body: string) =>
      (await fetch(site.url + path, { method: 'POST', headers: { 'Content-Type': type }, body })).text();
    const running = Promise.all([
      post('/jsonrpc', 'application/json', JSON.stringify(batch)),
      post('/xmlrpc', 'text/xml', multicall),
    ]);
    await sleep(300);
    await change(site, { enabledwsfunctions: ['proc.*'] });
    const [json = '', xml = ''] = await running;
    const members = JSON.parse(json) as readonly { readonly result?: string; readonly error?: { code: number } }[];
    expect(members.map(({ result, error }) => result ?? error?.code)).deep.equal(['1', -32601, -32601, -32601]);
    expect(xml.match(/<int>-32601<\/int>/g) ?? [], xml).length(3);
  });
});
