import type { Place } from '../client.ts';

/** The documents of a server. */
export type Style = 'wsdl' | 'wsdl=1.2' | 'wsdl=encoded';

export interface Task {
  /** The address of the document. */
  readonly wsdl: string;
  readonly style: Style;
  /** The address of the service. */
  readonly endpoint: string;
  /** A folder for this task alone, empty. */
  readonly folder: string;
  /** Programs of these tests. */
  readonly programs: string;
  /** Where other groups keep what they installed. */
  readonly builds: (folder: string) => Pick<Place, 'build' | 'source'>;
}

/** A tool that makes stubs of a document, or a client that reads one when it runs. */
export interface Generator {
  readonly name: string;
  /** The documents that it can read. */
  readonly styles: readonly Style[];
  /** Warnings that no document of a style could avoid. */
  readonly unavoidable?: Partial<Record<Style, RegExp>>;
  /** Generates stubs and compiles them, with the program that calls if told so. @returns what the tools said */
  readonly make?: (task: Task, calls: boolean) => Promise<string>;
  /** The program that calls `echo` by what was made. */
  readonly call: (task: Task) => readonly string[];
}
