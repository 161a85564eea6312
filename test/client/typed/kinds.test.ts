import { expect } from 'chai';
import { type ClientProtocol, createClient, type Planned } from '../../../client/typed/index.ts';
import { type AnyFunction, type Descriptor, define, type Server } from '../../../index.ts';
import { unwrap } from '../../../lib/descriptor.ts';
import { exportCatalog } from '../../../lib/exported/export.ts';
import type { Edge } from '../../conformance/edge.ts';
import { listeningServer } from '../../conformance/run.ts';
import { table } from '../../conformance/table.ts';
import { protocols } from './shop.ts';

type Params = Readonly<Record<string, unknown>>;
type Method = (params: Params) => Promise<unknown>;

/** The rows of the conformance table with values that a handler takes and answers; once each. */
const rows: readonly Edge[] = table.filter(
  ({ expected, cells }) =>
    Object.values(cells).some(({ is }) => is === 'sent') &&
    Object.values(cells).every((cell) => cell.is !== 'refused' || cell.code !== 'invalid-result') &&
    !('value' in expected && expected['value'] === undefined),
);

/** What handlers got, by the names of their functions. */
const seen = new Map<string, Params>();
const functions = rows.map(
  ({ params, returns, answer }, index) =>
    define(`kinds.f${index}`, {
      description: 'Answers what it gets.',
      effect: 'read',
      params,
      returns,
      handler: (given: Params) => {
        seen.set(`kinds.f${index}`, given);
        return answer(given) as never;
      },
    }) as AnyFunction,
);

/** Whether XML cannot carry a text somewhere in a value (XML 1.0 §2.2). */
function isBeyondXml(value: unknown): boolean {
  if (typeof value === 'string') return /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u.test(value);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || value instanceof Date) return false;
  return Object.entries(value).some(([key, item]) => isBeyondXml(key) || isBeyondXml(item));
}

/** What is declared of a value; over XML-RPC less the losses that DESIGN §3 names: fractions of seconds, null that may be absent. */
function carriedOver(protocol: ClientProtocol, descriptor: Descriptor, value: unknown): unknown {
  const { core } = unwrap(descriptor);
  const below = (type: Descriptor, item: unknown) => carriedOver(protocol, type, item);
  if (value instanceof Date)
    return protocol === 'xmlrpc' ? new Date(Math.floor(value.getTime() / 1_000) * 1_000) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (core.kind === 'list') return (value as readonly unknown[]).map((item) => below(core.item, item));
  if (core.kind === 'map')
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, below(core.value, item)]));
  if (core.kind !== 'object') return value;
  const kept = Object.entries(value).filter(([name, item]) => {
    const { nullable = false, optional = false } = name in core.fields ? unwrap(core.fields[name] as Descriptor) : {};
    return name in core.fields && !(protocol === 'xmlrpc' && item === null && nullable && optional);
  });
  return Object.fromEntries(kept.map(([name, item]) => [name, below(core.fields[name] as Descriptor, item)]));
}

/** What the handler must get and answer. */
function expectedOf(protocol: ClientProtocol, { params, returns, expected, answer }: Edge) {
  const given = Object.entries(expected).map(([name, item]) => [
    name,
    carriedOver(protocol, params[name] as Descriptor, item),
  ]);
  const got = Object.fromEntries(given) as Params;
  return { got, result: returns === undefined ? undefined : carriedOver(protocol, returns, answer(got)) };
}

/** Levels of a value. */
function depthOf(value: unknown): number {
  return typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
}

describe('every kind through the typed client', () => {
  let server: Server;
  let url = '';
  before(async () => {
    ({ server, url } = await listeningServer(functions));
  });
  after(() => server.close(0));
  beforeEach(() => seen.clear());

  it('has rows of every kind', () => {
    expect(new Set(rows.map(({ kind }) => kind)).size).to.equal(new Set(table.map(({ kind }) => kind)).size);
    expect(rows.length).to.be.above(150);
  });

  for (const protocol of protocols) {
    const isRefused = ({ kind, expected }: Edge) =>
      (protocol === 'xmlrpc' || (protocol === 'soap' && kind !== 'json')) && isBeyondXml(expected); // SOAP has json as text
    /** Rows that are not deeper than messages of the protocol may be, with what stands around them. */
    const fitting = (most: number) =>
      [...rows.entries()].filter(([, row]) => depthOf(row.expected) * (protocol === 'xmlrpc' ? 3 : 1) < most);

    it(`is exact over ${protocol}`, async () => {
      const catalog = JSON.parse(JSON.stringify(exportCatalog(functions))) as object;
      const client = createClient<typeof functions>({ url, protocol, catalog });
      for (const [index, row] of fitting(102)) {
        const name = `kinds.f${index}`;
        const about = `${row.kind}: ${row.name}`;
        const call = (client[name] as Method)(row.expected);
        if (isRefused(row)) {
          const error = await call.catch((reason: unknown) => reason);
          expect(error, about).to.include({ name: 'ClientError', code: 'invalid-params', status: undefined });
          expect(seen.has(name), about).to.equal(false);
        } else {
          const { got, result } = expectedOf(protocol, row);
          expect(await call, about).to.deep.equal(result);
          expect(seen.get(name), about).to.deep.equal(got);
        }
      }
    });

    it(`is exact in batches over ${protocol}`, async () => {
      const client = createClient<typeof functions>({ url, protocol });
      const some = fitting(80);
      const ends = await client.batch((calls) =>
        some.map(([index, row]) => (calls[`kinds.f${index}`] as unknown as (params: Params) => Planned)(row.expected)),
      );
      expect(ends.length).to.be.above(150);
      for (const [place, [, row]] of some.entries()) {
        const end = ends[place];
        const about = `${row.kind}: ${row.name}`;
        if (isRefused(row)) expect(end, about).to.have.nested.property('error.code', 'invalid-params');
        else expect(end, about).to.deep.equal({ ok: true, value: expectedOf(protocol, row).result });
      }
    });
  }
});
