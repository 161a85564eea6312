import { holds } from '../auth/directory.ts';
import { can, type Identity } from '../auth/identity.ts';
import type { Access } from '../define.ts';
import { subjectsOf } from '../quota/subjects.ts';
import type { CredentialLimits, ServiceRecord } from '../store/records.ts';
import { matchesAny } from './patterns.ts';
import { validityText } from './verdicts-caller-reasons.ts';
import { onlyReal, type Reasons, words } from './verdicts-reasons.ts';
import { functionOf, proveCaller, type SupposedCredential, type Supposition } from './verdicts-supposition.ts';

/** The services that the call is bound to, by name or number, with those that exist. */
function servicesOf(supposed: Supposition): readonly (readonly [key: string, record: ServiceRecord | undefined])[] {
  const { service, services, credentials } = supposed;
  const addressed = service === undefined ? [] : [service];
  const bound = credentials.flatMap(({ proof: { serviceId } }) => (serviceId === undefined ? [] : [serviceId]));
  return [...addressed, ...bound].map((key) => {
    const record = services.find(({ id, name }) =>
      typeof key === 'number' ? id === key : name.toLowerCase() === key.toLowerCase(),
    );
    return [record?.name ?? String(key), record] as const;
  });
}

const noService = (supposed: Supposition) => (servicesOf(supposed).length === 0 ? 'No service is meant' : undefined);

/** Whether all these services have the function. */
function isServed(supposed: Supposition): boolean {
  return servicesOf(supposed).every(
    ([, record]) => record?.enabled === true && matchesAny(record.functions, supposed.function),
  );
}

function serviceRefusal(supposed: Supposition): string {
  const texts = servicesOf(supposed).map(([name, record]) => {
    if (record === undefined) return `there is no service ${name}`;
    return record.enabled ? `the service ${name} has ${words(record.functions)}` : `the service ${name} is disabled`;
  });
  return `${supposed.function} is not in the service: ${texts.join('; ')}`;
}

function placeText(supposed: Supposition): string {
  const { user } = proveCaller(supposed);
  const texts = servicesOf(supposed).flatMap(([name, record]) => {
    if (record?.restricted !== true) return [];
    const place = record.users.find(({ userId }) => String(userId) === user?.id);
    if (place === undefined) return [`${user?.username} is no listed user of ${name}`];
    const from = place.addresses.length === 0 ? '' : ` from ${words(place.addresses)}`;
    return [`${user?.username} may use ${name} ${validityText(place)}${from} only`];
  });
  return texts.join('; ');
}

/** What credentials say that limit something by a list. */
function limitsText({ credentials }: Supposition, list: (limits: CredentialLimits) => readonly string[]): string {
  const limiting = credentials.filter(({ proof }) => list(proof.limits).length > 0);
  return limiting
    .map(({ label, proof }: SupposedCredential) => `${label} is good for ${words(list(proof.limits))} only`)
    .join('; ');
}

const noCredential = ({ credentials }: Supposition) =>
  credentials.length === 0 ? 'No credential is given' : undefined;

/** Who is wanted and whether somebody like that calls. */
function wanted(supposed: Supposition): string {
  const access: Access = functionOf(supposed)?.access ?? {};
  const kinds = (['client', 'user'] as const).filter((kind) => access[kind] === 'required');
  return kinds.length === 0 ? 'nobody in particular' : `a known ${kinds.join(' and a known ')}`;
}

const capabilitiesOf = (supposed: Supposition) => functionOf(supposed)?.access.capabilities ?? [];

function lacking(
  supposed: Supposition,
  has: (identity: Identity, capability: string) => boolean,
  asked: readonly string[],
): string {
  const identity = proveCaller(supposed);
  const missing = asked.filter((capability) => !has(identity, capability));
  const scopes =
    identity.scopes === undefined ? '' : `; the credential is limited to the scopes ${words(identity.scopes)}`;
  return `${identity.user?.username ?? 'Nobody'} has no role with ${words(missing)}${scopes}`;
}

const webservice = ({ protocol }: Supposition) => ['webservice:use', `webservice:${protocol.name}`];

function quotaText(supposed: Supposition): string {
  const subjects = subjectsOf(proveCaller(supposed), supposed.address, supposed.settings.quotas);
  const texts = subjects.map(({ name, perMinute, perDay }) => {
    const limits = [perMinute && `${perMinute} a minute`, perDay && `${perDay} a day`];
    return `${name} has ${limits.filter((limit) => limit !== undefined).join(' and ')}`;
  });
  return texts.length === 0 ? 'No quota counts' : `Calls made are not counted here: ${texts.join('; ')}`;
}

/** What the gates have to say that ask whether this caller may call this function, in their order. */
export const callReasons = {
  function: {
    pass: (supposed) => `There is a function ${supposed.function}`,
    refuse: (supposed) => `There is no function ${supposed.function}`,
  },
  internal: {
    pass: () => 'The function may be called from outside',
    refuse: () => 'The function is internal: it is never called from outside',
  },
  'function-off': {
    pass: () => 'The function is on',
    refuse: ({ settings }) =>
      `Nothing in enabledwsfunctions matches it: ${words(settings.enabledwsfunctions)}; admin.* and auth.* are matched by their names only`,
  },
  service: {
    pass: () => 'The function is in the service',
    refuse: (supposed) =>
      isServed(supposed) ? 'The service wants to know which user calls' : serviceRefusal(supposed),
    idle: noService,
  },
  'service-capability': {
    pass: () => 'The caller has the capability that the service wants, if any',
    refuse: (supposed) =>
      lacking(
        supposed,
        can,
        servicesOf(supposed).flatMap(([, record]) => record?.capability ?? []),
      ),
    idle: noService,
  },
  'service-user': {
    pass: () => 'The service is not restricted, or the caller is among its users',
    refuse: placeText,
    idle: noService,
  },
  identify: {
    pass: (supposed) => `The function wants ${wanted(supposed)}`,
    refuse: (supposed) => `The function wants ${wanted(supposed)}: give a key, a token or a user`,
  },
  'credential-protocol': {
    pass: ({ protocol }) => `The credentials are good for ${protocol.name}`,
    refuse: (supposed) => limitsText(supposed, ({ protocols }) => protocols),
    idle: noCredential,
  },
  'credential-function': {
    pass: () => 'The credentials are good for the function',
    refuse: (supposed) => limitsText(supposed, ({ functions }) => functions),
    idle: noCredential,
  },
  webservice: {
    pass: (supposed) => `The user has ${webservice(supposed).join(' and ')}`,
    refuse: (supposed) =>
      lacking(supposed, ({ grants }, capability) => holds(grants, capability), webservice(supposed)),
    idle: (supposed) => {
      if (supposed.function.startsWith('auth.')) return 'auth.* asks nothing of the kind';
      return proveCaller(supposed).user === undefined ? 'No user calls' : undefined;
    },
  },
  capability: {
    pass: (supposed) => `The caller has ${words(capabilitiesOf(supposed))}`,
    refuse: (supposed) => lacking(supposed, can, capabilitiesOf(supposed)),
    idle: (supposed) => (capabilitiesOf(supposed).length === 0 ? 'The function asks for no capability' : undefined),
  },
  csrf: onlyReal(() => "A call by a browser's session must repeat its CSRF token"),
  effect: {
    pass: ({ method }) => `${method} is good for it`,
    refuse: () => 'The function writes, or takes POST only: call it by POST',
  },
  body: onlyReal((supposed) => {
    const most = functionOf(supposed)?.body ?? supposed.settings.limits.body;
    return `A request to the function may have ${most} bytes`;
  }),
  quota: onlyReal(quotaText),
  context: onlyReal((supposed) =>
    functionOf(supposed)?.context === undefined
      ? 'The function has no context'
      : `The capabilities count in the context of the parameters: ${words(capabilitiesOf(supposed))}`,
  ),
} as const satisfies Readonly<Record<string, Reasons>>;
