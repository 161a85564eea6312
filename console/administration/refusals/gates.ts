/** What people call the gates, in the order in which calls come to them. */
const titles: Readonly<Record<string, string>> = {
  site: 'Switch of the site',
  protocol: 'Switch of the protocol',
  headers: 'Number of headers',
  framing: 'Form of the request',
  host: 'Host name',
  origin: 'Calling web page',
  'content-type': 'Content type',
  https: 'HTTPS',
  address: 'Address of the caller',
  flood: 'Requests a minute',
  method: 'HTTP method',
  draining: 'Server shutting down',
  connections: 'Open connections',
  authenticator: 'Credentials',
  login: 'Attempts to log in',
  password: 'Password',
  validity: 'Validity of the credentials',
  'credential-address': 'Addresses of the credentials',
  function: 'Name of the function',
  internal: 'Internal function',
  'function-off': 'Switch of the function',
  service: 'Service',
  'service-capability': 'Capability for the service',
  'service-user': 'Users of the service',
  identify: 'Known caller',
  'credential-protocol': 'Protocols of the credentials',
  'credential-function': 'Functions of the credentials',
  webservice: 'Right to use web services',
  capability: 'Capabilities of the caller',
  csrf: 'Token of the browser session',
  effect: 'Method for the function',
  body: 'Size of the request',
  'large-bodies': 'Room for large requests',
  quota: 'Calls left',
  context: 'Capabilities in the context',
  require: 'Capabilities for what was asked',
  document: 'Form of a document',
  documents: 'Right to read documents',
  idempotency: 'Idempotency-Key',
  deadline: 'Time for the answer',
  caller: 'Caller still there',
  store: 'Database',
  seal: 'Secret of the site',
  key: 'Secrets of the key',
  admin: 'Order of the site',
};

/** What people call a gate; behind the colon of some is what it was about. */
export function gateTitle(gate: string): string {
  const [row = gate, name] = gate.split(':');
  const title = titles[row] ?? row;
  return name === undefined ? title : `${title} (${name})`;
}

/** What a call was made of, as far as something can be mended there. */
export interface CallFacts {
  readonly function?: string;
  readonly protocol?: string;
  readonly key?: string;
  readonly user?: string;
  readonly service?: string;
}

/** Something that can be done about a refusal, and where; `right` is the capability that it takes. */
export interface Mend {
  readonly text: string;
  /** Segments below `/console/administration/`. */
  readonly place: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly right: string;
}

type Mender = (facts: CallFacts) => readonly Mend[];

const setting =
  (...names: readonly string[]): Mender =>
  () =>
    names.map((name) => ({
      text: `The setting ${name}`,
      place: ['settings'],
      query: { find: name },
      right: 'admin:settings',
    }));

const switches: Mender = ({ function: name }) => [
  {
    text: 'Open the switches',
    place: ['switches'],
    ...(name === undefined ? {} : { query: { find: name } }),
    right: 'admin:settings',
  },
];

const keyOf: Mender = ({ key }) =>
  key === undefined ? [] : [{ text: 'Open the key', place: ['keys', key], right: 'admin:keys' }];
const userOf: Mender = ({ user }) =>
  user === undefined ? [] : [{ text: `Open the user ${user}`, place: ['users', user], right: 'admin:users' }];
const tokensOf: Mender = ({ user }) =>
  user === undefined
    ? []
    : [{ text: `Tokens of ${user}`, place: ['tokens'], query: { find: user }, right: 'admin:tokens' }];
const rolesOf: Mender = () => [{ text: 'Open the roles', place: ['roles'], right: 'admin:roles' }];
const serviceOf: Mender = ({ service }) => [
  {
    text: service === undefined ? 'Open the services' : `Open the service ${service}`,
    place: ['services', ...(service === undefined ? [] : [service])],
    right: 'admin:services',
  },
];
const makeKey: Mender = () => [{ text: 'Make a key', place: ['keys'], right: 'admin:keys' }];

const all =
  (...menders: readonly Mender[]): Mender =>
  (facts) =>
    menders.flatMap((mender) => mender(facts));

const credential = all(keyOf, userOf, tokensOf);

const menders: Readonly<Record<string, Mender>> = {
  site: () => switches({}),
  protocol: () => switches({}),
  host: setting('allowedHosts', 'publicUrl'),
  origin: setting('corsOrigins'),
  https: setting('httpsRequired', 'trustedProxies'),
  address: setting('addresses'),
  flood: setting('limits.floodPerMinute'),
  connections: setting('limits.connections'),
  authenticator: all(credential, setting('authenticators')),
  login: setting('logins'),
  validity: credential,
  'credential-address': credential,
  'function-off': switches,
  service: serviceOf,
  'service-capability': all(serviceOf, userOf),
  'service-user': serviceOf,
  identify: makeKey,
  'credential-protocol': all(keyOf, tokensOf),
  'credential-function': all(keyOf, tokensOf),
  webservice: all(userOf, rolesOf),
  capability: all(userOf, rolesOf),
  context: all(userOf, rolesOf),
  require: all(userOf, rolesOf),
  body: setting('limits.body'),
  'large-bodies': setting('limits.largeBodies'),
  quota: all(keyOf, userOf, tokensOf, setting('quotas')),
  documents: setting('documents'),
  deadline: setting('limits.deadline'),
};

/** Where a refusal by a gate can be mended; nothing where only the caller can. */
export function mendsOf(gate: string, facts: CallFacts): readonly Mend[] {
  return menders[gate.split(':', 1)[0] ?? gate]?.(facts) ?? [];
}
