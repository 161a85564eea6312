import { baseUrl } from '../../lib/base-url.ts';
import { t } from '../../lib/builders.ts';
import { type CallContext, define } from '../../lib/define.ts';
import { HandlerCall } from '../../lib/handler-call.ts';
import { packageVersion } from '../../lib/version.ts';
import { hasAdministrator } from '../admin/rank.ts';
import type { ConsoleHouse } from './house.ts';

const ConsoleUser = t.object('ConsoleUser', {
  username: t.string(),
  fullname: t.optional(t.string()),
  roles: t.list(t.string(), { description: 'Roles that the user has everywhere.' }),
  capabilities: t.list(t.string(), { description: 'What the user may do everywhere; * is everything.' }),
});

const ConsoleSite = t.object('ConsoleSite', {
  name: t.string(),
  version: t.string(),
  url: t.string({ description: 'The address that callers use, without a slash at its end.' }),
  namespace: t.string(),
  demo: t.boolean(),
  on: t.boolean({ description: 'The switch of the whole site.' }),
  setup: t.boolean({ description: 'Whether an administrator is wanted still.' }),
  database: t.boolean({ description: 'Whether there are users at all.' }),
});

const ConsoleSession = t.object('ConsoleSession', {
  user: t.optional(ConsoleUser),
  csrf: t.optional(t.string({ sensitive: true, description: 'What every POST of the session must repeat.' })),
  site: ConsoleSite,
  protocols: t.list(t.object('ConsoleProtocol', { name: t.string(), on: t.boolean(), paths: t.list(t.string()) })),
  pages: t.list(t.enum(['explorer', 'administration', 'usage'])),
});

type Call = CallContext<Record<never, never>, { readonly user: 'optional' }>;

/** `console.session`: who looks at the console, and what there is to look at. */
export function showSession(house: ConsoleHouse) {
  return define('console.session', {
    description: 'Says who you are, what is on, and which pages are for you.',
    effect: 'read',
    access: { user: 'optional' },
    returns: ConsoleSession,
    handler: async (_, call) => {
      const site = house.site();
      const { settings, on, protocolIsOn } = site;
      const user = await userOf(house, call);
      return {
        user,
        csrf: HandlerCall.sessionOf(call)?.csrf,
        site: {
          name: 'Polywire',
          version: packageVersion(),
          url: baseUrl(call, site),
          namespace: settings.namespace,
          demo: house.demo,
          on,
          setup: house.admin !== undefined && !(await hasAdministrator(house.admin.custody)),
          database: house.admin !== undefined,
        },
        protocols: house.protocols.map(({ name, routes }) => ({
          name,
          on: protocolIsOn(name),
          paths: routes.map(({ path }) => path),
        })),
        pages: pagesFor(user?.capabilities ?? []),
      };
    },
  });
}

async function userOf({ admin }: ConsoleHouse, call: Call) {
  if (call.user === undefined || admin === undefined) return undefined;
  const { directory, store } = admin.custody;
  const id = Number(call.user.id);
  const member = await directory.user(id);
  const held = (await store.roles.assignments(id)).filter(({ context }) => context === '/');
  const roles = await store.roles.list();
  const here = (member?.grants ?? []).filter(({ context }) => context === '/');
  const capabilities = here.flatMap((grant) => [...grant.capabilities]).filter((one) => call.can(one));
  return {
    username: call.user.username,
    ...(member?.record.name ? { fullname: member.record.name } : {}),
    roles: roles.filter(({ id: role }) => held.some(({ roleId }) => roleId === role)).map(({ name }) => name),
    capabilities: [...new Set(capabilities)].sort(),
  };
}

function pagesFor(capabilities: readonly string[]) {
  const all = capabilities.includes('*');
  const administers = all || capabilities.some((one) => one.startsWith('admin:'));
  return [
    'explorer' as const,
    ...(administers ? (['administration'] as const) : []),
    ...(all || capabilities.includes('admin:audit') ? (['usage'] as const) : []),
  ];
}
