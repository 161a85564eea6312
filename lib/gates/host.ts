import type { Settings } from '../settings.ts';

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A Host or authority without its port, in small letters; undefined if it is no host. RFC 9110 §7.2. */
function hostName(authority: string): string | undefined {
  const [, host, port = '0'] = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::([0-9]{1,5}))?$/i.exec(authority) ?? [];
  return Number(port) > 65_535 ? undefined : host?.toLowerCase();
}

/** Whether a text is a host as callers name one, with or without a port. */
export function isHost(text: string): boolean {
  return hostName(text) !== undefined;
}

/**
 * Gives the origin (`https://host`) for a Host header that names this site, and an empty text for any other. `local` says
 * that the connection came in by loopback, `secure` that it is HTTPS.
 */
export type HostRule = (host: string, local: boolean, secure: boolean) => string;

/** Answers that are remembered; hosts that are not ours are judged anew each time, so that nobody can fill the memory. */
const mostRemembered = 100;

/** The rule for a site: `allowedHosts` (with a port, that port only), the public URL's host, and loopback names on loopback. */
export function hostRule(settings: Settings): HostRule {
  const allowed = new Set(settings.allowedHosts.map((host) => host.toLowerCase()));
  if (settings.publicUrl !== undefined) allowed.add(new URL(settings.publicUrl).host.toLowerCase());
  const isOurs = (host: string, local: boolean): boolean => {
    const name = hostName(host);
    if (name === undefined) return false;
    return allowed.has(name) || allowed.has(host.toLowerCase()) || (local && loopbackHosts.has(name));
  };
  const remembered = { local: new Set<string>(), any: new Set<string>() };
  return (host, local, secure) => {
    const known = local ? remembered.local : remembered.any;
    if (!known.has(host)) {
      if (!isOurs(host, local)) return '';
      if (known.size < mostRemembered) known.add(host);
    }
    return secure ? `https://${host}` : `http://${host}`;
  };
}
