#!/usr/bin/env node
import { endOfPipe, finish, warnInOneLine } from './process.ts';
import { run } from './run.ts';

process.stdout.on('error', endOfPipe);
process.removeAllListeners('warning').on('warning', warnInOneLine);
void run(process.argv.slice(2)).then(finish);
