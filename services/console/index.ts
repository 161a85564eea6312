import type { AnyFunction } from '../../lib/define.ts';
import type { Protocol } from '../../lib/protocol.ts';
import { consoleProtocol, type Envelope } from '../../protocols/console/index.ts';
import { describeFunction } from './describe.ts';
import { listFunctions } from './functions.ts';
import type { ConsoleHouse } from './house.ts';
import { builtPages, readPages } from './page-files.ts';
import { showSession } from './session.ts';
import { setUp } from './setup.ts';

export interface ConsoleOptions extends ConsoleHouse {
  readonly envelope: Envelope;
  /** The folder of the bundled pages, where it is not beside the server. */
  readonly pages?: string | undefined;
}

/** The web console of a site. */
export function createConsole({ envelope, pages = builtPages, ...house }: ConsoleOptions): Protocol {
  const functions = [showSession, listFunctions, describeFunction].map((make) => make(house) as AnyFunction);
  if (house.admin !== undefined) functions.push(setUp(house.admin) as AnyFunction);
  return consoleProtocol({ envelope, functions, files: readPages(pages) }) as Protocol;
}
