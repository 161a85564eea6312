import { expect } from 'chai';
import { Deadlines } from '../../../lib/deadline.ts';
import type { AnyFunction } from '../../../lib/define.ts';
import { Fault, type FaultCode, faultCodes } from '../../../lib/fault.ts';
import { openScope, run } from '../../../lib/pipeline.ts';
import type { Decoded, Outcome, Protocol, WireRequest, WireResponse } from '../../../lib/protocol.ts';
import type { Site } from '../../../lib/site.ts';
import type { Verdict } from './decoder.ts';
import { Everything, seizure } from './every-kind.ts';
import { expectFits } from './values.ts';

const deadlines = new Deadlines();

/** What became of a message. */
export interface Exchanged {
  readonly outcomes: readonly Outcome[];
  readonly response: WireResponse;
  /** The answer as text. */
  readonly body: string;
}

/** Sends a message the whole way of a call, without a network: the handlers here never wait. */
export function exchanged(protocol: Protocol, site: Site, request: WireRequest): Exchanged {
  seizure.params = undefined;
  const { calls, note }: Decoded<unknown> = protocol.decode(request, site);
  const { requestId } = request;
  const scope = openScope({ site, protocol, requestId, deadlines });
  const write = (fn: AnyFunction, value: unknown) => protocol.write(fn, value, note);
  const outcomes = calls.map((call) => run(call, scope, { write }) as Outcome);
  const response = protocol.encode(outcomes, note, requestId, site);
  const { body } = response;
  return { outcomes, response, body: Array.isArray(body) ? body.join('') : body.toString() };
}

/** Codes with which a message can end when no gate refuses. */
const possible: ReadonlySet<string> = new Set<FaultCode>([
  'malformed',
  'unsupported-encoding',
  'invalid-encoding',
  'invalid-request',
  'too-large',
  'unsupported-media-type',
  'version-mismatch',
  'must-understand',
  'unknown-function',
  'invalid-params',
  'forbidden',
]);

/** What holds of every fault: its code is on the list, its text is short, and nothing broke on the way. */
export function expectFault(fault: Fault): void {
  if (!(fault instanceof Fault)) throw fault;
  const cause = (fault.cause as Error | undefined)?.stack ?? '';
  expect(faultCodes, fault.message).to.include(fault.code);
  expect(possible, `${fault.code}: ${fault.message} ${cause}`).to.include(fault.code);
  expect(fault.message.length, fault.message.slice(0, 200)).to.be.at.most(2_000);
  expect(fault.issues.length).to.be.at.most(20);
  for (const { path, message } of fault.issues) expect(path.length + message.length).to.be.at.most(3_000);
  if (fault.message === 'The parameters do not fit') expect(fault.issues, 'why they do not fit').to.not.have.length(0);
}

/** What holds of every exchange, whatever the protocol. */
export function expectExchange({ outcomes, response, body }: Exchanged, sent: number): Verdict {
  for (const outcome of outcomes) if (!outcome.ok) expectFault(outcome.fault);
  expect(response.status).to.be.within(200, 599);
  const works = outcomes.some(({ ok }) => ok);
  if (!works)
    expect(body.length, 'the length of a refusal').to.be.at.most(20_000 + 20 * outcomes.length * 1_000 + sent);
  if (seizure.params !== undefined) expectFits(Everything, seizure.params);
  expectClean();
  return works ? 'accepted' : 'refused';
}

const prototypeNames = Object.getOwnPropertyNames(Object.prototype).length;
const arrayNames = Object.getOwnPropertyNames(Array.prototype).length;

/** Nothing has been put on what all objects share. */
export function expectClean(): void {
  expect(Object.getOwnPropertyNames(Object.prototype), 'Object.prototype').to.have.length(prototypeNames);
  expect(Object.getOwnPropertyNames(Array.prototype), 'Array.prototype').to.have.length(arrayNames);
  expect(({} as { polluted?: unknown }).polluted).to.equal(undefined);
}

/** A request as the transport hands it on. */
export function wireRequest(parts: Partial<WireRequest> & Pick<WireRequest, 'path'>): WireRequest {
  return {
    method: 'POST',
    tail: '',
    query: '',
    headers: {},
    requestId: 'r-1',
    address: '127.0.0.1',
    origin: 'http://localhost:8080',
    body: Buffer.alloc(0),
    ...parts,
  };
}
