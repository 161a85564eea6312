import { expect } from 'chai';
import { t } from '../../lib/builders.ts';
import { createCatalog } from '../../lib/catalog.ts';
import { Deadlines } from '../../lib/deadline.ts';
import { define } from '../../lib/define.ts';
import { exchange } from '../../lib/exchange.ts';
import { Fault } from '../../lib/fault.ts';
import { createLog } from '../../lib/log.ts';
import { openScope, type Scope } from '../../lib/pipeline.ts';
import type { Protocol, WireRequest } from '../../lib/protocol.ts';
import { readSettings } from '../../lib/settings.ts';
import { createSite } from '../../lib/site.ts';

const noBody = Buffer.alloc(0);

/** A protocol whose message is a list of delays, one call each. */
const delays: Protocol<null> = {
  name: 'delays',
  routes: [],
  blank: () => null,
  decode: ({ query }) => ({
    note: null,
    calls: query.split(',').map((ms) => ({ name: 'test.wait', read: () => ({ ms: Number(ms) }) })),
  }),
  write: (_, value) => String(value),
  encode: (outcomes) => ({
    status: 200,
    headers: {},
    body: outcomes.map((outcome) => (outcome.ok ? outcome.written : outcome.fault.code)).join(' '),
  }),
};

function setUp(begun: number[]): (query: string) => { scope: Scope; answer: ReturnType<typeof exchange> } {
  const wait = define('test.wait', {
    description: 'Waits.',
    effect: 'read',
    params: { ms: t.int() },
    returns: t.int(),
    handler: ({ ms }) => {
      begun.push(ms);
      return ms === 0 ? 0 : new Promise<number>((resolve) => setTimeout(resolve, ms, ms));
    },
  });
  const site = createSite(createCatalog([wait]), readSettings({ enabledwsfunctions: ['*'] }));
  return (query) => {
    const scope = openScope({ site, protocol: delays, requestId: 'r', deadlines: new Deadlines() });
    return {
      scope,
      answer: exchange({ query, body: noBody } as WireRequest, delays, scope, () => undefined, createLog(false)),
    };
  };
}

describe('exchange', () => {
  it('answers at once where no handler waits', () => {
    const { answer } = setUp([])('0,0');
    expect(answer).to.have.property('body', '0 0');
  });

  it('runs the calls of a batch one after the other, in order', async () => {
    const begun: number[] = [];
    const { answer } = setUp(begun)('0,20,0,5');
    expect(begun).to.deep.equal([0, 20]);
    expect(await answer).to.have.property('body', '0 20 0 5');
    expect(begun).to.deep.equal([0, 20, 0, 5]);
  });

  it('begins no further call once the caller has gone away', async () => {
    const begun: number[] = [];
    const { scope, answer } = setUp(begun)('5,6,7');
    scope.gone = new Fault('timeout', 'The caller went away');
    expect(await answer).to.have.property('body', '5 timeout timeout');
    expect(begun).to.deep.equal([5]);
  });

  it('answers for a protocol that breaks while it decodes', async () => {
    const broken = { ...delays, decode: () => JSON.parse('{') };
    const { scope } = setUp([])('0');
    const answer = await exchange(
      { query: '', body: noBody } as WireRequest,
      broken,
      scope,
      () => undefined,
      createLog(false),
    );
    expect(answer.body).to.equal('internal');
  });
});
