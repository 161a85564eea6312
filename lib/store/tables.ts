import type { Generated } from 'kysely';
import type {
  AppPasswordRecord,
  AssignmentRecord,
  EventRecord,
  KeyRecord,
  KeySecretRecord,
  RoleRecord,
  ServiceRecord,
  ServiceUserRecord,
  SessionRecord,
  StoredRecord,
  TokenRecord,
  UserRecord,
} from './records.ts';

type Column<V> = V extends undefined ? null : V extends boolean ? number : V extends readonly unknown[] ? string : V;

/** A record as its table holds it: what is left out is null, switches are 0 and 1, lists are JSON. */
export type Row<T> = { [K in keyof T]-?: Column<T[K]> };

/** A row that the database numbers. */
type Numbered<T> = Omit<Row<T>, 'id'> & { id: Generated<number> };

/** A row found by its name without case. */
interface Named {
  nameKey: string;
}

/** All tables, the same on SQLite and PostgreSQL. Times are milliseconds since 1970. */
export interface Tables {
  /** Numbers of the store itself: its revision, and until when addresses have been cut. */
  marks: { name: string; value: number };
  /** One row, of the number 1. */
  settings: { id: number; held: string };
  users: Numbered<UserRecord> & Named;
  roles: Numbered<RoleRecord> & Named;
  assignments: Row<AssignmentRecord>;
  services: Numbered<Omit<ServiceRecord, 'users'>> & Named;
  serviceUsers: Row<ServiceUserRecord> & { serviceId: number };
  keys: Row<Omit<KeyRecord, 'secrets'>>;
  keySecrets: Numbered<KeySecretRecord> & { keyId: string };
  tokens: Numbered<TokenRecord>;
  appPasswords: Numbered<AppPasswordRecord>;
  sessions: Row<SessionRecord>;
  nonces: { name: string; expires: number };
  counters: { name: string; count: number; expires: number };
  outcomes: { scope: string; args: string; outcome: string | null; expires: number };
  audit: Numbered<StoredRecord>;
  events: Row<EventRecord> & { id: Generated<number> };
}
