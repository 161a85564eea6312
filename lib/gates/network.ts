import ipaddr from 'ipaddr.js';

/**
 * What an address is counted as: whoever has one IPv6 address has the 2^64 around it too (RFC 4291 §2.5.1), so they
 * count as one; IPv4 inside IPv6 counts as IPv4.
 */
export function network(address: string): string {
  if (!address.includes(':') || !ipaddr.IPv6.isValid(address)) return address;
  const parsed = ipaddr.IPv6.parse(address);
  if (parsed.isIPv4MappedAddress()) return parsed.toIPv4Address().toString();
  return `${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}
