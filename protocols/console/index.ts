import type { AnyFunction } from '../../lib/define.ts';
import type { Protocol } from '../../lib/protocol.ts';
import { decode, decodeInTurns } from './decode.ts';
import { document } from './document.ts';
import { encoder } from './encode.ts';
import type { PageFiles } from './files.ts';

/** The form of answers, which is that of REST: protocols do not know each other, so whoever puts the site together brings it. */
export type Envelope = Pick<Protocol<{ readonly cacheable: boolean }>, 'write' | 'pieces' | 'encode'>;

/** What the console is made of. */
export interface ConsoleParts {
  readonly envelope: Envelope;
  readonly files: PageFiles;
  /** Functions that exist for the console alone. */
  readonly functions: readonly AnyFunction[];
}

/** Where the pages' calls go. */
export const callPath = '/console/call';

/** The web console: its pages, and the calls that they make past the switches. */
export function consoleProtocol({ envelope, files, functions }: ConsoleParts): Protocol<undefined> {
  const note = { cacheable: false };
  const { pieces } = envelope;
  return {
    name: 'console',
    ownPages: true,
    exists: ({ settings }) => settings.console.enabled,
    routes: [
      { path: callPath, methods: ['POST'] },
      { path: '/console', document: true, page: true, methods: ['GET', 'HEAD'] },
      { path: '/console/', document: true, page: true, prefix: true, methods: ['GET', 'HEAD'] },
    ],
    functions,
    decode,
    decodeInTurns,
    write: (fn, value) => envelope.write(fn, value, note),
    ...(pieces === undefined ? {} : { pieces: (fn, value) => pieces(fn, value, note) }),
    encode: encoder(envelope),
    blank: () => undefined,
    document: (head) => (head.path === callPath ? undefined : document(head, files)),
  };
}
