import type { IncomingMessage } from 'node:http';
import { expect } from 'chai';
import { createCatalog } from '../../lib/catalog.ts';
import { knowsDetails, pageOf } from '../../lib/pages.ts';
import type { Protocol } from '../../lib/protocol.ts';
import { type PartialSettings, readSettings } from '../../lib/settings.ts';
import { createSite } from '../../lib/site.ts';

const siteOf = (settings: PartialSettings) => createSite(createCatalog([]), readSettings(settings));
const site = siteOf({ enablewebservices: true, enabledwsprotocols: ['a', 'c'] });
const protocol = (name: string, ...paths: readonly string[]) =>
  ({ name, routes: paths.map((path) => ({ path, methods: ['POST'] })) }) as unknown as Protocol;
const protocols = [protocol('a', '/a', '/a/*'), protocol('b', '/b'), protocol('c', '/c')];

describe('lib/pages', () => {
  it('says that the process lives, whatever it stands on', () => {
    for (const unready of [false, true])
      expect(pageOf('/healthz', site, protocols, unready)).eql({ status: 200, body: { status: 'ok' } });
  });

  it('says whether calls are welcome, and why not only where that is given', () => {
    expect(pageOf('/readyz', site, protocols, false)).eql({ status: 200, body: { status: 'ready' } });
    expect(pageOf('/readyz', site, protocols, true)).eql({ status: 503, body: { status: 'unavailable' } });
    for (const reason of ['draining', 'the store is away'])
      expect(pageOf('/readyz', site, protocols, true, reason)).eql({ status: 503, body: { status: reason } });
  });

  it('lists what is on, and nothing of a site that is off', () => {
    expect(pageOf('/', site, protocols, false).body).equal('Polywire\na: /a /a/*\nc: /c\n');
    const off = siteOf({ enabledwsprotocols: ['a'] });
    expect(pageOf('/', off, protocols, false).body).equal('Polywire\nWeb services are off.\n');
  });

  it('has no other pages', () => {
    for (const path of ['', '/readyz/', '/READYZ', '/constructor', '//'])
      expect(pageOf(path, site, protocols, false).status, path).equal(404);
  });

  it('gives details to this machine alone, and to nobody whom a proxy passes on', () => {
    const from = (remoteAddress: string | undefined, headers: Record<string, string> = {}) =>
      knowsDetails({ socket: { remoteAddress }, headers } as unknown as IncomingMessage);
    for (const address of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])
      expect(from(address), address).equal(true);
    for (const address of ['10.0.0.1', '::ffff:10.0.0.1', '128.0.0.1', '::2', undefined])
      expect(from(address), address).equal(false);
    for (const name of ['x-forwarded-for', 'forwarded', 'via'])
      expect(from('127.0.0.1', { [name]: '127.0.0.1' }), name).equal(false);
  });
});
