import { expect } from 'chai';
import type { CallRecord } from '../../../console/usage/contract.ts';
import { recordsCsv, recordsIn } from '../../../console/usage/exports.ts';
import { callerOf, emptyTail, fed, hasNews, mostAsked, mostRows, type Tail } from '../../../console/usage/tail.ts';

const start = Date.parse('2026-03-10T14:00:00Z');
const record = (milliseconds: number, more: Partial<CallRecord> = {}): CallRecord => ({
  cursor: String(milliseconds),
  time: new Date(start + milliseconds).toISOString(),
  request_id: `r-${milliseconds}`,
  function: 'test.greet',
  protocol: 'rest',
  address: '127.0.0.1',
  code: 'ok',
  duration: 1,
  ...more,
});
const ids = (tail: Tail): readonly (string | undefined)[] => tail.rows.map(({ call }) => call?.request_id);
const many = Array.from({ length: mostAsked }, (_, i) => record(1_000 + i));

describe('console/usage/tail', () => {
  const first = fed(emptyTail, [record(2), record(1)]);

  it('has the newest on top', () => {
    const second = fed(first, [record(3), record(4)]);
    expect(ids(second)).to.deep.equal(['r-4', 'r-3', 'r-2', 'r-1']);
    expect(second.cursor).to.equal('4');
    expect(new Set(second.rows.map(({ key }) => key)).size).to.equal(4);
    expect(second.rows.slice(2)).to.deep.equal(first.rows);
  });

  it('goes on after the greatest cursor, which need not be that of the newest call', () => {
    expect(fed(emptyTail, [record(2, { cursor: '9' }), record(1, { cursor: '10' })]).cursor).to.equal('10');
  });

  it('is the same where nothing has come', () => {
    expect(fed(first, [])).to.equal(first);
    expect(fed(emptyTail, [])).to.equal(emptyTail);
  });

  it('does not run after more than it can show, and tells that some are missing', () => {
    const behind = fed(first, many);
    expect([behind.cursor, behind.rows]).to.deep.equal([undefined, first.rows]);
    const caught = fed(behind, [record(9_000), record(8_000)]);
    expect(ids(caught)).to.deep.equal(['r-9000', 'r-8000', undefined, 'r-2', 'r-1']);
    expect(caught.cursor).to.equal('9000');
  });

  it('tells no call twice after it has begun anew', () => {
    const caught = fed(fed(first, many), [record(3), record(2)]);
    expect(ids(caught)).to.deep.equal(['r-3', 'r-2', undefined, 'r-1']);
  });

  it('has news of calls, but not of those that look for calls', () => {
    const look = { function: 'admin.audit', protocol: 'console' };
    const news = (before: Tail, answer: readonly CallRecord[]) => hasNews(before, fed(before, answer));
    expect([news(emptyTail, []), news(emptyTail, [record(1)]), news(emptyTail, [record(1, look)])]).eql([
      false,
      true,
      false,
    ]);
    expect([news(first, []), news(first, [record(3)]), news(first, [record(3, look)])]).eql([false, true, false]);
    expect(news(first, [record(3, look), record(4)])).equal(true);
    expect(news(first, [record(3, { function: 'admin.audit' })]), 'by a program').equal(true);
    const behind = fed(first, many);
    expect([news(first, many), news(behind, [record(9_000), record(8_000)])]).eql([false, true]);
  });

  it('keeps some hundreds of rows', () => {
    let tail = first;
    for (let i = 0; i < 5; i++)
      tail = fed(
        tail,
        many.slice(0, 100).map((_, j) => record(1_000 * (i + 1) + j)),
      );
    expect(tail.rows).to.have.length(mostRows);
    expect(ids(tail)[0]).to.equal('r-5099');
    expect(new Set(tail.rows.map(({ key }) => key)).size).to.equal(mostRows);
  });

  it('knows who called', () => {
    expect(callerOf(record(1, { client: 'ABC', user: 'ana' }))).to.equal('user:ana');
    expect(callerOf(record(1, { client: 'ABC' }))).to.equal('key:ABC');
    expect(callerOf(record(1))).to.equal(undefined);
  });

  it('is exported without formulas', () => {
    const line = recordsCsv([record(1, { user: '=cmd()', code: 'forbidden', gate: 'capability' })]).split('\r\n')[1];
    expect(line).to.equal('2026-03-10T14:00:00.001Z,r-1,test.greet,rest,,"\'=cmd()",127.0.0.1,forbidden,capability,1');
  });

  it('counts the records of an export', () => {
    expect([recordsIn(recordsCsv([])), recordsIn(recordsCsv([record(1), record(2)])), recordsIn('')]).to.deep.equal([
      0, 2, 0,
    ]);
  });
});
