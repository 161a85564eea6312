import { countAttempts } from '../../lib/auth/login.ts';
import { passwords } from '../../lib/auth/password.ts';
import { hashOf, newSecret } from '../../lib/auth/secret.ts';
import { t } from '../../lib/builders.ts';
import { define } from '../../lib/define.ts';
import { Fault } from '../../lib/fault.ts';
import type { AdminHouse } from '../admin/house.ts';
import { username } from '../admin/names.ts';
import { administratorRole, findAdministrator } from '../admin/rank.ts';
import { password } from '../admin/users.ts';
import { AuthSession, beginSession } from '../auth/sessions.ts';

/** Milliseconds that the link to the first administrator's place is good for. */
const lasting = 3_600_000;

const SetupOffer = t.object('AdminSetupOffer', {
  wanted: t.boolean({ description: 'Whether the site has no administrator.' }),
  secret: t.optional(
    t.string({ sensitive: true, description: 'Absent where nobody is wanted, or no console is there.' }),
  ),
});

/**
 * `admin.offer_setup`: for `polywire serve`, which prints the secret in a link. The store has its hash, so that the link is
 * good in every process that serves the site.
 */
export function offerSetup({ custody, settings }: AdminHouse) {
  return define('admin.offer_setup', {
    description: 'Makes the secret of the link by which somebody becomes the first administrator.',
    effect: 'write',
    internal: true,
    sensitive: true,
    returns: SetupOffer,
    handler: async () => {
      if (await findAdministrator(custody.store)) return { wanted: false };
      if (!settings.current().console.enabled) return { wanted: true };
      const secret = newSecret('pwi_');
      await custody.store.setups.offer(hashOf(secret), Date.now() + lasting);
      return { wanted: true, secret };
    },
  });
}

/** `console.setup`: makes the first administrator out of whoever has the link, and signs in. */
export function setUp({ custody, refresh }: AdminHouse) {
  return define('console.setup', {
    description: 'Makes you the administrator, by the link that was printed where the site was started.',
    effect: 'write',
    post: true,
    sensitive: true,
    params: { secret: t.string({ max: 256, sensitive: true }), username, password },
    returns: AuthSession,
    handler: async ({ secret, username: name, password: given }, call) => {
      const { requestId, address } = call;
      const now = Date.now();
      await countAttempts(custody, address, now);
      const hash = hashOf(secret);
      const refused = (): Fault => {
        custody.event({ kind: 'setup-refused', address, requestId });
        const message = 'The link is not good: it is used up, older than an hour, or another one';
        return new Fault('invalid-credentials', message, { gate: 'setup' });
      };
      if (!(await custody.store.setups.isOffered(hash, now))) throw refused();
      const user = {
        username: name,
        name,
        state: 'active' as const,
        password: await passwords.hash(given),
        created: now,
      };
      const made = await custody.store.setups.complete(hash, user, administratorRole, now);
      if (made === undefined) throw refused(); // somebody else was quicker
      const doer = { actor: made.username, address, requestId };
      custody.event({ ...doer, kind: 'user-created', subject: made.username });
      custody.event({ ...doer, kind: 'role-assigned', subject: `${made.username} ${administratorRole} /` });
      await refresh();
      return beginSession(custody, { record: made, grants: [] }, call, now);
    },
  });
}
