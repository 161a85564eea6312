import type { AddressInfo } from 'node:net';

/** Tells the benchmark which port a server child listens on, and ends the child when the benchmark is gone. */
export function announce(address: AddressInfo | string | null): void {
  if (address === null || typeof address === 'string') throw new Error('The server does not listen on a port');
  announcePort(address.port);
}

/** As `announce`, for a server that only tells its port. */
export function announcePort(port: number): void {
  process.stdin.on('end', () => process.exit(0));
  process.stdin.resume();
  process.stdout.write(`${JSON.stringify({ port })}\n`);
}
