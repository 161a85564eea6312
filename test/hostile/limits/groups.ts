import type { Row } from './row.ts';
import { callerRows } from './rows/callers.ts';
import { connectionRows } from './rows/connections.ts';
import { credentialRows } from './rows/credentials.ts';
import { heldRows } from './rows/held.ts';
import { loginRows } from './rows/logins.ts';
import { messageRows } from './rows/messages.ts';
import { soapRows } from './rows/soap.ts';
import { syntaxRows } from './rows/syntax.ts';

/** Rows that belong together, and where they stand. */
export interface Group {
  readonly title: string;
  /** The file in `test/hostile/limits/rows/`. */
  readonly file: string;
  readonly rows: readonly Row[];
}

/** Every limit. */
export const groups: readonly Group[] = [
  { title: 'Connections, headers and time', file: 'connections.ts', rows: connectionRows },
  { title: 'What is held for slow callers', file: 'held.ts', rows: heldRows },
  { title: 'Messages', file: 'messages.ts', rows: messageRows },
  { title: 'JSON, XML, queries and forms', file: 'syntax.ts', rows: syntaxRows },
  { title: 'SOAP', file: 'soap.ts', rows: soapRows },
  { title: 'Logging in', file: 'logins.ts', rows: loginRows },
  { title: 'Credentials that others make', file: 'credentials.ts', rows: credentialRows },
  { title: 'Callers', file: 'callers.ts', rows: callerRows },
];
