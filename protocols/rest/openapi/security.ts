import type { Access } from '../../../lib/define.ts';
import type { JsonSchema } from '../../../lib/schema.ts';
import type { Settings } from '../../../lib/settings.ts';

interface Scheme {
  readonly kind: 'client' | 'user';
  readonly scheme: JsonSchema;
}

const apiKey = (name: string, place: 'header' | 'cookie', description: string): JsonSchema => ({
  type: 'apiKey',
  name,
  in: place,
  description,
});
const http = (scheme: string, description: string): JsonSchema => ({ type: 'http', scheme, description });

/** How the authenticators of the house are told (OpenAPI 3.1 §4.8.27), by their names in the settings. */
const schemes: Readonly<Record<string, Scheme>> = {
  key: { kind: 'client', scheme: apiKey('X-API-Key', 'header', 'The secret of a program’s key.') },
  signature: { kind: 'client', scheme: apiKey('Signature', 'header', 'A signature of the request by RFC 9421.') },
  oauth1: { kind: 'client', scheme: http('OAuth', 'A signed request of OAuth 1.0a (RFC 5849).') },
  token: { kind: 'user', scheme: http('bearer', 'A token of a user.') },
  basic: { kind: 'user', scheme: http('basic', 'Name and password of a user.') },
  jwt: { kind: 'user', scheme: { ...http('bearer', 'A JSON Web Token.'), bearerFormat: 'JWT' } },
};

function namesOf({ authenticators }: Settings, kind: Scheme['kind']): readonly string[] {
  return authenticators.map(({ name }) => name).filter((name) => schemes[name]?.kind === kind);
}

/** The security schemes of a site: one for each authenticator of its chain that REST callers can use. */
export function securitySchemes(settings: Settings): JsonSchema {
  const names = [...namesOf(settings, 'client'), ...namesOf(settings, 'user')];
  return Object.fromEntries(names.map((name) => [name, schemes[name]?.scheme]));
}

type Requirement = Readonly<Record<string, readonly string[]>>;

/** The ways to satisfy one side of a function's access; an empty one where nobody need be known. */
function ways(wanted: Access['client'], names: readonly string[]): readonly Requirement[] {
  if (wanted === undefined) return [{}];
  const known = names.map((name): Requirement => ({ [name]: [] }));
  return wanted === 'optional' ? [{}, ...known] : known;
}

/** What an operation asks of its caller: one of several ways, each a set of schemes. */
export function securityOf({ client, user }: Access, settings: Settings): readonly Requirement[] | undefined {
  if (client === undefined && user === undefined) return undefined;
  const users = ways(user, namesOf(settings, 'user'));
  return ways(client, namesOf(settings, 'client')).flatMap((one) => users.map((other) => ({ ...one, ...other })));
}
