import { t } from '../builders.ts';
import type { Infer } from '../descriptor.ts';

const count = (value: number, description: string) => t.default(t.int({ min: 0 }), value, { description });

/** The authenticators that come with Polywire, by their names in the chain. */
export const ownAuthenticators: readonly string[] = [
  'key',
  'signature',
  'oauth1',
  'token',
  'session',
  'basic',
  'username-token',
  'jwt',
];

/** One member of the chain of authenticators. */
export const AuthenticatorSettings = t.object('AuthenticatorSettings', {
  name: t.string({
    min: 1,
    description: `${ownAuthenticators.join(', ')}, or one of your own.`,
  }),
  importance: t.default(t.enum(['sufficient', 'required']), 'sufficient'),
});

/** The chain of a site that says nothing: what browsers send with every request is not among it. */
export const defaultChain: readonly Infer<typeof AuthenticatorSettings>[] = (
  ['key', 'signature', 'token', 'username-token', 'session'] as const
).map((name) => ({ name, importance: 'sufficient' }));

/** How people log in and how long what they get lasts. */
export const LoginSettings = t.object('LoginSettings', {
  perAddress: count(20, 'Attempts to log in per address and minute; 0 is no limit.'),
  perAccount: count(10, 'Attempts to log in per account and minute, wherever they come from; 0 is no limit.'),
  tokenSeconds: count(7_776_000, 'Seconds that a token lives which its user asked for; 0 is for ever.'),
  renewalGrace: count(60, 'Seconds that a token still works after its answer has brought a fresh one.'),
  sessionSeconds: count(28_800, 'Seconds that a session lives after its last use.'),
  keyOverlap: count(604_800, 'Seconds that the old secret of a rotated key still works.'),
});

/** How many calls are allowed where a key, token or user does not say; 0 is no limit. */
export const QuotaSettings = t.object('QuotaSettings', {
  keyPerMinute: count(0, 'Calls of each key in a minute.'),
  keyPerDay: count(0, 'Calls of each key in a day.'),
  userPerMinute: count(0, 'Calls of each user in a minute.'),
  userPerDay: count(0, 'Calls of each user in a day.'),
  addressPerMinute: count(0, 'Calls of each address in a minute.'),
  addressPerDay: count(0, 'Calls of each address in a day.'),
  shared: t.default(t.boolean(), false, {
    description:
      'Count minutes in the database for all processes, where several machines serve the site; from the next start on.',
  }),
  strict: t.default(t.boolean(), false, {
    description: 'Refuse calls whose count cannot be had, instead of counting in this process alone.',
  }),
});

/** How long it is remembered who called what. */
export const AuditSettings = t.object('AuditSettings', {
  days: count(365, 'Days that records of calls are kept; 0 keeps none.'),
  addressDays: count(30, 'Days after which addresses are cut to /24 and /48.'),
});

/** JSON Web Tokens of another issuer (RFC 7519). */
export const JwtSettings = t.object('JwtSettings', {
  issuer: t.string({ min: 1, description: 'Who must have made them: the claim iss.' }),
  audience: t.string({ min: 1, description: 'Whom they must be for: the claim aud.' }),
  jwks: t.string({ min: 1, description: 'The keys: a file, or a URL (RFC 7517).' }),
  username: t.default(t.string({ min: 1 }), 'sub', { description: 'The claim that names the user here.' }),
  scope: t.default(t.string({ min: 1 }), 'scope', {
    description: 'The claim that lists capabilities (RFC 8693 §4.2).',
  }),
});

export type LoginSettings = Infer<typeof LoginSettings>;
export type QuotaSettings = Infer<typeof QuotaSettings>;
export type AuditSettings = Infer<typeof AuditSettings>;
export type JwtSettings = Infer<typeof JwtSettings>;
