import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';

type Range = readonly [address: ipaddr.IPv4 | ipaddr.IPv6, bits: number];

/** Whether an address belongs to a list. */
export type AddressList = (address: string) => boolean;

/**
 * Reads a list of addresses and CIDR ranges (RFC 4632, RFC 4291 §2.3), IPv4 in four decimal parts only.
 * @throws TypeError naming the entry that is neither
 */
export function addressList(entries: readonly string[]): AddressList {
  const ranges = entries.map(parseRange);
  const known = new Map<string, boolean>();
  return (address) => {
    let member = known.get(address);
    if (member === undefined) {
      const parsed = parseAddress(address);
      member = parsed !== undefined && ranges.some((range) => contains(range, parsed));
      if (known.size >= 10_000) known.clear();
      known.set(address, member);
    }
    return member;
  };
}

function parseRange(entry: string): Range {
  const [address = '', bits, ...rest] = entry.split('/');
  const parsed = parseAddress(address);
  const most = parsed?.kind() === 'ipv6' ? 128 : 32;
  const length = bits === undefined ? most : /^[0-9]{1,3}$/.test(bits) ? Number(bits) : -1;
  if (parsed === undefined || rest.length > 0 || length < 0 || length > most) {
    throw new TypeError(`${entry} is not an address or a CIDR range`);
  }
  return [parsed, length];
}

/** An address, IPv4 inside IPv6 (`::ffff:10.1.2.3`) taken out; undefined for anything else, `10.1` and `0x7f.1` among it. */
function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  if (!text.includes(':') || !ipaddr.IPv6.isValid(text)) return undefined;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

function contains([range, bits]: Range, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (range.kind() !== address.kind()) return false;
  return address.match(range as never, bits);
}

/** Whether an address is this machine itself. */
export const isLoopback: AddressList = addressList(['127.0.0.0/8', '::1']);

/** The caller as seen through trusted proxies. */
export interface Peer {
  readonly address: string;
  readonly secure: boolean;
}

/**
 * Who calls, and whether over HTTPS. Forwarded headers count only as far as the proxies that wrote them are trusted:
 * the caller is the last address that is not one of theirs.
 */
export function peerOf(request: IncomingMessage, trusted: AddressList): Peer {
  const address = request.socket.remoteAddress ?? '';
  const secure = 'encrypted' in request.socket && request.socket.encrypted === true;
  if (!trusted(address)) return { address, secure };
  const proto = String(request.headers['x-forwarded-proto'] ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  const hops = String(request.headers['x-forwarded-for'] ?? '')
    .slice(-2_000)
    .split(',')
    .map((hop) => hop.trim());
  const caller = hops.filter((hop) => hop !== '').findLast((hop) => !trusted(hop));
  return { address: caller ?? address, secure: secure || proto === 'https' };
}
