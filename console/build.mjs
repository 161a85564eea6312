// Bundles the console's pages into dist/console/static: `node console/build.mjs`. Names of scripts and styles carry a hash of
// what is in them, so that browsers may keep them for ever.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const source = dirname(fileURLToPath(import.meta.url));
const target = join(source, '..', 'dist', 'console', 'static');

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const { metafile } = await build({
  entryPoints: [join(source, 'main.ts'), join(source, 'style', 'app.css')],
  outdir: target,
  entryNames: '[name]-[hash]',
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2022', 'chrome109', 'firefox115', 'safari16.4'],
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});
const made = Object.keys(metafile.outputs).map((path) => basename(path));
let page = readFileSync(join(source, 'index.html'), 'utf8');
for (const plain of ['main.js', 'app.css']) {
  const [stem, kind] = plain.split('.');
  const name = made.find((one) => one.startsWith(`${stem}-`) && one.endsWith(`.${kind}`));
  if (name === undefined) throw new Error(`no ${plain} was made`);
  page = page.replace(`/console/${plain}`, `/console/${name}`);
}
writeFileSync(join(target, 'index.html'), page);
copyFileSync(join(source, 'icon.svg'), join(target, 'icon.svg'));
