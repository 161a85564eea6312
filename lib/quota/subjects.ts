import type { QuotaSettings } from '../auth/auth-settings.ts';
import type { Identity } from '../auth/identity.ts';
import { network } from '../gates/network.ts';
import type { QuotaSubject } from './quota.ts';

type Limits = Pick<QuotaSubject, 'perMinute' | 'perDay'>;

/** What the settings say of each sort of subject, where it does not say so itself. */
function defaultsFor(name: string, quotas: QuotaSettings): Limits {
  if (name.startsWith('key:')) return { perMinute: quotas.keyPerMinute, perDay: quotas.keyPerDay };
  if (name.startsWith('user:')) return { perMinute: quotas.userPerMinute, perDay: quotas.userPerDay };
  if (name.startsWith('address:')) return { perMinute: quotas.addressPerMinute, perDay: quotas.addressPerDay };
  return {};
}

/** A subject with the limits in force: its own, else those of its sort; 0 and nothing are no limit. */
export function limited(subject: QuotaSubject, quotas: QuotaSettings): QuotaSubject {
  const defaults = defaultsFor(subject.name, quotas);
  const perMinute = subject.perMinute ?? defaults.perMinute ?? 0;
  const perDay = subject.perDay ?? defaults.perDay ?? 0;
  return {
    name: subject.name,
    perMinute: perMinute > 0 ? perMinute : undefined,
    perDay: perDay > 0 ? perDay : undefined,
  };
}

const counts = ({ perMinute, perDay }: QuotaSubject): boolean => perMinute !== undefined || perDay !== undefined;

/** A user whom two credentials prove is counted once. */
function once(subjects: readonly QuotaSubject[]): readonly QuotaSubject[] {
  return [...new Map(subjects.map((subject) => [subject.name, subject])).values()];
}

interface Known {
  readonly quotas: QuotaSettings;
  readonly subjects: readonly QuotaSubject[];
}

const known = new WeakMap<Identity, Known>();

/** Whose calls are counted: every proven credential and user that has a limit, and the address where there is one for it. */
export function subjectsOf(identity: Identity, address: string, quotas: QuotaSettings): readonly QuotaSubject[] {
  let found = known.get(identity);
  if (found?.quotas !== quotas) {
    const subjects = identity.proofs.flatMap((proof) => proof.subjects.map((subject) => limited(subject, quotas)));
    found = { quotas, subjects: once(subjects.filter(counts)) };
    known.set(identity, found);
  }
  if (quotas.addressPerMinute === 0 && quotas.addressPerDay === 0) return found.subjects;
  return [...found.subjects, limited({ name: `address:${network(address)}` }, quotas)];
}
