import { installDebian } from '../clients/debian.ts';

installDebian(['chromium', 'fonts-dejavu-core']).catch((reason: unknown) => {
  process.exitCode = 1;
  process.stderr.write(`${(reason as Error).message}\n`);
});
