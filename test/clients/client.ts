import { valueNames } from './edges.ts';

/** The protocols that clients speak. */
export type ClientProtocol = 'soap' | 'xmlrpc' | 'jsonrpc' | 'rest' | 'mcp';

/** Where a client is run. */
export interface Place {
  /** The server: `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  /** The client's folder in the repository: its programs. */
  readonly source: string;
  /** A folder for what is generated, compiled and installed; kept from run to run. */
  readonly build: string;
}

/** One way in which a client calls: a protocol and, for SOAP, a style and version. */
export interface ClientRun {
  /** `SOAP 1.1 document/literal`, `XML-RPC`. */
  readonly title: string;
  readonly protocol: ClientProtocol;
  /** Generates and compiles what this run needs. Throws with what the tools said. */
  readonly prepare?: (place: Place) => Promise<void>;
  /** The program and its arguments; it prints a line for each check: name, tab, `ok` or `impossible`, tab, note. */
  readonly command: (place: Place) => readonly string[];
  /** Seconds that the program may take; 60 if left out. */
  readonly seconds?: number;
}

/** A client that others wrote. */
export interface ForeignClient {
  /** `PHP ext-soap`. */
  readonly name: string;
  /** Its folder below `test/clients/`. */
  readonly folder: string;
  /** Debian's packages that it needs. */
  readonly debian?: readonly string[];
  /** Installs what comes from elsewhere than Debian's packages, once. */
  readonly install?: (place: Omit<Place, 'url'>) => Promise<void>;
  readonly runs: readonly ClientRun[];
}

/**
 * What every client is asked to do. Each value is got from `edges.get_<kind>` and sent back to `edges.put_<kind>`, where the
 * server says whether it is still the same; the others are judged in the client.
 */
export const checks: readonly string[] = [
  'echo',
  ...valueNames,
  'list-of-one',
  'default.absent',
  'nothing',
  'fault.declared',
  'fault.params',
  'token',
];

/** What SOAP clients are asked beside it: a UsernameToken with the password as text, and as a digest. */
export const soapChecks: readonly string[] = [...checks, 'wsse.text', 'wsse.digest'];

export const checksOf = ({ protocol }: ClientRun): readonly string[] => (protocol === 'soap' ? soapChecks : checks);
