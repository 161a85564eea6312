import type { CallRecord as AuditRecord } from '../../usage/contract.ts';
import type { CallFacts } from './gates.ts';

/** What was recorded of a call. */
export type CallRecord = Omit<AuditRecord, 'cursor'>;

/** What one gate says. */
export interface GateVerdict {
  readonly gate: string;
  readonly verdict: 'pass' | 'refuse' | 'skip';
  readonly reason: string;
  readonly code?: string;
}

/** The answer of `admin.explain`. */
export interface Explanation {
  readonly allowed: boolean;
  readonly gate?: string;
  readonly gates: readonly GateVerdict[];
  readonly records: readonly { readonly record: CallRecord; readonly meaning: string }[];
}

/** A call that is supposed, as the form has it. */
export interface Supposed {
  readonly function: string;
  readonly protocol: string;
  readonly from: string;
  readonly key: string;
  readonly user: string;
  readonly token: string;
  readonly service: string;
  readonly host: string;
  readonly origin: string;
  readonly method: string;
  readonly https: boolean;
}

export const nothingSupposed: Supposed = {
  function: '',
  protocol: '',
  from: '',
  key: '',
  user: '',
  token: '',
  service: '',
  host: '',
  origin: '',
  method: 'POST',
  https: true,
};

/** The parameters of `admin.explain`: what is empty is left out. */
export function paramsOfSupposed(supposed: Supposed): Record<string, unknown> {
  return Object.fromEntries(Object.entries(supposed).filter(([, value]) => value !== ''));
}

/** A supposed call of an address: `?function=…&protocol=…`; a token is never in it. */
export function supposedOf(query: Pick<URLSearchParams, 'get'>): Supposed {
  const text = (name: string, otherwise = '') => query.get(name) ?? otherwise;
  return {
    function: text('function'),
    protocol: text('protocol'),
    from: text('from'),
    key: text('key'),
    user: text('user'),
    token: '',
    service: text('service'),
    host: text('host'),
    origin: text('origin'),
    method: text('method', 'POST'),
    https: text('https') !== 'false',
  };
}

/** The query for a supposed call, without what is as usual and without its token. */
export function queryOf({ token: _, ...supposed }: Supposed): Readonly<Record<string, string>> {
  const usual: Readonly<Record<string, unknown>> = { ...nothingSupposed };
  const told = Object.entries(supposed).filter(([name, value]) => value !== usual[name]);
  return Object.fromEntries(told.map(([name, value]) => [name, String(value)]));
}

/** The same call as one that was made, supposed to be made again now; an old record has only the net of its address. */
export function againOf({ function: name, protocol, client, user, address }: CallRecord): Supposed {
  return {
    ...nothingSupposed,
    function: name,
    protocol,
    key: client ?? '',
    user: user ?? '',
    from: address.includes('/') ? '' : address,
  };
}

/** What can be mended of a call. */
export function factsOf(supposed: Supposed): CallFacts {
  const { function: name, protocol, key, user, service } = supposed;
  return {
    ...(name !== '' && { function: name }),
    ...(protocol !== '' && { protocol }),
    ...(key !== '' && { key }),
    ...(user !== '' && { user }),
    ...(service !== '' && { service }),
  };
}

/** How a gate stands in the list: not asked and not reached are two things. */
export type GateState = 'passed' | 'refused' | 'not-asked' | 'not-reached';

/** What became of a gate; those behind the first refusal are as though that one had let the call pass. */
export function gateState({ verdict, reason }: GateVerdict): GateState {
  if (verdict === 'pass') return 'passed';
  if (verdict === 'refuse') return 'refused';
  return reason.startsWith('Not reached') ? 'not-reached' : 'not-asked';
}
