import type { AssignmentRecord, KeyRecord, RoleRecord, TokenRecord, UserRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** What a user may do in a context and everything below it. */
export interface Grant {
  /** `/`, `/course/5`. */
  readonly context: string;
  /** `*` is every capability. */
  readonly capabilities: ReadonlySet<string>;
}

/** A user with what all roles together allow. */
export interface Member {
  readonly record: UserRecord;
  readonly grants: readonly Grant[];
}

/** Records of each sort that are remembered at most; beyond it all are forgotten and read anew. */
const most = 10_000;

/** What is looked up by one key, remembered until told otherwise. What does not exist is not remembered. */
class Remembered<K, V> {
  readonly #look: (key: K) => Promise<V | undefined>;
  readonly #known = new Map<K, V>();
  #age = 0;

  constructor(look: (key: K) => Promise<V | undefined>) {
    this.#look = look;
  }

  get(key: K): V | Promise<V | undefined> {
    return this.#known.get(key) ?? this.#find(key);
  }

  forget(): void {
    this.#known.clear();
    this.#age++;
  }

  async #find(key: K): Promise<V | undefined> {
    const age = this.#age;
    const value = await this.#look(key);
    if (value === undefined || age !== this.#age) return value; // what was read before a change is not kept beyond it
    if (this.#known.size >= most) this.#known.clear();
    this.#known.set(key, value);
    return value;
  }
}

/**
 * Users, keys and tokens as the hot path needs them: remembered, so that a call that has been here before waits for
 * nothing, and forgotten whenever the store's revision changes.
 */
export class Directory {
  readonly #users: Remembered<number, Member>;
  readonly #names: Remembered<string, number>;
  readonly #keys: Remembered<string, KeyRecord>;
  readonly #tokens: Remembered<string, TokenRecord>;
  #revision = 0;

  /** @param roles the roles of the moment */
  constructor(store: Store, roles: () => readonly RoleRecord[]) {
    this.#users = new Remembered(async (id) => {
      const record = await store.users.find(id);
      return record && { record, grants: grantsOf(await store.roles.assignments(id), roles()) };
    });
    this.#names = new Remembered(async (name) => (await store.users.byName(name))?.id);
    this.#keys = new Remembered((id) => store.keys.find(id));
    this.#tokens = new Remembered((hash) => store.tokens.byHash(hash));
  }

  /** Grows whenever what was remembered may have changed. */
  get revision(): number {
    return this.#revision;
  }

  forget(): void {
    this.#revision++;
    for (const remembered of [this.#users, this.#names, this.#keys, this.#tokens]) remembered.forget();
  }

  user(id: number): Member | undefined | Promise<Member | undefined> {
    return this.#users.get(id);
  }

  /** By the name as it was typed; names differ by more than case. */
  async userByName(name: string): Promise<Member | undefined> {
    const id = await this.#names.get(name.toLowerCase());
    return id === undefined ? undefined : this.#users.get(id);
  }

  key(id: string): KeyRecord | undefined | Promise<KeyRecord | undefined> {
    return this.#keys.get(id);
  }

  /** By the SHA-256 of the token in hex. */
  token(hash: string): TokenRecord | undefined | Promise<TokenRecord | undefined> {
    return this.#tokens.get(hash);
  }
}

/** Joins the roles that a user has in each context. */
function grantsOf(assignments: readonly AssignmentRecord[], roles: readonly RoleRecord[]): readonly Grant[] {
  const contexts = new Map<string, Set<string>>();
  for (const { roleId, context } of assignments) {
    const capabilities = contexts.get(context) ?? new Set();
    for (const capability of roles.find(({ id }) => id === roleId)?.capabilities ?? []) capabilities.add(capability);
    contexts.set(context, capabilities);
  }
  return [...contexts].map(([context, capabilities]) => ({ context, capabilities }));
}

/** Whether a grant reaches a context: its own or one below it. */
function reaches(grant: Grant, context: string): boolean {
  return grant.context === '/' || context === grant.context || context.startsWith(`${grant.context}/`);
}

/** Whether grants give a capability in a context; without a context, whether in any. */
export function holds(grants: readonly Grant[], capability: string, context?: string): boolean {
  return grants.some(
    (grant) =>
      (grant.capabilities.has(capability) || grant.capabilities.has('*')) &&
      (context === undefined || reaches(grant, context)),
  );
}
