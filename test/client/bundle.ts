import { relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';

/** The text of one file that a browser loads. */
export interface Chunk {
  readonly path: string;
  readonly text: string;
}

/** A module and all that it may load, as esbuild makes them for browsers. */
export interface Bundle {
  readonly entry: string;
  readonly chunks: readonly Chunk[];
  readonly outputs: Metafile['outputs'];
  readonly inputs: Metafile['inputs'];
}

const clientEntry = 'client/typed/index.ts';

/** Bundles a module for browsers; fails where it needs anything that only Node has. */
export async function bundle(entry = clientEntry): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    entryPoints: { client: resolve(entry) },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    metafile: true,
    write: false,
    outdir: 'out',
    logLevel: 'silent',
  });
  const chunks = outputFiles.map(({ path, text }) => ({ path: relative('.', path), text }));
  return { entry: 'out/client.js', chunks, outputs: metafile.outputs, inputs: metafile.inputs };
}

/** The client in one file, for a page that takes no other: all four protocols in it. */
export async function wholeBundle(entry = clientEntry): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [resolve(entry)],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

/** The files that are loaded when the client is, and then the one that has this input. */
export function loadedFor({ entry, outputs }: Bundle, input: string): ReadonlySet<string> {
  const files = new Set<string>();
  const load = (path: string): void => {
    if (files.has(path)) return;
    files.add(path);
    for (const { path: next, kind } of outputs[path]?.imports ?? []) if (kind === 'import-statement') load(next);
  };
  load(entry);
  const lazy = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === input);
  if (lazy === undefined) throw new Error(`there is no chunk of ${input}`);
  load(lazy[0]);
  return files;
}

/** Bytes that go over the wire for some of its files. */
export function gzipped({ chunks }: Bundle, files: ReadonlySet<string>): number {
  return chunks
    .filter(({ path }) => files.has(path))
    .reduce((bytes, { text }) => bytes + gzipSync(text, { level: 9 }).length, 0);
}
