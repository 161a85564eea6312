import type { Custody } from '../../lib/auth/custody.ts';
import { t } from '../../lib/builders.ts';
import { define } from '../../lib/define.ts';

const WhoAmI = t.object('WhoAmI', {
  client: t.optional(t.object('WhoAmIClient', { id: t.string(), name: t.string() })),
  user: t.optional(t.object('WhoAmIUser', { id: t.string(), username: t.string() })),
  capabilities: t.list(t.string(), { description: 'What the user may do everywhere; * is everything.' }),
});

export function whoAmI({ directory }: Custody) {
  return define('auth.whoami', {
    description: 'Says who calls, as the credentials have it: the program, the person, what the person may do.',
    effect: 'read',
    access: { client: 'optional', user: 'optional' },
    returns: WhoAmI,
    examples: [{ params: {} }],
    handler: async (_, call) => {
      const { client, user } = call;
      const grants = user === undefined ? [] : ((await directory.user(Number(user.id)))?.grants ?? []);
      const everywhere = grants
        .filter(({ context }) => context === '/')
        .flatMap(({ capabilities }) => [...capabilities]);
      const capabilities = [...new Set(everywhere)].filter((capability) => call.can(capability)).sort();
      return { client, user, capabilities };
    },
  });
}
