import type { AddressInfo } from 'node:net';

/** Tells the benchmark which port a server child listens on, and ends the child when the benchmark is gone. */
export function announce(address: AddressInfo | string | null): void {
  if (address === null || typeof address === 'string') throw new Error('The server does not listen on a port');
  announcePort(address.port);
}

/** What a server child tells the benchmark, as one line of JSON. */
export interface Announcement {
  readonly port: number;
  /** Headers that every request to it must have: a credential. */
  readonly headers: Readonly<Record<string, string>>;
}

/** As `announce`, for a server that only tells its port. */
export function announcePort(port: number, headers: Announcement['headers'] = {}): void {
  process.stdin.on('end', () => process.exit(0));
  process.stdin.resume();
  const announcement: Announcement = { port, headers };
  process.stdout.write(`${JSON.stringify(announcement)}\n`);
}
