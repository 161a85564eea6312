/** The part of the untyped npm package `xmlrpc` that the benchmark uses. */
declare module 'xmlrpc' {
  import type { Server } from 'node:http';

  type Answer = (error: null, value: unknown) => void;

  interface XmlRpcServer {
    readonly httpServer: Server;
    on(method: string, handler: (error: null, params: readonly unknown[], answer: Answer) => void): void;
  }

  const xmlrpc: {
    createServer(options: { readonly port: number; readonly host: string }, ready: () => void): XmlRpcServer;
  };
  export = xmlrpc;
}
