import { t } from '../../lib/builders.ts';
import { isAddressRange } from '../../lib/gates/address.ts';
import type { Issues } from '../../lib/issues.ts';
import type { Validity } from '../../lib/store/records.ts';
import { type AdminHouse, check } from './house.ts';

const from = t.datetime({ description: 'It counts from then on.' });
const until = t.datetime({ description: 'It counts until then.' });
const perMinute = t.int({ min: 0, description: 'Calls in a minute; 0 is no limit.' });
const perDay = t.int({ min: 0, description: 'Calls in a day; 0 is no limit.' });

/** Names or globs of functions. */
export const functionPatterns = t.list(t.string({ min: 1, max: 100 }), {
  max: 1_000,
  description: 'Names of functions, or globs such as users.*; empty means all.',
});
export const addressRanges = t.list(t.string({ min: 1, max: 100 }), {
  max: 1_000,
  description: 'Addresses and ranges that calls may come from; empty means all.',
});
const protocolList = t.list(t.string({ min: 1, max: 100 }), {
  max: 100,
  description: 'Protocols that it is good for; empty means all.',
});

/** When something counts: as parameters. */
export const validityParams = { valid_from: t.optional(from), valid_until: t.optional(until) };
/** When something counts and how often it may call: as parameters, and as fields of results. */
export const quotaParams = { ...validityParams, per_minute: t.optional(perMinute), per_day: t.optional(perDay) };
/** All limits of a key or token. */
export const limitParams = {
  ...quotaParams,
  addresses: t.default(addressRanges, []),
  protocols: t.default(protocolList, []),
  functions: t.default(functionPatterns, []),
};
export const limitFields = {
  ...quotaParams,
  addresses: addressRanges,
  protocols: protocolList,
  functions: functionPatterns,
};

/** The same as changes: what is left out stays, null takes a value away. */
export const quotaChanges = {
  valid_from: t.optional(t.nullable(from)),
  valid_until: t.optional(t.nullable(until)),
  per_minute: t.optional(t.nullable(perMinute)),
  per_day: t.optional(t.nullable(perDay)),
};
export const limitChanges = {
  ...quotaChanges,
  addresses: t.optional(addressRanges),
  protocols: t.optional(protocolList),
  functions: t.optional(functionPatterns),
};

interface Lists {
  readonly addresses?: readonly string[] | undefined;
  readonly protocols?: readonly string[] | undefined;
  readonly functions?: readonly string[] | undefined;
}

/**
 * Checks limits as records hold them.
 * @throws Fault `invalid-params` that names each wrong one
 */
export function checkLimits(limits: Validity & Lists, house: AdminHouse): void {
  check((issues) => {
    noteValidity(limits, issues);
    for (const [index, address] of (limits.addresses ?? []).entries()) {
      if (!isAddressRange(address)) issues.add('format', 'must be an address or a range', `addresses/${index}`);
    }
    noteProtocols(limits.protocols ?? [], 'protocols', house, issues);
    noteFunctions(limits.functions ?? [], 'functions', issues);
  });
}

/** A time that ends before it begins lets nobody in. */
function noteValidity({ validFrom, validUntil }: Validity, issues: Issues): void {
  if (validFrom !== undefined && validUntil !== undefined && validFrom >= validUntil) {
    issues.add('range', 'must be later than valid_from', 'valid_until');
  }
}

/** The names of all protocols, on or off. */
export function protocolNames({ protocols }: AdminHouse): readonly string[] {
  return protocols.map(({ name }) => name);
}

/** Notes names that are of no protocol. */
export function noteProtocols(names: readonly string[], path: string, house: AdminHouse, issues: Issues): void {
  const known = protocolNames(house);
  for (const [index, name] of names.entries()) {
    if (!known.includes(name)) issues.add('unknown', `must be one of ${known.join(', ')}`, `${path}/${index}`);
  }
}

const functionName = /^[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*$/;
const functionGlob = /^[A-Za-z*][A-Za-z0-9_.*]*$/;

/** Notes what can be neither the name of a function nor a glob of some. */
export function noteFunctions(patterns: readonly string[], path: string, issues: Issues): void {
  for (const [index, pattern] of patterns.entries()) {
    const glob = pattern.includes('*');
    if (!(glob ? functionGlob : functionName).test(pattern)) {
      issues.add('format', 'must be the name of a function or a glob such as users.*', `${path}/${index}`);
    } else if (glob && /^(?:admin|auth)\./.test(pattern)) {
      issues.add('format', 'no glob matches admin.* and auth.*: name each function', `${path}/${index}`);
    }
  }
}
