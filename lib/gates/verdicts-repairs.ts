import type { CredentialLimits } from '../store/records.ts';
import { functionOf, proveCaller, type SupposedCredential, type Supposition } from './verdicts-supposition.ts';

/** The supposition as it would have to be for one gate to let it pass; undefined where that would be another call. */
type Repair = (supposed: Supposition) => Supposition | undefined;

function withLimits(supposed: Supposition, limits: Partial<CredentialLimits>): Supposition {
  return withCredentials(supposed, (credential) => ({
    ...credential,
    proof: { ...credential.proof, limits: { ...credential.proof.limits, ...limits } },
  }));
}

function withCredentials(supposed: Supposition, change: (held: SupposedCredential) => SupposedCredential): Supposition {
  return { ...supposed, credentials: supposed.credentials.map(change) };
}

/** Without the service that is addressed, and without those that tokens belong to. */
const withoutService: Repair = (supposed) => ({
  ...withCredentials(supposed, ({ proof: { serviceId: _, ...proof }, ...credential }) => ({ ...credential, proof })),
  service: undefined,
});

function withSettings(supposed: Supposition, settings: Partial<Supposition['settings']>): Supposition {
  return { ...supposed, settings: { ...supposed.settings, ...settings } };
}

const repairs: Readonly<Record<string, Repair>> = {
  site: (supposed) => withSettings(supposed, { enablewebservices: true }),
  protocol: (supposed) => withSettings(supposed, { enabledwsprotocols: [supposed.protocol.name] }),
  host: (supposed) => withSettings(supposed, { allowedHosts: [supposed.host] }),
  origin: (supposed) => withSettings(supposed, { corsOrigins: [supposed.origin ?? ''] }),
  https: (supposed) => withSettings(supposed, { httpsRequired: false }),
  address: (supposed) => withSettings(supposed, { addresses: [] }),
  method: (supposed) => ({ ...supposed, method: 'POST' }),
  validity: (supposed) => withLimits(supposed, { validFrom: undefined, validUntil: undefined }),
  'credential-address': (supposed) =>
    withCredentials(
      withLimits(supposed, { addresses: [] }),
      ({ proof: { addresses: _, ...proof }, ...credential }) => ({
        ...credential,
        proof,
      }),
    ),
  'function-off': (supposed) => withSettings(supposed, { enabledwsfunctions: [supposed.function] }),
  service: withoutService,
  'service-capability': withoutService,
  'service-user': withoutService,
  identify: knownClient,
  'credential-protocol': (supposed) => withLimits(supposed, { protocols: [] }),
  'credential-function': (supposed) => withLimits(supposed, { functions: [] }),
  webservice: (supposed) =>
    allowed(supposed, ['webservice:use', `webservice:${supposed.protocol.name}`], proveCaller(supposed).scopes),
  capability: (supposed) => allowed(supposed, functionOf(supposed)?.access.capabilities ?? [], undefined),
  effect: (supposed) => ({ ...supposed, method: 'POST' }),
};

function allowed(
  supposed: Supposition,
  capabilities: readonly string[],
  scopes: readonly string[] | undefined,
): Supposition {
  const grants = [...proveCaller(supposed).grants, { context: '/', capabilities: new Set(capabilities) }];
  return { ...supposed, also: { ...supposed.also, grants, scopes } };
}

/** A client is as good as another to the gates that follow; a user is not. */
function knownClient(supposed: Supposition): Supposition | undefined {
  const { client, user } = proveCaller(supposed);
  if (client !== undefined || (user === undefined && functionOf(supposed)?.access.user === 'required'))
    return undefined;
  return { ...supposed, also: { ...supposed.also, client: { id: '', name: '' } } };
}

/** A credential that is not taken is taken; one that is missing is not asked for. */
function taken(supposed: Supposition, name: string): Supposition | undefined {
  if (name === 'ambiguous') return undefined;
  const isIts = ({ authenticator }: SupposedCredential) => authenticator === name;
  if (supposed.credentials.some(isIts)) {
    return withCredentials(supposed, (held) => (isIts(held) ? { ...held, flaw: undefined } : held));
  }
  return { ...supposed, chain: supposed.chain.filter(({ authenticator }) => authenticator.name !== name) };
}

/** The supposition as though a gate had let it pass; undefined where what follows cannot be told then. */
export function repaired(gate: string, supposed: Supposition): Supposition | undefined {
  const [sort = '', name] = gate.split(':');
  if (sort === 'authenticator') return name === undefined ? undefined : taken(supposed, name);
  return repairs[gate]?.(supposed);
}
