import { isFrom } from '../auth/identity.ts';
import type { Validity } from '../store/records.ts';
import { type Reasons, words } from './verdicts-reasons.ts';
import type { SupposedCredential, Supposition } from './verdicts-supposition.ts';

/** Those that an authenticator of the site looks at. */
function looked({ credentials, chain }: Supposition): readonly SupposedCredential[] {
  return credentials.filter((held) => chain.some(({ authenticator }) => authenticator.name === held.authenticator));
}

function passedOver({ credentials, chain }: Supposition): readonly string[] {
  return credentials
    .filter((held) => !chain.some(({ authenticator }) => authenticator.name === held.authenticator))
    .map(({ label, authenticator }) => `${label} is not looked at: authenticators has no ${authenticator}`);
}

const labels = (held: readonly SupposedCredential[]): string => held.map(({ label }) => label).join(' and ');

function nobody(supposed: Supposition): string | undefined {
  return looked(supposed).length === 0 ? 'No credential is given' : undefined;
}

/** A time as people and programs read it. */
const timeText = (time: number): string => new Date(time).toISOString();

/** When something counts, as `from … until …`. */
export function validityText({ validFrom, validUntil }: Validity): string {
  const from = validFrom === undefined ? [] : [`from ${timeText(validFrom)}`];
  const until = validUntil === undefined ? [] : [`until ${timeText(validUntil)}`];
  return [...from, ...until].join(' ');
}

function isValid({ validFrom, validUntil }: Validity, now: number): boolean {
  return (validFrom === undefined || validFrom <= now) && (validUntil === undefined || now < validUntil);
}

function placeText(what: string, list: readonly string[], address: string): readonly string[] {
  return isFrom(address, list) ? [] : [`${what} from ${words(list)} only, not ${address}`];
}

function refusedBy(gate: string, { credentials, settings }: Supposition): string {
  const name = gate.split(':')[1];
  if (name === undefined) return 'No authenticator of the site takes what is in the Authorization header';
  if (name === 'ambiguous') return `Give one credential of a kind, all of one caller: these are ${labels(credentials)}`;
  const held = credentials.find(({ authenticator }) => authenticator === name);
  if (held?.flaw !== undefined) return held.flaw;
  const required = settings.authenticators.some((one) => one.name === name && one.importance === 'required');
  return required ? `authenticators requires ${name}, and the call brings none` : `${name} is not accepted`;
}

/** What the gates have to say that ask who calls, in their order. */
export const callerReasons = {
  authenticator: {
    pass: (supposed) =>
      [`Accepted, if the secret is right: ${labels(looked(supposed))}`, ...passedOver(supposed)].join('; '),
    refuse: (supposed, { gate = '' }) => refusedBy(gate, supposed),
    idle: (supposed) => {
      const none = nobody(supposed);
      return none === undefined ? undefined : [none, ...passedOver(supposed)].join('; ');
    },
  },
  validity: {
    pass: (supposed) => `Valid at ${timeText(supposed.now)}: ${labels(looked(supposed))}`,
    refuse: (supposed) =>
      looked(supposed)
        .filter(({ proof }) => !isValid(proof.limits, supposed.now))
        .map(({ label, proof }) => `${label} counts ${validityText(proof.limits)} only`)
        .join('; '),
    idle: nobody,
  },
  'credential-address': {
    pass: (supposed) => `Good from ${supposed.address}: ${labels(looked(supposed))}`,
    refuse: (supposed) =>
      looked(supposed)
        .flatMap(({ label, proof: { limits, addresses = [], user } }) => [
          ...placeText(`${label} may be used`, limits.addresses, supposed.address),
          ...placeText(`the user ${user?.username} may call`, addresses, supposed.address),
        ])
        .join('; '),
    idle: nobody,
  },
} as const satisfies Readonly<Record<string, Reasons>>;
