import { t } from '../../lib/builders.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import type { Infer } from '../../lib/descriptor.ts';
import type { QuotaSubject } from '../../lib/quota/quota.ts';
import { limited } from '../../lib/quota/subjects.ts';
import { day, minute, type Window } from '../../lib/quota/window.ts';
import { type AdminHouse, guarded } from './house.ts';

const count = (description: string) => t.optional(t.int({ description }));

const AdminQuotaSubject = t.object('AdminQuotaSubject', {
  kind: t.enum(['key', 'user', 'address']),
  id: t.string({ description: "The key's id, the user's name, the address or, of IPv6, its /64." }),
  name: t.string({ description: 'What people know it by.' }),
  per_minute: count('Calls that it may make in a minute.'),
  per_day: count('Calls that it may make in a day.'),
  used_minute: count('Those of this minute.'),
  used_day: count('Those of this day.'),
});

const AdminQuotas = t.object('AdminQuotas', {
  minute_counts: t.enum(['process', 'site', 'unknown'], {
    description: 'Whether minutes are counted by this process alone, for the whole site, or elsewhere (Redis).',
  }),
  minute_ends: t.datetime(),
  day_ends: t.datetime({ description: 'Days are those of UTC.' }),
  subjects: t.list(AdminQuotaSubject),
});

type Subject = Infer<typeof AdminQuotaSubject>;
/** Whose calls are limited, with what people call it. */
interface Limited extends Pick<Subject, 'kind' | 'id' | 'name'> {
  readonly subject: QuotaSubject;
}
type Counts = ReadonlyMap<string, number>;

/** Subjects of one sort and window that are looked at. */
const most = 10_000;

/** The calls of each subject in the present window, out of the store. */
async function countsIn({ custody }: AdminHouse, { name, length }: Window, now: number): Promise<Counts> {
  const found = await custody.store.counters.list(`${name}:`, `:${Math.floor(now / length)}`, most);
  return new Map(found.map((one) => [one.name, one.count]));
}

/** Keys and users that have limits, and addresses that were counted. */
async function limitedSubjects(
  { custody }: AdminHouse,
  counted: readonly string[],
  now: number,
): Promise<readonly Limited[]> {
  const { quotas } = custody.settings();
  const [keys, users] = await Promise.all([custody.store.keys.list(), custody.store.users.list()]);
  const good = keys.filter(({ revoked }) => revoked === undefined || revoked > now);
  const addresses = counted.filter((name) => name.startsWith('address:'));
  return [
    ...good.map(({ id, name, ...limits }) => ({
      kind: 'key' as const,
      id,
      name,
      subject: limited({ ...limits, name: `key:${id}` }, quotas),
    })),
    ...users.map(({ id, name, username, ...limits }) => ({
      kind: 'user' as const,
      id: username,
      name,
      subject: limited({ ...limits, name: `user:${id}` }, quotas),
    })),
    ...addresses.map((name) => {
      const address = name.slice('address:'.length);
      return { kind: 'address' as const, id: address, name: address, subject: limited({ name }, quotas) };
    }),
  ].filter(({ subject }) => subject.perMinute !== undefined || subject.perDay !== undefined);
}

/** The greatest share of a limit that is used. */
function shareOf({ per_minute, per_day, used_minute = 0, used_day = 0 }: Subject): number {
  return Math.max(
    per_minute === undefined ? 0 : used_minute / per_minute,
    per_day === undefined ? 0 : used_day / per_day,
  );
}

function shown({ kind, id, name, subject }: Limited, minutes: Counts | undefined, days: Counts): Subject {
  const { perMinute, perDay } = subject;
  return {
    kind,
    id,
    name,
    ...(perMinute === undefined ? {} : { per_minute: perMinute }),
    ...(perDay === undefined ? {} : { per_day: perDay }),
    ...(perMinute === undefined || minutes === undefined ? {} : { used_minute: minutes.get(subject.name) ?? 0 }),
    ...(perDay === undefined ? {} : { used_day: days.get(subject.name) ?? 0 }),
  } as Subject;
}

const endOf = ({ length }: Window, now: number): Date => new Date((Math.floor(now / length) + 1) * length);

function usageQuotas(house: AdminHouse) {
  return define('admin.usage_quotas', {
    description: 'Shows who is limited, and how much of the limits is used up: the greatest share first.',
    effect: 'read',
    ...guarded('admin:audit'),
    params: { limit: t.default(t.int({ min: 1, max: 10_000 }), 100) },
    returns: AdminQuotas,
    handler: async ({ limit }) => {
      const now = Date.now();
      const { minuteCounts, minutesNow } = house.counting;
      const days = await countsIn(house, day, now);
      const known = minuteCounts === 'site' ? await countsIn(house, minute, now) : minutesNow(now);
      const minutes = minuteCounts === 'unknown' ? undefined : known;
      const names = [...new Set([...days.keys(), ...(minutes?.keys() ?? [])])];
      const subjects = (await limitedSubjects(house, names, now)).map((one) => shown(one, minutes, days));
      return {
        minute_counts: minuteCounts,
        minute_ends: endOf(minute, now),
        day_ends: endOf(day, now),
        subjects: subjects.sort((a, b) => shareOf(b) - shareOf(a)).slice(0, limit),
      };
    },
  });
}

/** Functions about what is limited. */
export function usageQuotaFunctions(house: AdminHouse): readonly AnyFunction[] {
  return [usageQuotas(house) as AnyFunction];
}
