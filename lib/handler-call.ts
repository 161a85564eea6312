import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { Proof } from './auth/authenticator.ts';
import { can, isKnown } from './auth/identity.ts';
import { type Reach, reaches } from './auth/reach.ts';
import type { AnyFunction, CallContext, ListedFunction } from './define.ts';
import { Fault } from './fault.ts';
import { internalProtocol, isAdmitted, type Knock } from './gates/admit.ts';
import { Issues } from './issues.ts';
import { listedFunctions } from './listed-functions.ts';
import { begun, type Trace } from './observe/trace.ts';
import type { TraceHeaders } from './observe/trace-context.ts';
import { validator } from './validate.ts';

/** What a call is made in. */
export interface Circumstances extends Knock {
  readonly requestId: string;
  readonly origin: string;
  /** What the answer must tell beside the protocol's own. */
  headers: Readonly<Record<string, string>> | undefined;
  trace: Trace | undefined;
}

/** Headers that are the protocol's own or the transport's: handlers have no say in them. */
const reserved = /^(?:connection|content-.*|date|keep-alive|trailer|transfer-encoding|upgrade|x-request-id)$/i;

/** What a handler is told about its call. The AbortController is made only for handlers that ask for the signal. */
export class HandlerCall implements CallContext {
  readonly requestId: string;
  readonly protocol: string;
  readonly address: string;
  readonly origin: string;
  readonly client: never;
  readonly user: never;
  private readonly fn: AnyFunction;
  private readonly scope: Circumstances;
  private controller: AbortController | undefined;
  private aborted: Fault | undefined;
  /** Whom to tell, besides the handler, that the call is over. */
  onAbort: ((reason: Fault) => void) | undefined;

  constructor(fn: AnyFunction, scope: Circumstances) {
    const { protocol, requestId, identity, address, origin } = scope;
    this.requestId = requestId;
    this.protocol = protocol.name;
    this.address = address;
    this.origin = origin;
    this.client = identity.client as never;
    this.user = identity.user as never;
    this.fn = fn;
    this.scope = scope;
  }

  get function(): string {
    return this.fn.name;
  }

  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    if (this.aborted !== undefined) this.controller.abort(this.aborted);
    return this.controller.signal;
  }

  mayCall(name: string): boolean {
    return isAdmitted(name, this.scope);
  }

  get traceHeaders(): TraceHeaders {
    this.scope.trace ??= begun();
    return this.scope.trace.headers();
  }

  can(capability: string, context = '/'): boolean {
    return can(this.scope.identity, capability, context);
  }

  require(capability: string, context = '/'): void {
    if (!this.can(capability, context)) throw new Fault('forbidden', 'You may not do this', { gate: 'require' });
  }

  header(name: string, value: string): void {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    if (reserved.test(name)) throw new TypeError(`The header ${name} is not for handlers`);
    this.scope.headers = { ...this.scope.headers, [name]: value };
  }

  functions(): readonly ListedFunction[] {
    const { identity, protocol, site } = this.scope;
    const inside = protocol.name === internalProtocol;
    if (site.settings.documents === 'authenticated' && !inside && !isKnown(identity)) {
      throw new Fault('unauthenticated', 'Lists of functions are for known callers', { gate: 'documents' });
    }
    const services = identity.proofs.flatMap(({ serviceId }) => (serviceId === undefined ? [] : [serviceId]));
    return listedFunctions(site, protocol, services);
  }

  /** A function of its own, so that a handler may take it out of its call. */
  get fail(): (code: string, data?: unknown, message?: string) => never {
    return (code, data, message) => this.end(code, data, message);
  }

  private end(code: string, data?: unknown, message?: string): never {
    const error = Object.hasOwn(this.fn.errors, code) ? this.fn.errors[code] : undefined;
    if (error === undefined) throw new TypeError(`${this.fn.name} has not declared the error ${code}`);
    if (error.data !== undefined) {
      const issues = new Issues();
      issues.collect(() => validator(error.data as never, { open: true }).issues(data, issues));
      if (issues.list.length > 0) throw issues.fault('invalid-result', `The data of the error ${code} does not fit`);
    }
    throw new Fault(code, message ?? error.message ?? code.replaceAll('-', ' '), {
      declared: {
        number: error.number,
        status: error.status ?? 400,
        data: error.data === undefined ? undefined : data,
      },
    });
  }

  /**
   * The session of a browser by which a call comes: as the store knows it, and what each of its POSTs must repeat in
   * `X-CSRF-Token`. For what ends it or tells our own pages that token: other handlers have no use for it.
   */
  static sessionOf(call: object): Pick<Proof, 'session' | 'csrf'> | undefined {
    return call instanceof HandlerCall
      ? call.scope.identity.proofs.find(({ session }) => session !== undefined)
      : undefined;
  }

  /**
   * Whether the credentials that prove the user of a call allow all that a key or token would: for what gives out fresh
   * secrets.
   */
  static mayRenew(call: object, reach: Reach): boolean {
    if (!(call instanceof HandlerCall)) return false;
    return call.scope.identity.proofs.every((proof) => proof.user === undefined || reaches(proof, reach));
  }

  /** Tells the handler, if it listens, that nobody waits any more. */
  abort(reason: Fault): void {
    this.aborted = reason;
    this.controller?.abort(reason);
    this.onAbort?.(reason);
  }
}
