import type { Access } from '../lib/access.ts';
import type { Authenticator } from '../lib/auth/authenticator.ts';
import { Authority } from '../lib/auth/authority.ts';
import { chains } from '../lib/auth/chain.ts';
import { createOnce } from '../lib/idempotency/create-once.ts';
import { memoryOutcomes } from '../lib/idempotency/memory-outcomes.ts';
import { createQuota } from '../lib/quota/create-quota.ts';
import type { SettingsStore } from '../lib/settings.ts';

/** Who may call where there is no database: whom the site's own authenticators know. Counts and outcomes live in memory. */
export function memoryAccess(authenticators: readonly Authenticator[], settings: SettingsStore): Access {
  return {
    chain: chains(authenticators, () => {}),
    sessions: [],
    authority: new Authority(() => 0),
    quota: createQuota({ settings: () => settings.current() }),
    once: createOnce({ outcomes: memoryOutcomes() }),
  };
}
