import type { Socket } from 'node:net';
import { expect } from 'chai';
import { addressList, connectionEnds, type Ends, listOf, peerOf } from '../../../lib/gates/address.ts';

describe('lib/gates/address', () => {
  it('knows addresses and ranges, IPv4 in IPv6 clothes too', () => {
    const list = addressList(['10.0.0.0/8', '192.168.1.5', '2001:db8::/32', '::1']);
    for (const address of ['10.1.2.3', '::ffff:10.1.2.3', '192.168.1.5', '2001:db8:1::9', '::1', '0:0:0:0:0:0:0:1'])
      expect(list(address), address).equal(true);
    for (const address of [
      '11.0.0.1',
      '192.168.1.6',
      '2001:db9::1',
      '::2',
      '',
      'x',
      '10.1',
      '0x0a.1.2.3',
      '10.1.2.3:80',
      '010.1.2.3',
      '::ffff:11.0.0.1',
    ])
      expect(list(address), address).equal(false);
  });

  for (const entry of [
    '10.1',
    '0x7f.0.0.1',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '::1/129',
    'localhost',
    '',
    '10.0.0.256',
    '10.0.0.0/8x',
    '1',
    '10.0.0.0/ 8',
  ])
    it(`refuses ${JSON.stringify(entry)}`, () => expect(() => addressList([entry])).throw(TypeError, entry));

  it('has no members when empty, and answers the same twice', () => {
    expect(addressList([])('127.0.0.1')).equal(false);
    const list = addressList(['0.0.0.0/0']);
    expect([list('1.2.3.4'), list('1.2.3.4'), list('::1')]).eql([true, true, false]);
  });

  it('remembers a list by its entries', () => {
    const entries = ['10.0.0.5-10.0.0.20', '10.1.*.*'];
    expect(listOf(entries)).equal(listOf(entries));
    expect(['10.0.0.7', '10.1.9.9', '10.2.0.0'].map(listOf(entries))).eql([true, true, false]);
    expect(listOf([])('10.0.0.7')).equal(false);
  });

  it('answers the same however often and of how many it is asked', () => {
    const list = addressList(['10.0.0.0/9']);
    const asked = Array.from({ length: 12_000 }, (_, i) => `10.${i % 250}.${i % 7}.${i % 11}`);
    for (const address of [...asked, ...asked])
      expect(list(address), address).equal(Number(address.split('.')[1]) < 128);
  });

  const ends = (remote: string): Ends => ({
    remote,
    remoteIsLoopback: false,
    localIsLoopback: false,
    encrypted: false,
  });
  const trusted = addressList(['10.0.0.0/8']);
  const peer = (remote: string, forwarded: string, proto?: string) =>
    peerOf(
      ends(remote),
      { 'x-forwarded-for': forwarded, ...(proto === undefined ? {} : { 'x-forwarded-proto': proto }) },
      trusted,
    );

  it('believes forwarded headers as far as their writers are trusted', () => {
    expect(peer('10.0.0.1', '1.1.1.1', 'https')).eql({ address: '1.1.1.1', secure: true });
    expect(peer('10.0.0.1', '127.0.0.1, 1.1.1.1, 10.0.0.2')).eql({ address: '1.1.1.1', secure: false });
    expect(peer('10.0.0.1', '')).eql({ address: '10.0.0.1', secure: false });
    expect(peer('10.0.0.1', ' , ,')).eql({ address: '10.0.0.1', secure: false });
    expect(peer('10.0.0.1', '1.1.1.1', 'https, http').secure).equal(false);
  });

  it('gives one caller one address, whatever family the socket speaks', () => {
    const socket = (remoteAddress: string | undefined) =>
      ({ remoteAddress, localAddress: '::ffff:127.0.0.1' }) as Socket;
    const { remote, remoteIsLoopback, localIsLoopback } = connectionEnds(socket('::ffff:10.1.2.3'));
    expect([remote, remoteIsLoopback, localIsLoopback]).eql(['10.1.2.3', false, true]);
    expect(connectionEnds(socket('::ffff:127.0.0.1')).remoteIsLoopback).equal(true);
    expect(connectionEnds(socket('::ffff:1.2.3')).remote).equal('::ffff:1.2.3');
    expect(connectionEnds(socket(undefined)).remote).equal('');
    expect(peer('10.0.0.1', '::ffff:1.1.1.1').address).equal('1.1.1.1');
    expect(peer('10.0.0.1', '1.1.1.1, ::ffff:10.9.9.9').address).equal('1.1.1.1');
  });

  it('does not believe anybody else', () => {
    expect(peer('2.2.2.2', '127.0.0.1', 'https')).eql({ address: '2.2.2.2', secure: false });
  });
});
