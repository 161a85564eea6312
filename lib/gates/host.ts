import type { Settings } from '../settings.ts';

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A Host or authority without its port, in small letters; undefined if it is no host. RFC 9110 §7.2. */
function hostName(authority: string): string | undefined {
  return /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?$/i.exec(authority)?.[1]?.toLowerCase();
}

/** Decides whether a Host header names this site. */
export type HostRule = (host: string, local: boolean) => boolean;

/** The rule for a site: `allowedHosts` (with a port, that port only), the public URL's host, and loopback names on loopback. */
export function hostRule(settings: Settings): HostRule {
  const allowed = new Set(settings.allowedHosts.map((host) => host.toLowerCase()));
  if (settings.publicUrl !== undefined) allowed.add(new URL(settings.publicUrl).host.toLowerCase());
  return (host, local) => {
    const name = hostName(host);
    if (name === undefined) return false;
    return allowed.has(name) || allowed.has(host.toLowerCase()) || (local && loopbackHosts.has(name));
  };
}
