import { setTimeout as sleep } from 'node:timers/promises';
import type { Dialect } from '../../../../client/index.ts';
import type { PartialSettings } from '../../../../index.ts';
import { dialects, type Ending, type House, type More, openHouse } from '../../../access/house.ts';
import { type Came, cellOn, type Row, type Steps } from '../row.ts';
import { cameOf, type Over, titleOf } from '../send.ts';

/** The column of the document for each way to call. */
const overOf: Readonly<Record<Dialect, Over>> = {
  rest: 'rest',
  jsonrpc: 'jsonrpc',
  mcp: 'mcp',
  xmlrpc: 'xmlrpc',
  soap: 'soap11',
  soap12: 'soap12',
};

/** A house with these settings. */
export async function openAt(settings: PartialSettings) {
  const place = await openHouse({ kind: 'sqlite', settings });
  return { place, close: () => place.close() };
}

interface Access extends Omit<Row, 'cells'> {
  /** Made anew for each cell, so that it may remember things between its steps. */
  readonly steps: (dialect: Dialect) => Omit<Steps<House>, 'over'>;
  readonly over?: readonly Dialect[];
}

/** A row that is tried over all dialects, or some, each on a house of its own. */
export function inHouse({ steps, over = dialects, ...row }: Access): Row {
  const cells = over.map((dialect) => cellOn(openAt, { over: titleOf[overOf[dialect]], ...steps(dialect) }));
  return { ...row, cells };
}

/** What an ending comes to. */
export function came(dialect: Dialect, { status, text }: Ending): Came {
  return cameOf(overOf[dialect], { status, headers: {}, body: text });
}

/** The password of the user. */
export const password = 'a right password';

/** Makes a user who may call. */
export async function user(house: House, own = password): Promise<string> {
  await house.admin('create_user', { username: 'ana', name: 'Ana', password: own });
  await house.admin('assign_role', { user: 'ana', role: 'caller' });
  return 'ana';
}

/** Asks for a token by name and password. */
export async function login(house: House, dialect: Dialect, own = password, username = 'ana'): Promise<Ending> {
  return house.call(dialect, 'auth.gettoken', { username, password: own });
}

/** Calls a function with a text. */
export async function called(house: House, dialect: Dialect, name: string, headers: More = {}): Promise<Came> {
  return came(dialect, await house.call(dialect, name, { text: 'x' }, headers));
}

/** The header of a token. */
export const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

/** The counts of one try belong to one minute, and to one day. */
async function freshMinute(): Promise<void> {
  const left = 60_000 - (Date.now() % 60_000);
  if (left < 6_000) await sleep(left + 50);
}

/** The last of several answers. */
export async function times(count: number, once: () => Promise<Came>): Promise<Came> {
  await freshMinute();
  let last = await once();
  for (let i = 1; i < count; i++) last = await once();
  return last;
}

/** A key that was made. */
export interface Made {
  readonly key: { readonly id: string };
  readonly secret: string;
}
