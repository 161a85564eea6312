import { may, useSession } from '../../session.ts';
import { useCall } from '../../use-call.ts';
import type { FieldSpec, Suggested } from './form-fields.ts';

/** What a field may be filled with, as far as this user may see it. */
export type Suggestions = (suggest: Suggested | undefined) => readonly string[];

const named = (list: readonly { readonly name: string }[] | undefined) => (list ?? []).map(({ name }) => name);

/** Capabilities of administration and of calling at all, which every site knows. */
const ownCapabilities = [
  '*',
  ...['audit', 'keys', 'roles', 'services', 'settings', 'tokens', 'users'].map((right) => `admin:${right}`),
  'webservice:use',
];

interface Catalogued {
  readonly name: string;
  readonly capabilities?: readonly string[];
  readonly access?: { readonly capabilities: readonly string[] };
}

/** Loads what the fields of a form suggest; what this user may not list is left out. */
export function useSuggestions(fields: readonly FieldSpec[]): Suggestions {
  const { session } = useSession();
  const wants = (...sorts: readonly Suggested[]) =>
    fields.some(({ suggest }) => suggest !== undefined && sorts.includes(suggest));
  const when = (wanted: boolean, right: string, name: string) => (wanted && may(session, right) ? name : undefined);
  const all = may(session, 'admin:settings');
  const functions = useCall<readonly Catalogued[]>(
    wants('functions', 'capabilities') ? 'console.functions' : undefined,
    { all },
  );
  const users = useCall<readonly { readonly username: string }[]>(
    when(wants('users'), 'admin:users', 'admin.list_users'),
  );
  const roles = useCall<readonly { readonly name: string; readonly capabilities: readonly string[] }[]>(
    when(wants('roles', 'capabilities'), 'admin:roles', 'admin.list_roles'),
  );
  const services = useCall<readonly { readonly name: string }[]>(
    when(wants('services'), 'admin:services', 'admin.list_services'),
  );
  const protocols = named(session.protocols);
  const capabilities = (): readonly string[] => {
    const asked = (functions.value ?? []).flatMap(({ access }) => access?.capabilities ?? []);
    const given = (roles.value ?? []).flatMap((role) => role.capabilities);
    const calling = protocols.map((name) => `webservice:${name}`);
    return [...new Set([...ownCapabilities, ...calling, ...asked, ...given])].sort();
  };
  const lists: Readonly<Record<Suggested, () => readonly string[]>> = {
    functions: () => patternsOf(named(functions.value)),
    protocols: () => protocols,
    capabilities,
    users: () => (users.value ?? []).map(({ username }) => username),
    roles: () => named(roles.value),
    services: () => named(services.value),
  };
  return (suggest) => (suggest === undefined ? [] : lists[suggest]());
}

/** Names of functions, with a pattern for each of their groups before them. */
function patternsOf(names: readonly string[]): readonly string[] {
  const groups = names.flatMap((name) => (/^(?!admin\.|auth\.)[^.]+\./.exec(name) ?? []).map((start) => `${start}*`));
  return [...new Set(groups), ...names];
}
