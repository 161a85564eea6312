import { expect } from 'chai';
import { hostRule } from '../../../lib/gates/host.ts';
import { readSettings } from '../../../lib/settings.ts';

const rule = hostRule(
  readSettings({
    allowedHosts: ['API.example.org', 'other.example.org:8443'],
    publicUrl: 'https://www.example.org/base',
  }),
);

describe('lib/gates/host', () => {
  for (const host of [
    'api.example.org',
    'API.EXAMPLE.ORG',
    'api.example.org:99',
    'other.example.org:8443',
    'www.example.org',
  ])
    it(`takes ${host}`, () => expect(rule(host, false, true)).equal(`https://${host}`));

  for (const host of [
    '',
    'evil.example',
    'other.example.org',
    'other.example.org:80',
    'api.example.org.evil.example',
    'api.example.org@evil',
    'api.example.org:',
    'api.example.org:x',
    'api.example.org:999999',
    'api.example.org:65536',
    'a b',
    'api.example.org/x',
    'api.example.org#',
    '[::1',
    'localhost',
    '127.0.0.1',
  ])
    it(`refuses ${JSON.stringify(host)} from outside`, () => expect(rule(host, false, false)).equal(''));

  for (const host of ['localhost', 'localhost:8080', '127.0.0.1', '127.0.0.1:80', '[::1]', '[::1]:80'])
    it(`takes ${host} on loopback only`, () => {
      expect(rule(host, true, false)).equal(`http://${host}`);
      expect(rule(host, false, false)).equal('');
      expect(rule(host, true, false)).equal(`http://${host}`);
    });

  for (const host of [
    '127.0.0.2',
    '127.1',
    '2130706433',
    '0.0.0.0',
    'localhost.evil.example',
    'localhost.',
    '0',
    '[::]',
  ])
    it(`refuses ${host} even on loopback`, () => expect(rule(host, true, false)).equal(''));
});
