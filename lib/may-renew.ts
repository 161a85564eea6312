import { type Reach, reaches } from './auth/reach.ts';
import { HandlerCall } from './handler-call.ts';

/**
 * Whether the credentials that prove the user of a call allow all that a key or token would: for what gives out fresh
 * secrets; other handlers have no use for it.
 */
export function mayRenew(call: object, reach: Reach): boolean {
  return call instanceof HandlerCall && call.userProofs.every((proof) => reaches(proof, reach));
}
