import { setTimeout as sleep } from 'node:timers/promises';
import { t } from '../../../lib/builders.ts';
import { define } from '../../../lib/define.ts';
import type { Caller } from '../../../lib/inside.ts';
import type { LogTarget } from '../../../lib/log.ts';
import type { Server } from '../../../lib/server.ts';
import type { PartialSettings } from '../../../lib/settings.ts';
import { createServer } from '../../../services/site.ts';

type Access = Parameters<typeof define>[1]['access'];

const fn = (name: string, access: object = {}, more: object = {}) =>
  define(name, {
    description: 'Under test.',
    effect: 'read',
    access: access as Exclude<Access, undefined>,
    returns: t.string(),
    handler: () => 'done',
    ...more,
  });

/** Functions that ask for one thing each. */
export const functions = [
  fn('open.read'),
  fn('open.write', {}, { effect: 'write' }),
  fn('open.hidden', {}, { internal: true }),
  fn('closed.client', { client: 'required' }),
  fn('closed.user', { user: 'required' }),
  fn('closed.unlisted', { user: 'required' }, { listed: false }),
  fn('closed.capable', { user: 'required', capabilities: ['thing:do'] }),
];

/** Whoever may do everything. */
export const operator: Caller = {
  user: { id: '', username: 'cli' },
  grants: [{ context: '/', capabilities: new Set(['*']) }],
};

/** Somebody with some capabilities everywhere. */
export const clerk = (...capabilities: string[]): Caller => ({
  user: { id: '999', username: 'clerk' },
  grants: [{ context: '/', capabilities: new Set(capabilities) }],
});

// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever comes back
type Answer = any;

export interface Office {
  readonly server: Server;
  /** Calls `admin.<name>`. */
  readonly admin: (name: string, params?: Record<string, unknown>, caller?: Caller) => Promise<Answer>;
  /** The kinds and subjects of the events so far, the oldest first, once there are as many as that. */
  readonly events: (count: number) => Promise<readonly string[]>;
}

/** A whole server with a fresh database in memory. */
export async function openOffice(settings: PartialSettings = {}, log: LogTarget = false): Promise<Office> {
  const server = await createServer({
    functions,
    database: 'sqlite::memory:',
    secrets: ['a secret of at least thirty-two characters'],
    settings,
    log,
  });
  const admin = (name: string, params = {}, caller = operator): Promise<Answer> =>
    server.call(`admin.${name}`, params, caller);
  const events = async (count: number): Promise<readonly string[]> => {
    for (let tries = 0; ; tries++) {
      const found: Answer[] = await admin('events', { limit: 1_000 });
      if (found.length >= count || tries === 40)
        return found.reverse().map(({ kind, subject }) => `${kind} ${subject}`);
      await sleep(25);
    }
  };
  return { server, admin, events };
}
