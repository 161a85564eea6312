import { readFileSync } from 'node:fs';

let known: string | undefined;

/** The version in the package.json that this program belongs to. */
export function packageVersion(): string {
  known ??= readVersion();
  return known;
}

function readVersion(): string {
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder)) {
    try {
      const found = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as Record<string, unknown>;
      if (found['name'] === 'polywire') return String(found['version']);
    } catch {
      // not in this folder: look further up
    }
    if (new URL('..', folder).href === folder.href) return 'unknown';
  }
}
