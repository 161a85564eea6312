import { Fault } from '../fault.ts';
import { network } from '../gates/network.ts';
import type { UserRecord } from '../store/records.ts';
import type { Custody } from './custody.ts';
import type { Member } from './directory.ts';
import { isFrom } from './identity.ts';
import { isTooLong, needsRehash, type Passwords, passwords } from './password.ts';
import { userProof } from './proof.ts';
import { hashOf } from './secret.ts';

/** Characters of a user name at most: longer ones are nobody's. */
const longestName = 256;
const minute = 60_000;

/** Somebody who says who they are, from where. */
export interface Claim {
  readonly username: string;
  readonly address: string;
  /** The request that it came by. */
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface Attempt extends Claim {
  readonly password: string;
}

/**
 * Finds the user whose name and password these are. Attempts are counted per address and per account before anything is
 * computed. Unknown users, wrong passwords and users who may not log in look alike and take the same work.
 * @returns undefined for whoever may not log in
 * @throws Fault `rate-limited` beyond the limits, `unavailable` while they cannot be counted or too many wait
 */
export async function logIn(
  custody: Custody,
  attempt: Attempt,
  hashes: Passwords = passwords,
): Promise<Member | undefined> {
  const { username, password, address, requestId, now } = attempt;
  await countAttempt(custody, attempt);
  const possible = username.length <= longestName && !isTooLong(password);
  const record = possible ? await custody.store.users.byName(username) : undefined;
  const right = possible && (await hashes.verify(password, record?.password));
  const member = right && record !== undefined ? await custody.directory.user(record.id) : undefined;
  const proof = member && userProof(member, now);
  if (record === undefined || proof === undefined || !isFrom(address, proof.addresses ?? [])) {
    noteFailure(custody, attempt, record);
    return undefined;
  }
  custody.event({ kind: 'login', actor: record.username, address, requestId });
  if (needsRehash(record.password ?? '')) hashAnew(custody, record, password, hashes);
  return member;
}

/** Notes a claim that nothing proves. A name that nobody has may be a password in the wrong field: it is not written down. */
export function noteFailure({ event, mark }: Custody, claim: Claim, user: UserRecord | undefined): void {
  const { username, address, requestId } = claim;
  event({ kind: 'login-failed', actor: user?.username ?? `unknown:${mark(username)}`, address, requestId });
}

/**
 * Counts an attempt in the store, per address and per account, for all processes; 0 is no limit.
 * @throws Fault `rate-limited`, and `unavailable` where it cannot be counted
 */
export async function countAttempt(custody: Custody, { username, address, now }: Claim): Promise<void> {
  await countAttempts(custody, address, now);
  await take(custody, accountOf(username), custody.settings().logins.perAccount, now);
}

/** Takes back what `countAttempt` has counted. Where that fails, the count ends with its minute all the same. */
export async function uncountAttempt(custody: Custody, { username, address, now }: Claim): Promise<void> {
  const { perAddress, perAccount } = custody.settings().logins;
  const back = [
    take(custody, addressOf(address), perAddress, now, -1),
    take(custody, accountOf(username), perAccount, now, -1),
  ];
  await Promise.allSettled(back);
}

const accountOf = (username: string): string => `account:${hashOf(username.toLowerCase())}`;
const addressOf = (address: string): string => `address:${network(address)}`;

/**
 * Counts an attempt from an address to become somebody by a secret.
 * @throws Fault `rate-limited`
 */
export function countAttempts(custody: Custody, address: string, now: number): Promise<void> {
  return take(custody, addressOf(address), custody.settings().logins.perAddress, now);
}

async function take({ store }: Custody, subject: string, limit: number, now: number, amount = 1): Promise<void> {
  if (limit === 0) return;
  const window = Math.floor(now / minute);
  const ends = (window + 1) * minute;
  const { taken } = await store.counters.take(`login:${subject}:${window}`, amount, limit, ends);
  if (taken) return;
  const retryAfter = Math.ceil((ends - now) / 1_000);
  throw new Fault('rate-limited', 'Too many attempts to log in', { retryAfter, gate: 'login' });
}

/** Brings the hash of a password up to the present cost, in the background; next time, should it fail now. */
function hashAnew({ store }: Custody, { id, password: held }: UserRecord, password: string, hashes: Passwords): void {
  const work = async () => {
    const fresh = await hashes.hash(password);
    const record = await store.users.find(id);
    if (record?.password === held) await store.users.update(id, { password: fresh }); // unless it was changed meanwhile
  };
  work().catch(() => {});
}
