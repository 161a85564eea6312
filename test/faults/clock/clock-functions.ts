import { define, t } from '../../../index.ts';
import { functions as misbehaving } from '../misbehaving.ts';

const set = define('clock.set', {
  description: 'Sets the clock of this process.',
  effect: 'write',
  params: { ahead: t.int({ description: 'Milliseconds.' }) },
  returns: t.float(),
  handler: ({ ahead }) => {
    (globalThis as unknown as { setClock(milliseconds: number): void }).setClock(ahead);
    return Date.now();
  },
});

/** For people. */
export const me = define('clock.me', {
  description: 'For known people.',
  effect: 'write',
  access: { user: 'required' },
  params: {},
  returns: t.string(),
  handler: (_, call) => call.user.username,
});

/** What `SiteOptions.more` serves. */
export const functions = [set, me, ...misbehaving] as const;
