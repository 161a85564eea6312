import ipaddr from 'ipaddr.js';

/**
 * Cuts an address to the network it is in: /24 of IPv4, /48 of IPv6; IPv4 inside IPv6 counts as IPv4. What has been cut
 * stays as it is; what is no address becomes empty.
 */
export function cutAddress(address: string): string {
  const [text = ''] = address.split('/', 1);
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return cutIPv4(ipaddr.IPv4.parse(text));
  if (!text.includes(':') || !ipaddr.IPv6.isValid(text)) return '';
  const parsed = ipaddr.IPv6.parse(text);
  if (parsed.isIPv4MappedAddress()) return cutIPv4(parsed.toIPv4Address());
  return `${new ipaddr.IPv6([...parsed.parts.slice(0, 3), 0, 0, 0, 0, 0])}/48`;
}

function cutIPv4({ octets }: ipaddr.IPv4): string {
  return `${octets.slice(0, 3).join('.')}.0/24`;
}
