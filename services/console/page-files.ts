import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PageFile, PageFiles } from '../../protocols/console/files.ts';

/** Where the bundled pages lie beside the compiled server. */
export const builtPages = fileURLToPath(new URL('../../console/static', import.meta.url));

/** What is served, by its ending: nothing else of the folder is. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** Names that esbuild makes with `[hash]`. */
const hashed = /-[A-Z0-9]{8}\.[a-z0-9]+$/;

/** Reads the files of the pages, once: none where they have not been built. */
export function readPages(folder: string): PageFiles {
  const files = new Map<string, PageFile>();
  for (const name of namesIn(folder)) {
    const type = types[extname(name)];
    if (type !== undefined) files.set(name.split(sep).join('/'), fileOf(join(folder, name), name, type));
  }
  return files;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw reason;
  }
}

function fileOf(path: string, name: string, type: string): PageFile {
  const body = readFileSync(path);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  return { body, type, etag, lasting: hashed.test(name) };
}
