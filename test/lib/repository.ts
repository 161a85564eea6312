import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The repository's folder, wherever the compiled tests lie. */
export const root = ((): string => {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package-lock.json'))) folder = dirname(folder);
  return folder;
})();
