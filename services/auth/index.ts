import type { Custody } from '../../lib/auth/custody.ts';
import type { AnyFunction } from '../../lib/define.ts';
import { renewKey } from './keys.ts';
import { endBrowserSession, endBrowserSessions, startBrowserSession } from './sessions.ts';
import { getToken, renewToken, revokeToken } from './tokens.ts';
import { whoAmI } from './whoami.ts';

/** Functions about one's own credentials. No glob matches them: each is switched on by its name. */
export function authFunctions(custody: Custody): readonly AnyFunction[] {
  const sessions = [startBrowserSession, endBrowserSession, endBrowserSessions];
  return [getToken, renewToken, revokeToken, whoAmI, renewKey, ...sessions].map((make) => make(custody) as AnyFunction);
}
