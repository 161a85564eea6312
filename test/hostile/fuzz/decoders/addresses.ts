import { BlockList, isIP } from 'node:net';
import { expect } from 'chai';
import fc from 'fast-check';
import { cutAddress } from '../../../../lib/audit/cut-address.ts';
import { addressList, isAddressRange, peerOf } from '../../../../lib/gates/address.ts';
import { hostRule } from '../../../../lib/gates/host.ts';
import { network } from '../../../../lib/gates/network.ts';
import { readAddress, readRange } from '../../../../lib/gates/ranges.ts';
import { readSettings } from '../../../../lib/settings.ts';
import type { Decoder, Shot } from '../decoder.ts';
import { expectClean } from '../exchange.ts';
import { header, headerPiece } from '../header-language.ts';
import { bytesOf, texts } from '../shots.ts';

const digits = fc.constantFrom(
  '0',
  '1',
  '9',
  '10',
  '127',
  '128',
  '255',
  '256',
  '00',
  '01',
  '300',
  '0x7f',
  '',
  '*',
  '٣',
);
const dotted = fc.array(digits, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('.'));
const group = fc.constantFrom('0', '1', 'ffff', 'FE80', '00001', '', 'g', '::', '1.2.3.4');
const colons = fc.array(group, { minLength: 1, maxLength: 9 }).map((groups) => groups.join(':'));
const one = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  dotted,
  colons,
  fc.ipV4().map((four) => `::ffff:${four}`),
  fc.constantFrom('::1', '127.0.0.1', '::', 'fe80::1%eth0', '10.1', 'localhost', '1.2.3.4:80', '[::1]'),
);
const ranged = fc.oneof(
  fc.tuple(one, fc.integer({ min: -1, max: 140 })).map(([address, bits]) => `${address}/${bits}`),
  fc.tuple(one, one).map((ends) => ends.join('-')),
  dotted.map((address) => `${address}.*`),
);
const lists = [
  '10.0.0.1, 192.168.1.1,::1',
  'unknown, 10.0.0.1:80',
  'api.example.org:8080',
  '[::1]:80',
  'localhost',
].map(headerPiece);

const members = ['10.0.0.0/8', '192.168.1.1', '2001:db8::/32', '::1', '172.16.0.5-172.16.0.20'];
const ours = addressList(members);
const theirs = new BlockList();
theirs.addSubnet('10.0.0.0', 8, 'ipv4');
theirs.addAddress('192.168.1.1', 'ipv4');
theirs.addSubnet('2001:db8::', 32, 'ipv6');
theirs.addAddress('::1', 'ipv6');
theirs.addRange('172.16.0.5', '172.16.0.20', 'ipv4');

const host = hostRule(
  readSettings({ allowedHosts: ['api.example.org', 'other.example.org:8443'], publicUrl: 'https://www.example.org' }),
);
const ends = { remote: '10.0.0.9', remoteIsLoopback: false, localIsLoopback: true, encrypted: false };

function act({ bytes }: Shot) {
  return {
    address: readAddress(bytes),
    range: readRange(bytes),
    entry: isAddressRange(bytes),
    network: network(bytes),
    cut: cutAddress(bytes),
    member: ours(bytes),
    peer: peerOf(ends, { 'x-forwarded-for': bytes, 'x-forwarded-proto': bytes }, ours),
    origin: host(bytes, true, true),
  };
}

/** An entry as Node's own lists have it; undefined for forms that they do not know. */
function blockListOf(entry: string): BlockList | undefined {
  const [address = '', bits, ...more] = entry.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(address) === 0 || more.length > 0 || address.includes('%') || /^::ffff:/i.test(address)) return undefined;
  const list = new BlockList();
  if (bits === undefined) list.addAddress(address, family);
  else list.addSubnet(address, Number(bits), family);
  return list;
}

const probes = [
  '0.0.0.0',
  '10.0.0.1',
  '127.0.0.1',
  '128.1.1.1',
  '255.255.255.255',
  '::1',
  'fe80::1',
  '2001:db8::1',
  '::',
];

function expectRange(entry: string): void {
  const list = blockListOf(entry);
  if (list === undefined) return;
  const mine = addressList([entry]);
  for (const probe of probes) {
    const family = isIP(probe) === 6 ? 'ipv6' : 'ipv4';
    const sameFamily = (isIP(entry.split('/')[0] ?? '') === 6) === (family === 'ipv6');
    if (sameFamily) expect(mine(probe), `${probe} in ${entry}`).to.equal(list.check(probe, family));
  }
}

/** Addresses, ranges, forwarded headers and hosts, against Node's own lists. */
export const addressesDecoder: Decoder = {
  name: 'addresses',
  shots: fc
    .oneof(one, ranged, bytesOf(texts(lists, header)), bytesOf(fc.oneof(one, ranged)))
    .map((bytes) => ({ bytes })),
  act,
  check: ({ bytes }) => {
    const { address, range, entry, peer, origin, member, network: counted, cut } = act({ bytes });
    expectClean();
    expect(address !== undefined, 'whether it is an address').to.equal(isIP(bytes) !== 0 && bytes.length <= 64);
    expect(entry).to.equal(range !== undefined);
    if (range !== undefined) {
      expect(range.first <= range.last).to.equal(true);
      expectRange(bytes);
    }
    if (isIP(bytes) === 4) expect(member).to.equal(theirs.check(bytes, 'ipv4'));
    expect([typeof counted, typeof cut, typeof peer.address]).to.deep.equal(['string', 'string', 'string']);
    expect(peer.address.length).to.be.at.most(Math.max(2_000, 20));
    if (origin !== '')
      expect(new URL(origin).origin.toLowerCase(), 'an origin').to.match(/^https:\/\/[a-z0-9.:[\]-]+$/);
    return address === undefined && range === undefined ? 'refused' : 'accepted';
  },
  tokens: [...header.tokens, '.', ':', '0', '*.', '1.', '::', '10.0.0.1,', '/', '-'],
  most: 65_536,
};
