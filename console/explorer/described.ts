import type { FunctionData } from '../../lib/define.ts';
import type { ExportedCatalog } from '../../lib/exported/form.ts';
import { importCatalog } from '../../lib/exported/import.ts';

/** An error that a call may end with, and what becomes of it in each protocol. */
export interface DescribedError {
  readonly code: string;
  readonly declared: boolean;
  readonly message?: string;
  readonly number?: number;
  readonly rest: number;
  readonly jsonrpc: number;
  readonly xmlrpc: number;
  readonly soap11: string;
  readonly soap12: string;
}

/** Where a function answers over one protocol. */
export interface Address {
  readonly protocol: string;
  readonly on: boolean;
  readonly path: string;
  /** What it is called there. */
  readonly operation: string;
  readonly wsdl?: string;
}

/** All about a function (`console.describe`). */
export interface Description {
  /** The exported catalog of this one function. */
  readonly catalog: ExportedCatalog;
  readonly title: string;
  readonly description: string;
  readonly on: boolean;
  readonly protocols: readonly string[];
  readonly errors: readonly DescribedError[];
  readonly capabilities: readonly string[];
  readonly quota?: { readonly weight?: number };
  readonly deadline?: number;
  readonly body?: number;
  readonly deprecated?: { readonly since: string; readonly use?: string };
  readonly helpUrls: readonly string[];
  /** Known to those alone who administer services. */
  readonly services?: readonly string[];
  readonly addresses: readonly Address[];
}

/** A function with its descriptors, and what the site says of it. */
export interface Described {
  readonly fn: FunctionData;
  readonly about: Description;
}

/**
 * Makes the descriptors of a described function again.
 * @throws Fault `malformed` where the server is of another version than this page
 */
export function described(about: Description): Described | undefined {
  const [fn] = importCatalog(about.catalog);
  return fn === undefined ? undefined : { fn, about };
}
