import type { Protocol } from '../../lib/protocol.ts';
import { blank, decode, decodeInTurns } from './decode.ts';
import { encode, pieces, write } from './encode.ts';
import { ownFunctions } from './own.ts';

/** What is to be answered to one message of a request. */
export interface McpMember {
  /** As JSON text; undefined where nothing is answered. */
  readonly id: string | undefined;
  /**
   * `method`: what ends badly is an error of JSON-RPC; `tool`: faults of the call are its result, and an unknown name is an
   * error; `inner`: the name of a function was an argument, so that an unknown one is the result too.
   */
  readonly kind: 'method' | 'tool' | 'inner';
  /** What MCP itself says of a message that breaks its rules, in place of the fault's own number. */
  readonly told?: Told;
}

/** A number and data of MCP's own. */
export interface Told {
  readonly number: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What an answer repeats of its request. */
export interface McpNote {
  /** Whether the revision is one without a handshake. */
  readonly stateless: boolean;
  readonly batch: boolean;
  readonly members: readonly McpMember[];
}

/** The Model Context Protocol over streamable HTTP, without sessions: functions as tools. */
export const mcp: Protocol<McpNote> = {
  name: 'mcp',
  routes: [{ path: '/mcp', methods: ['POST'] }],
  functions: ownFunctions,
  decode,
  decodeInTurns,
  write,
  pieces,
  encode,
  blank: () => blank,
};
