import { isIP } from 'node:net';
import { t } from '../../lib/builders.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import { Fault } from '../../lib/fault.ts';
import { verdicts } from '../../lib/gates/verdicts.ts';
import { meaningOf } from '../../lib/gates/verdicts-meanings.ts';
import type { SupposedCredential, Supposition } from '../../lib/gates/verdicts-supposition.ts';
import type { Settings } from '../../lib/settings.ts';
import { AdminAuditRecord, auditRecord } from './audit.ts';
import { keyCredential, tokenCredential, userCredential } from './credentials.ts';
import { type AdminHouse, check, guarded, missing } from './house.ts';
import { protocolNames } from './limits.ts';

const AdminVerdict = t.object('AdminVerdict', {
  gate: t.string(),
  verdict: t.enum(['pass', 'refuse', 'skip']),
  reason: t.string({ description: 'Why, and what would have to be another way.' }),
  code: t.optional(t.string({ description: 'What the caller would be told, were this the first gate that refuses.' })),
});

export const AdminExplanation = t.object('AdminExplanation', {
  allowed: t.boolean({ description: 'Whether the call passes, or passed.' }),
  gate: t.optional(t.string({ description: 'The first gate that refuses.' })),
  gates: t.list(AdminVerdict, { description: 'Each gate in order, for a call that is only supposed.' }),
  records: t.list(t.object('AdminExplainedRecord', { record: AdminAuditRecord, meaning: t.string() }), {
    description: 'What was recorded of a request.',
  }),
});

const text = (description: string) => t.optional(t.string({ max: 1_000, description }));

const params = {
  function: text('The function that is called.'),
  protocol: text('The protocol by which it is called.'),
  from: text('The address of the caller; this machine if left out.'),
  key: text('The id of the key that is used.'),
  token: text('The token that is used: its number, or itself.'),
  user: text('The user who calls, however the user is known.'),
  service: text('The service that is addressed.'),
  method: t.default(t.enum(['POST', 'GET', 'HEAD']), 'POST'),
  https: t.default(t.boolean({ description: 'Whether the call comes by HTTPS.' }), true),
  host: text('The host that is called; one of this site if left out.'),
  origin: text('The origin of the web page that calls.'),
  request_id: text('The id of a request that was made, in place of all others.'),
};

/** Parameters as the handler has them. */
interface Asked {
  readonly function?: string | undefined;
  readonly protocol?: string | undefined;
  readonly from?: string | undefined;
  readonly key?: string | undefined;
  readonly token?: string | undefined;
  readonly user?: string | undefined;
  readonly service?: string | undefined;
  readonly method: string;
  readonly https: boolean;
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
}

function explain(house: AdminHouse) {
  return define('admin.explain', {
    description: 'Says why a call would be refused, gate by gate, or why a request was.',
    effect: 'read',
    ...guarded('admin:audit'),
    params,
    returns: AdminExplanation,
    handler: async ({ request_id: requestId, ...asked }) =>
      requestId === undefined ? explainCall(house, asked) : explainRequest(house, requestId),
  });
}

async function explainRequest({ custody }: AdminHouse, requestId: string) {
  const found = await custody.store.audit.find({ requestId, limit: 10_000 });
  if (found.length === 0)
    throw missing('request_id', 'is not recorded: a record takes a moment, and is kept for some time');
  const refused = found.find(({ code }) => code !== 'ok');
  return {
    allowed: refused === undefined,
    gate: refused?.gate,
    gates: [],
    records: found.map((record) => ({
      record: auditRecord(record),
      meaning: meaningOf(record.code, record.gate),
    })),
  };
}

async function explainCall(house: AdminHouse, asked: Asked) {
  const gates = verdicts(await suppose(house, asked));
  const first = gates.find(({ verdict }) => verdict === 'refuse');
  return { allowed: first === undefined, gate: first?.gate, gates, records: [] };
}

async function suppose(house: AdminHouse, asked: Asked): Promise<Supposition> {
  const { function: name, protocol: protocolName, from = '127.0.0.1', service, method, https, origin } = asked;
  const protocol = house.protocols.find((one) => one.name === protocolName);
  check((issues) => {
    if (name === undefined) issues.add('required', 'is missing', 'function');
    if (protocolName === undefined) issues.add('required', 'is missing', 'protocol');
    else if (protocol === undefined)
      issues.add('unknown', `must be one of ${protocolNames(house).join(', ')}`, 'protocol');
    if (isIP(from) === 0) issues.add('format', 'must be an address', 'from');
  });
  if (name === undefined || protocol === undefined) throw new Fault('invalid-params', 'The parameters do not fit');
  const settings = house.settings.current();
  const now = Date.now();
  return {
    ...(await credentialsOf(house, asked, settings, now)),
    catalog: house.site().catalog,
    settings,
    services: await house.custody.store.services.list(),
    protocol,
    function: name,
    service,
    method,
    address: from,
    https,
    host: asked.host ?? hostOf(settings),
    origin,
    now,
  };
}

async function credentialsOf(
  house: AdminHouse,
  { key, token, user }: Asked,
  settings: Settings,
  now: number,
): Promise<Pick<Supposition, 'chain' | 'credentials'>> {
  const chain = house.chain(settings);
  const credentials: SupposedCredential[] = [];
  if (key !== undefined) credentials.push(await keyCredential(house, key, chain, now));
  if (token !== undefined) credentials.push(await tokenCredential(house, token, now));
  if (user === undefined) return { chain, credentials };
  const known = await userCredential(house, user, chain, now);
  return { chain: known.chain, credentials: [...credentials, known.credential] };
}

/** A name by which callers know this site. */
function hostOf({ publicUrl, allowedHosts }: Settings): string {
  return publicUrl === undefined ? (allowedHosts[0] ?? 'localhost') : new URL(publicUrl).host;
}

/** Functions that explain. */
export function explainFunctions(house: AdminHouse): readonly AnyFunction[] {
  return [explain(house) as AnyFunction];
}
