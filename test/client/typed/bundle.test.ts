import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { createClient } from '../../../client/typed/index.ts';
import type { Server } from '../../../index.ts';
import { listeningServer } from '../../conformance/run.ts';
import { type Bundle, bundle, gzipped, loadedFor, wholeBundle } from '../bundle.ts';
import { protocols, shop } from './shop.ts';

/** Bytes that a page may load, gzipped, to call by JSON-RPC. */
const most = 12_000;

describe('the typed client in a bundle', () => {
  let made: Bundle;
  before(async () => {
    made = await bundle();
  });

  it(`has fewer than ${most} bytes for JSON-RPC, gzipped`, () => {
    const files = loadedFor(made, 'client/jsonrpc.ts');
    expect(files.size).to.be.above(1);
    expect(gzipped(made, files)).to.be.below(most);
  });

  it('loads each protocol apart, and no validator, no Node', () => {
    const files = loadedFor(made, 'client/jsonrpc.ts');
    for (const other of ['rest', 'soap', 'xmlrpc']) {
      const own = [...loadedFor(made, `client/${other}.ts`)].filter((path) => !files.has(path));
      expect(own.length, other).to.be.above(0);
    }
    for (const [path, { imports }] of Object.entries(made.inputs)) {
      expect(path).not.to.match(/node_modules|codegen|validate/);
      for (const { path: imported, external } of imports)
        expect([path, imported, external ?? false].slice(2)).to.deep.equal([false]);
    }
  });

  it('makes no code of text, which strict pages forbid', () => {
    for (const { text } of made.chunks) expect(text).not.to.match(/\bnew Function\b|\beval\(/);
  });

  describe('without Buffer', () => {
    const folder = mkdtempSync(join(tmpdir(), 'polywire-bundle-'));
    let server: Server;
    let url = '';
    before(async () => {
      ({ server, url } = await listeningServer(shop));
    });
    after(async () => {
      rmSync(folder, { recursive: true, force: true });
      await server.close(0);
    });

    it('calls over every protocol', async () => {
      const path = join(folder, 'client.mjs');
      // what a browser does not have is not there for the bundle either
      writeFileSync(
        path,
        `const Buffer = undefined, process = undefined, require = undefined;\n${await wholeBundle()}`,
      );
      const loaded = (await import(pathToFileURL(path).href)) as { readonly createClient: typeof createClient };
      for (const protocol of protocols) {
        const client = loaded.createClient<typeof shop>({ url, protocol });
        const item = await client.shop.items.find({ id: 2n ** 62n });
        expect(item, protocol).to.deep.equal({
          id: 2n ** 62n,
          price: '12.50',
          since: new Date('2020-02-29T12:00:00Z'),
          seal: Uint8Array.of(0, 255),
          tags: ['new'],
        });
      }
    });
  });
});
