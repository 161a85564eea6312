import { expect } from 'chai';
import { cutAddress } from '../../../lib/audit/cut-address.ts';

describe('cutting addresses', () => {
  for (const [address, cut] of [
    ['192.0.2.77', '192.0.2.0/24'],
    ['255.255.255.255', '255.255.255.0/24'],
    ['::ffff:192.0.2.77', '192.0.2.0/24'],
    ['2001:db8:1234:5678:9abc::1', '2001:db8:1234::/48'],
    ['2001:db8::1', '2001:db8::/48'],
    ['::1', '::/48'],
    ['fe80::1%eth0', 'fe80::/48'],
    ['192.0.2.0/24', '192.0.2.0/24'],
    ['2001:db8:1234::/48', '2001:db8:1234::/48'],
    ['', ''],
    ['10.1', ''],
    ['0x7f.1', ''],
    ['not an address', ''],
  ] as const) {
    it(`makes ${cut === '' ? 'nothing' : cut} of ${address === '' ? 'nothing' : address}`, () => {
      expect(cutAddress(address)).equal(cut);
      expect(cutAddress(cut)).equal(cut);
    });
  }
});
