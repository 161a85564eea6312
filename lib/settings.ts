import {
  AuditSettings,
  AuthenticatorSettings,
  defaultChain,
  JwtSettings,
  LoginSettings,
  QuotaSettings,
} from './auth/auth-settings.ts';
import { t } from './builders.ts';
import type { Infer } from './descriptor.ts';
import { isAddressRange } from './gates/address.ts';
import { isHost } from './gates/host.ts';
import { Issues } from './issues.ts';
import { jsonReader } from './json/read.ts';
import { validator } from './validate.ts';

const names = (description: string) => t.default(t.list(t.string()), [], { description });
const count = (value: number, description: string) => t.default(t.int({ min: 0 }), value, { description });

/** The limits of DESIGN §8. Exceeding one is a clear fault, never a reshaped input. */
const Limits = t.object('Limits', {
  body: count(1_048_576, 'Bytes of a request body; a function may declare more.'),
  largeBodies: count(
    67_108_864,
    'Bytes that all request bodies larger than limits/body have together in a process; further ones are unavailable meanwhile.',
  ),
  batch: count(50, 'Calls in one batch or multicall.'),
  list: count(16_384, 'Items of a list whose descriptor declares no limit.'),
  jsonDepth: count(100, 'Nested arrays and objects in JSON.'),
  numberDigits: count(1_000, 'Characters of a number in JSON.'),
  xmlDepth: count(100, 'Nested elements in XML.'),
  xmlChildren: count(50_000, 'Children of an XML element.'),
  xmlAttributes: count(100, 'Attributes of an XML element.'),
  xmlAttributeLength: count(65_536, 'Characters of an XML attribute.'),
  xmlName: count(1_024, 'Characters of an XML name.'),
  queryDepth: count(5, 'Nested brackets in a query or form.'),
  queryItems: count(100, 'Items of a list in a query or form.'),
  queryParameters: count(1_000, 'Parameters in a query or form.'),
  floodPerMinute: count(6_000, 'Requests per address and minute; 0 switches the flood limit off.'),
  deadline: count(30_000, 'Milliseconds that a call may take.'),
  connections: count(10_000, 'Open connections.'),
  headersTimeout: count(20_000, 'Milliseconds until the headers must have come.'),
  requestTimeout: count(60_000, 'Milliseconds until the whole request must have come.'),
  answerTimeout: count(60_000, 'Milliseconds after which a caller who takes not a byte of an answer is cut off.'),
  keepAliveTimeout: count(5_000, 'Milliseconds that an idle connection is kept.'),
});

/** The web console at `/console/`. */
const ConsoleSettings = t.object('ConsoleSettings', {
  enabled: t.default(t.boolean(), true, { description: 'Whether there is a console.' }),
  addresses: names(
    'Those who may open it, in place of addresses; empty means the same as there. This machine always may.',
  ),
});

/** How functions are shown to agents by MCP. */
const McpSettings = t.object('McpSettings', {
  tools: count(
    40,
    'Functions that are a tool each; a caller who may call more has the tools search, describe and call instead.',
  ),
  page: t.default(t.int({ min: 1, max: 1_000 }), 100, { description: 'Tools in one answer to tools/list.' }),
});

/** All settings as people write them. */
export const settingsType = t.object('Settings', {
  enablewebservices: t.default(t.boolean(), false, { description: 'The switch of the whole site.' }),
  enabledwsprotocols: names('Protocols that are on: rest, jsonrpc, xmlrpc, soap, mcp.'),
  enabledwsfunctions: names('Functions that are on: names, or globs such as users.*'),
  publicUrl: t.optional(
    t.string({ description: 'The address that callers use, where it differs from ours: https://api.example.org' }),
  ),
  namespace: t.default(t.string({ min: 1 }), 'urn:polywire', { description: 'The target namespace of SOAP and WSDL.' }),
  allowedHosts: names('Hosts by which callers may name us, besides loopback and the public URL.'),
  corsOrigins: names('Origins of other sites whose pages may call.'),
  httpsRequired: t.default(t.boolean(), true, { description: 'Refuse plain HTTP from anywhere but loopback.' }),
  addresses: names(
    'Addresses, CIDR ranges, ranges (10.0.0.5-10.0.0.20) and wildcards (10.1.*.*) that may call; empty means all.',
  ),
  metricsAddresses: names('Addresses that may read /metrics besides this machine itself, written as in addresses.'),
  trustedProxies: names('Proxies whose forwarded headers are believed.'),
  console: t.optional(ConsoleSettings),
  xmlrpc: t.default(
    t.object('XmlrpcSettings', {
      extensions: t.default(t.boolean(), false, { description: 'Answer with i8 and nil.' }),
    }),
    { extensions: false },
  ),
  mcp: t.optional(McpSettings),
  documents: t.default(t.enum(['public', 'authenticated']), 'public', {
    description: 'Who may read WSDLs and lists of functions: everyone who passes the door, or known callers.',
  }),
  authenticators: t.default(t.list(AuthenticatorSettings), [...defaultChain], {
    description: 'How callers prove who they are. Every required one must be given; of the others one of a kind.',
  }),
  logins: t.optional(LoginSettings),
  quotas: t.optional(QuotaSettings),
  audit: t.optional(AuditSettings),
  jwt: t.optional(JwtSettings),
  limits: t.optional(Limits),
});

/** The limits in force, all of them. */
export type Limits = Infer<typeof Limits>;
type McpSettings = Infer<typeof McpSettings>;
/** All settings of a site, defaults filled in. */
export type Settings = Omit<Infer<typeof settingsType>, keyof Groups> & Groups;
/** Settings as people write them: what is left out has its default. */
export type PartialSettings = Partial<Omit<Settings, keyof Groups>> & {
  readonly [G in keyof Groups]?: Partial<Groups[G]>;
};

/** Groups of settings whose members have defaults one by one. */
interface Groups {
  readonly console: Infer<typeof ConsoleSettings>;
  readonly limits: Limits;
  readonly logins: LoginSettings;
  readonly quotas: QuotaSettings;
  readonly audit: AuditSettings;
  readonly mcp: McpSettings;
}
const groups = ['console', 'limits', 'logins', 'quotas', 'audit', 'mcp'] as const satisfies readonly (keyof Groups)[];
const emptyGroups = Object.fromEntries(groups.map((group) => [group, {}]));

const read = jsonReader(settingsType);
const validate = validator(settingsType);

/**
 * Checks settings and fills the defaults in.
 * @throws Fault `invalid-params` whose issues name each wrong setting by its path
 */
export function readSettings(raw: unknown): Settings {
  const issues = new Issues();
  const whole = typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? { ...emptyGroups, ...raw } : raw;
  const value = issues.collect(() => read(whole, issues));
  issues.collect(() => validate.issues(value, issues));
  if (issues.list.length === 0) issues.collect(() => meaningProblems(value as Settings, issues));
  if (issues.list.length > 0) throw issues.fault('invalid-params', 'The settings are wrong');
  return Object.freeze(value as Settings);
}

/** What has the right form and cannot work all the same. */
function meaningProblems(settings: Settings, issues: Issues): void {
  const { addresses, allowedHosts, console: pages, metricsAddresses, trustedProxies, corsOrigins } = settings;
  const { publicUrl, jwt, limits } = settings;
  const range = 'must be an address, a CIDR range, a range or a wildcard';
  const keyPlace = 'must be a file, or a URL with https (http on loopback)';
  checkEach('addresses', addresses, isAddressRange, range, issues);
  checkEach('console/addresses', pages.addresses, isAddressRange, range, issues);
  checkEach('metricsAddresses', metricsAddresses, isAddressRange, range, issues);
  checkEach('trustedProxies', trustedProxies, isAddressRange, range, issues);
  checkEach('allowedHosts', allowedHosts, isHost, 'must be a host: api.example.org, or api.example.org:8443', issues);
  checkEach('corsOrigins', corsOrigins, isOrigin, 'must be an origin: https://www.example.org', issues);
  if (publicUrl !== undefined && !isHttpUrl(publicUrl)) {
    issues.add('format', 'must be a URL: https://api.example.org', 'publicUrl');
  }
  if (jwt !== undefined && !isKeyPlace(jwt.jwks)) issues.add('format', keyPlace, 'jwt/jwks');
  if (limits.headersTimeout > limits.requestTimeout) {
    issues.add('range', 'must be at most limits/requestTimeout', 'limits/headersTimeout');
  }
}

function checkEach(
  name: string,
  texts: readonly string[],
  fits: (text: string) => boolean,
  message: string,
  issues: Issues,
): void {
  for (const [index, text] of texts.entries()) if (!fits(text)) issues.add('format', message, `${name}/${index}`);
}

/** Keys are fetched over HTTPS; what is no URL is a file. */
function isKeyPlace(text: string): boolean {
  if (!/^[a-z]+:\/\//i.test(text)) return true;
  return (
    URL.canParse(text) &&
    (/^https:/i.test(text) || /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::|\/|$)/i.test(text))
  );
}

function isOrigin(text: string): boolean {
  return isHttpUrl(text) && new URL(text).origin === text;
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** Settings with a change made to them: members of groups that it does not name stay. */
export function changedSettings(settings: PartialSettings, change: PartialSettings): PartialSettings {
  const changed: Record<string, unknown> = { ...settings, ...change };
  for (const group of groups) {
    const members = { ...settings[group], ...change[group] };
    if (Object.keys(members).length > 0) changed[group] = members;
  }
  return changed as PartialSettings;
}

/** Where settings live. A file now, a database later. */
export interface SettingsStore {
  /** The settings in force: cheap, called for every request. */
  current(): Settings;
  /** Changes settings for good, all or nothing, on top of what the store holds now. */
  update(change: (settings: Settings) => PartialSettings): Promise<Settings>;
  /** Stops watching for changes made by others. */
  close(): void;
}

/** Settings that live as long as the process. */
export function memorySettings(initial: PartialSettings = {}): SettingsStore {
  let settings = readSettings(initial);
  return {
    current: () => settings,
    update: async (change) => {
      settings = readSettings(changedSettings(settings, change(settings)));
      return settings;
    },
    close: () => {},
  };
}
