import { expect } from 'chai';
import { Fault } from '../../../lib/fault.ts';

/** Runs what must throw a Fault and returns it. */
export function refusal(action: () => unknown): Fault {
  try {
    action();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  return expect.fail('nothing was refused');
}
