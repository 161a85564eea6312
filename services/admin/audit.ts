import { t } from '../../lib/builders.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import type { RecordFilter, StoredRecord } from '../../lib/store/records.ts';
import { held, shown } from './form.ts';
import { type AdminHouse, guarded } from './house.ts';

const right = 'admin:audit';
export const word = (description: string) => t.optional(t.string({ max: 200, description }));

/** What else calls can be narrowed to. */
export const narrowed = {
  failed: t.optional(t.boolean({ description: 'Only those that did not end well.' })),
  wire: t.optional(t.boolean({ description: 'Only those over protocols: none of the console and the command line.' })),
};

export const AdminAuditRecord = t.object('AdminAuditRecord', {
  cursor: t.string({ description: 'Its place among all records, for the parameter after.' }),
  time: t.datetime(),
  request_id: t.string(),
  function: t.string(),
  protocol: t.string(),
  client: t.optional(t.string({ description: "The key's id." })),
  user: t.optional(t.string()),
  address: t.string(),
  code: t.string({ description: 'ok, or the code of the error.' }),
  gate: t.optional(t.string({ description: 'The gate that refused.' })),
  duration: t.float({ description: 'Milliseconds.' }),
});

/** A record as callers see it. */
export const auditRecord = (record: StoredRecord) => shown(AdminAuditRecord, record, { cursor: String(record.id) });

const AdminEvent = t.object('AdminEvent', {
  time: t.datetime(),
  kind: t.string(),
  actor: t.optional(t.string({ description: 'Who did it.' })),
  subject: t.optional(t.string({ description: 'What it was done to.' })),
  address: t.optional(t.string()),
  request_id: t.optional(t.string()),
});

const range = {
  request_id: word('The id of a request.'),
  since: t.optional(t.datetime({ description: 'From then on.' })),
  until: t.optional(t.datetime({ description: 'Until then, excluded.' })),
  limit: t.default(t.int({ min: 1, max: 10_000 }), 100, { description: 'The newest so many.' }),
};

function audit(house: AdminHouse) {
  return define('admin.audit', {
    description: 'Who called what, and how it ended: the newest first.',
    effect: 'read',
    ...guarded(right),
    params: {
      function: word('The name of a function.'),
      client: word('The id of a key.'),
      user: word('The name of a user.'),
      code: word('ok, or the code of an error.'),
      ...range,
      protocol: word('The name of a protocol.'),
      ...narrowed,
      after: t.optional(
        t.string({
          pattern: '^[0-9]{1,15}$',
          description: 'A cursor: those after it, the oldest first. None is lost or told twice; 0 is before all.',
        }),
      ),
    },
    returns: t.list(AdminAuditRecord),
    handler: async ({ after, ...params }) => {
      const filter = { ...held(params), ...(after === undefined ? {} : { after: Number(after) }) };
      return (await house.custody.store.audit.find(filter as RecordFilter)).map(auditRecord);
    },
  });
}

function events(house: AdminHouse) {
  return define('admin.events', {
    description: 'What happened to credentials, users and switches: the newest first.',
    effect: 'read',
    ...guarded(right),
    params: {
      kind: word('Such as login-failed or key-revoked.'),
      user: word('Who did it.'),
      ...range,
    },
    returns: t.list(AdminEvent),
    handler: async (params) =>
      (await house.custody.store.audit.events(held(params) as RecordFilter)).map((event) => shown(AdminEvent, event)),
  });
}

/** Functions about records of calls and events. */
export function auditFunctions(house: AdminHouse): readonly AnyFunction[] {
  return [audit(house), events(house)].map((fn) => fn as AnyFunction);
}
