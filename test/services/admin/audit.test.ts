import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { rejected } from '../../lib/caught.ts';
import { clerk, type Office, openOffice } from './office.ts';

describe('services/admin/audit', () => {
  let office: Office;
  before(async () => {
    office = await openOffice();
    await office.admin('list_keys');
    await office.admin('list_roles', {}, clerk('admin:roles'));
    await rejected(office.admin('list_roles', {}, clerk('admin:keys')));
    await office.admin('create_role', { name: 'one', capabilities: [] });
    await office.admin('create_role', { name: 'two', capabilities: [] }, clerk('admin:roles'));
    await office.admin('remove_role', { name: 'two' });
  });
  after(() => office.server.close(0));

  /** Records are written a moment later. */
  async function records(filter: object, count: number) {
    for (let tries = 0; ; tries++) {
      const found = await office.admin('audit', { ...filter });
      if (found.length >= count || tries === 40) return found;
      await sleep(100);
    }
  }

  it('tells who called what and how it ended, the newest first', async () => {
    const [refused, went] = await records({ function: 'admin.list_roles' }, 2);
    expect(went).include({ code: 'ok', protocol: 'internal', user: 'clerk' }).not.have.property('gate');
    expect(refused).include({ code: 'forbidden', gate: 'capability', user: 'clerk' });
    expect(refused.time).instanceOf(Date);
    expect(await office.admin('audit', { request_id: went.request_id })).eql([went]);
  });

  it('takes filters together', async () => {
    expect(await records({ user: 'clerk', code: 'ok' }, 2)).length(2);
    expect(await records({ function: 'admin.list_keys', user: 'clerk' }, 0)).eql([]);
    expect(await records({ limit: 1 }, 1)).length(1);
    expect(await records({ until: new Date(1) }, 0)).eql([]);
    expect(await records({ since: new Date(Date.now() + 60_000) }, 0)).eql([]);
    const wrong = await rejected(office.admin('audit', { limit: 10_001 }));
    expect(wrong.issues.map(({ path }) => path)).eql(['limit']);
  });

  it('tells what happened to roles and the like', async () => {
    expect(await office.events(3)).eql(['role-created one', 'role-created two', 'role-removed two']);
    const made = await office.admin('events', { kind: 'role-created' });
    expect(made.map(({ subject }: { subject: string }) => subject)).eql(['two', 'one']);
    const [mine, ...none] = await office.admin('events', { user: 'clerk' });
    expect(mine).include({ kind: 'role-created', subject: 'two', actor: 'clerk' });
    expect(mine.request_id).a('string');
    expect(none).eql([]);
  });
});
