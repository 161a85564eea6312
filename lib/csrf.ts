import { HandlerCall } from './handler-call.ts';

/**
 * What every POST of the caller's session must repeat in `X-CSRF-Token`; undefined without a session. For what tells our
 * own pages that token: other handlers have no use for it.
 */
export function csrfOf(call: object): string | undefined {
  return call instanceof HandlerCall ? call.csrf : undefined;
}
