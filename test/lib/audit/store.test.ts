import { expect } from 'chai';
import { createAudit } from '../../../lib/audit/audit.ts';
import { Fault } from '../../../lib/fault.ts';
import { readSettings } from '../../../lib/settings.ts';
import { openStore } from '../../../lib/store/open.ts';

describe('the audit in a database', () => {
  it('can be searched for what was noted', async () => {
    const settings = readSettings({});
    const problems: unknown[] = [];
    const store = await openStore('sqlite::memory:');
    const sink = createAudit(store, { settings: () => settings, onProblem: (reason) => problems.push(reason) });
    const call = { protocol: 'soap', client: 'K', user: undefined, address: '192.0.2.7', duration: 1 };
    for (let n = 0; n < 1_100; n++) {
      const fault = n === 7 ? new Fault('forbidden', 'No', { gate: 'capability' }) : undefined;
      sink.call({ ...call, requestId: `r${n}`, function: `a\u0000${n}`, fault, ended: performance.now() });
    }
    sink.event({ kind: 'login-failed', actor: 'x', address: '192.0.2.7' });
    await sink.close();
    expect(await store.audit.find({ limit: 10_000 })).length(1_100);
    const [refused] = await store.audit.find({ code: 'forbidden' });
    expect(refused).include({ requestId: 'r7', function: 'a?7', gate: 'capability', client: 'K', protocol: 'soap' });
    expect(await store.audit.events({ kind: 'login-failed' })).length(1);
    expect(problems).deep.equal([]);
    await store.close();
  });
});
