import type { Socket } from 'node:net';
import type { Presented } from './authenticator.ts';
import { type Chain, type Identity, identify, stillHolds } from './identity.ts';

/** What a connection has proven before: the same headers prove it again as long as nothing has changed. */
interface Remembered {
  readonly chain: Chain;
  readonly revision: number;
  /** What counts in one protocol need not count in another. */
  readonly protocol: string;
  readonly names: readonly string[];
  readonly values: readonly (string | readonly string[] | undefined)[];
  readonly identity: Identity;
}

/** The headers that all authenticators of a chain look at; undefined if one does not say. */
const headersOf = new WeakMap<Chain, readonly string[] | undefined>();

function headersRead(chain: Chain): readonly string[] | undefined {
  if (headersOf.has(chain)) return headersOf.get(chain);
  const known = chain.every(({ authenticator }) => authenticator.headers !== undefined);
  const names = known ? [...new Set(chain.flatMap(({ authenticator }) => authenticator.headers ?? []))] : undefined;
  headersOf.set(chain, names);
  return names;
}

/**
 * Finds out who calls. A caller who keeps a connection open and sends the same credential again is known by it: the
 * headers are compared with the caller's own, so that how long that takes tells nothing.
 */
export class Authority {
  readonly #revision: () => number;
  readonly #remembered = new WeakMap<Socket, Remembered>();

  /** @param revision grows whenever a proof may have become wrong */
  constructor(revision: () => number) {
    this.#revision = revision;
  }

  /** @throws Fault as `identify` does, at once or later */
  identify(chain: Chain, request: Presented, socket: Socket): Identity | Promise<Identity> {
    if (request.message !== undefined) return identify(chain, request);
    const revision = this.#revision();
    const known = this.#remembered.get(socket);
    if (known?.chain === chain && known.revision === revision && same(known, request)) {
      return stillHolds(known.identity, request);
    }
    const names = headersRead(chain);
    const identity = identify(chain, request);
    if (names === undefined) return identity;
    if (!(identity instanceof Promise)) return this.#remember(socket, chain, revision, names, request, identity);
    return identity.then((done) => this.#remember(socket, chain, revision, names, request, done));
  }

  #remember(
    socket: Socket,
    chain: Chain,
    revision: number,
    names: readonly string[],
    { headers, protocol }: Presented,
    identity: Identity,
  ): Identity {
    if (identity.repeatable) {
      const values = names.map((name) => headers[name]);
      this.#remembered.set(socket, { chain, revision, protocol, names, values, identity });
    }
    return identity;
  }
}

function same({ names, protocol, values }: Remembered, { headers, protocol: spoken }: Presented): boolean {
  if (protocol !== spoken) return false;
  for (let i = 0; i < names.length; i++) if (headers[names[i] as string] !== values[i]) return false;
  return true;
}
