/** As whom a call is made. */
export interface Credential {
  readonly kind: 'none' | 'key' | 'token' | 'session';
  /** The key or token that was typed. */
  readonly secret: string;
}

export const nobody: Credential = { kind: 'none', secret: '' };

/** The ways that a session's cookie counts in: those of JSON (DESIGN §5). */
export function takesSession(way: string): boolean {
  return way === 'rest' || way === 'jsonrpc' || way === 'console';
}

/** The headers that say who calls. */
export function credentialHeaders(
  { kind, secret }: Credential,
  csrf: string | undefined,
): Readonly<Record<string, string>> {
  const text = secret.trim();
  if (kind === 'key' && text !== '') return { 'X-API-Key': text };
  if (kind === 'token' && text !== '') return { Authorization: `Bearer ${text}` };
  return kind === 'session' && csrf !== undefined ? { 'X-CSRF-Token': csrf } : {};
}
