import { expect } from 'chai';
import { Fault } from '../../lib/fault.ts';

/** The fault that some work throws; fails if it throws none. */
export function caught(work: () => unknown): Fault {
  try {
    work();
  } catch (reason) {
    expect(reason, String(reason)).instanceOf(Fault);
    return reason as Fault;
  }
  throw new Error('nothing was thrown');
}

/** The fault that a promise is rejected with; fails if there is none. */
export async function rejected(work: Promise<unknown>): Promise<Fault> {
  const reason = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(reason, String(reason)).instanceOf(Fault);
  return reason as Fault;
}
