import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { expect } from 'chai';
import type { Dialect } from '../../../client/index.ts';
import type { AnyFunction, Infer, PartialSettings } from '../../../index.ts';
import { createDatabase, type TestDatabase } from '../../lib/store/databases.ts';
import { requestOf } from '../../processes/call-over.ts';
import { leeway, within } from '../../processes/patience.ts';
import { type ProcessOptions, SiteProcess } from '../../processes/site-process.ts';
import type { health } from '../misbehaving.ts';
import { expectCaught, expectWell, misbehaving } from '../wellbeing.ts';

/** Milliseconds between two looks of the server at its connections (DESIGN §8). */
export const checkInterval = 5_000;

export type Health = Infer<typeof health.returns>;

/** A server that is attacked over its connections, and what can be seen of it from outside. */
export class Attacked {
  readonly site: SiteProcess;
  readonly #database: TestDatabase;
  readonly #sockets = new Set<Socket>();
  readonly #files: number;

  private constructor(site: SiteProcess, database: TestDatabase) {
    this.site = site;
    this.#database = database;
    this.#files = this.files;
  }

  static async start(limits: PartialSettings['limits'] = {}, how: ProcessOptions = {}): Promise<Attacked> {
    const database = await createDatabase('sqlite');
    const settings = { enabledwsfunctions: ['proc.*', 'fault.*'], limits: { floodPerMinute: 0, ...limits } };
    const site = await SiteProcess.start({ database: database.url, settings, more: misbehaving }, how);
    await expectWell(site.url);
    await site.ask('fault.health');
    return new Attacked(site, database);
  }

  async stop(): Promise<void> {
    this.release();
    await this.site.stop();
    await this.#database.drop();
  }

  health(): Promise<Health> {
    return this.site.ask<Health>('fault.health');
  }

  /** Files and sockets that the process holds. */
  get files(): number {
    return readdirSync(`/proc/${this.site.pid}/fd`).length;
  }

  /** A connection that never closes its side, whatever the server does. */
  connect(): Socket {
    const { hostname, port } = new URL(this.site.url);
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    socket.on('error', () => {});
    socket.on('close', () => this.#sockets.delete(socket));
    this.#sockets.add(socket);
    return socket;
  }

  /** So many connections, once all of them stand. */
  async connectMany(count: number): Promise<readonly Socket[]> {
    const sockets: Socket[] = [];
    for (let i = 0; i < count; i += 500) {
      const some = Array.from({ length: Math.min(500, count - i) }, () => this.connect());
      await Promise.all(some.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
      sockets.push(...some);
    }
    return sockets;
  }

  /** The bytes of a right call. */
  bytes(dialect: Dialect, fn: AnyFunction, params: object): Buffer {
    const { method, url, headers, body } = requestOf(this.site.url, dialect, fn, params);
    const lines = Object.entries({ Host: url.host, ...headers, 'Content-Length': String(Buffer.byteLength(body)) });
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    return Buffer.from(`${method} ${url.pathname}${url.search} HTTP/1.1\r\n${head}\r\n${body}`);
  }

  /** Waits until the server has let go of all that it held for others. */
  async expectReleased(milliseconds: number): Promise<void> {
    await within(
      milliseconds,
      `it has let go of connections: ${this.files} files, ${this.#files} before`,
      async () => this.files <= this.#files + 16,
    );
  }

  /** What must hold while and after it is attacked. */
  async expectUnmoved(): Promise<void> {
    await expectWell(this.site.url);
    expectCaught(this.site.log);
  }

  /** Fails if the event loop of the server stood still for long, in one of a hundred looks since it was last asked. */
  async expectPrompt(): Promise<void> {
    const { delay } = await this.health();
    expect(delay, 'p99 of the delay of the event loop, in milliseconds').below(100 * leeway());
  }

  /** Lets all connections go. */
  release(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** Says in a test's output what was measured. */
export function record(what: string, bytes: number): void {
  process.stdout.write(`      ${what}: ${Math.round(bytes / 1_048_576)} MiB\n`);
}
