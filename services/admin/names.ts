import { t } from '../../lib/builders.ts';
import type { RoleRecord, ServiceRecord, UserRecord } from '../../lib/store/records.ts';
import { type AdminHouse, missing } from './house.ts';

/** The forms of names that people give. */
export const username = t.string({
  pattern: '^[\\p{L}\\p{N}_.@+-]{1,100}$',
  description: 'The name to log in by: letters, digits and _ . @ + -',
});
export const plainName = t.string({ pattern: '^[A-Za-z0-9_.-]{1,100}$', description: 'Letters, digits and _ . -' });
export const capability = t.string({
  max: 100,
  pattern: '^(?:\\*|[A-Za-z][A-Za-z0-9_./-]*(?::[A-Za-z0-9_./-]+)*)$',
  description: 'Such as user:view; * is every capability.',
});
export const contextPath = t.string({
  max: 1_000,
  pattern: '^/(?:[A-Za-z0-9_.:-]+(?:/[A-Za-z0-9_.:-]+)*)?$',
  description: 'Where it counts, and everywhere below: / or /course/5.',
});
export const label = t.string({ min: 1, max: 200, description: 'What people know it by.' });
export const secret = t.string({ sensitive: true, description: 'Shown this once.' });

/** @throws Fault `invalid-params` if there is no such user */
export async function userNamed({ custody }: AdminHouse, name: string, path = 'user'): Promise<UserRecord> {
  const user = await custody.store.users.byName(name.toLowerCase());
  if (user === undefined) throw missing(path, 'is no user');
  return user;
}

/** @throws Fault `invalid-params` if there is no such role */
export async function roleNamed({ custody }: AdminHouse, name: string, path = 'role'): Promise<RoleRecord> {
  const role = (await custody.store.roles.list()).find((one) => same(one.name, name));
  if (role === undefined) throw missing(path, 'is no role');
  return role;
}

/** @throws Fault `invalid-params` if there is no such service */
export async function serviceNamed({ custody }: AdminHouse, name: string, path = 'service'): Promise<ServiceRecord> {
  const service = (await custody.store.services.list()).find((one) => same(one.name, name));
  if (service === undefined) throw missing(path, 'is no service');
  return service;
}

/** Whether two names are one without case. */
export function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The names of users by their numbers. */
export async function usernames({ custody }: AdminHouse): Promise<ReadonlyMap<number, string>> {
  return new Map((await custody.store.users.list()).map(({ id, username: name }) => [id, name]));
}
