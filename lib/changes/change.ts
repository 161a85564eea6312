/** The protocols whose clients a change may concern. */
export const everyProtocol = ['rest', 'jsonrpc', 'xmlrpc', 'soap'] as const;
type ProtocolName = (typeof everyProtocol)[number];

/** One difference between two catalogs. */
export interface Change {
  readonly function: string;
  /** Where: `params/users/email`, `result/id`, `errors/not-found`; empty for the function itself. */
  readonly path: string;
  readonly message: string;
  /** Whose clients fail that worked before. */
  readonly breaks: readonly ProtocolName[];
  /** Whose clients fail if they are strict: generated stubs that validate, programs that list every case. */
  readonly mayBreak: readonly ProtocolName[];
}

type Effect = Partial<Pick<Change, 'breaks' | 'mayBreak'>>;

/** Every client fails. */
export const breaksAll: Effect = { breaks: everyProtocol };
/** Every client may fail. */
export const mayBreakAll: Effect = { mayBreak: everyProtocol };
/** No client notices unless it wants to. */
export const harmless: Effect = {};

/** Notes changes of one function. */
export class Changes {
  readonly list: Change[] = [];
  readonly #function: string;

  constructor(name: string) {
    this.#function = name;
  }

  add(path: string, message: string, { breaks = [], mayBreak = [] }: Effect): void {
    this.list.push({ function: this.#function, path, message, breaks, mayBreak });
  }
}
