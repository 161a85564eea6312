import { expect } from 'chai';
import fc from 'fast-check';
import { inTurns } from '../../lib/bookmarks.ts';
import { explain } from '../../lib/explain.ts';
import { Fault } from '../../lib/fault.ts';
import { Issues } from '../../lib/issues.ts';
import { jsonReader } from '../../lib/json/read.ts';
import { rejected } from './caught.ts';
import { descriptors, mutated } from './random.ts';
import { ShortTurn } from './short-turn.ts';

/** A walk over numbers in two lists, the first of them in an object: odd ones are wrong. */
function walk(lists: readonly (readonly number[])[], issues: Issues, seen: number[]): unknown[] {
  return lists.map((list, index) => {
    issues.enter(index);
    if (list.length === 0) issues.add('length', 'is empty');
    const bookmark = issues.bookmarks?.open<number>();
    const items = bookmark?.items ?? [];
    for (let i = bookmark?.place ?? 0; i < list.length; i++) {
      seen.push(list[i] as number);
      items[i] = 2 * (list[i] as number);
      issues.enter(i);
      if ((list[i] as number) % 2 === 1) issues.add('odd', 'is odd');
      issues.leave();
      if (bookmark?.isOver()) bookmark.stop(i + 1);
    }
    bookmark?.close(list.length);
    issues.leave();
    return items;
  });
}

describe('lib/bookmarks', () => {
  it('goes on where it stopped: each item is looked at once', async () => {
    const lists = [[1, 2, 3], [], [4, 5], [6]];
    const seen: number[] = [];
    const issues = new Issues();
    const turn = new ShortTurn();
    const values = await inTurns(issues, turn, () => walk(lists, issues, seen));
    expect(values).to.deep.equal([[2, 4, 6], [], [8, 10], [12]]);
    expect(seen).to.deep.equal([1, 2, 3, 4, 5, 6]);
    expect(turn.count).to.equal(6);
    expect(issues.list.map(({ path }) => path)).to.deep.equal(['0/0', '0/2', '1', '2/1']);
    expect(issues.bookmarks).to.equal(undefined);
  });

  it('keeps what was known before, and reads on after what a list has in it', async () => {
    const issues = new Issues();
    issues.add('early', 'was known');
    await inTurns(issues, new ShortTurn(), () => walk([[1], [3]], issues, []));
    expect(issues.list.map(({ path, code }) => `${path} ${code}`)).to.deep.equal([' early', '0/0 odd', '1/0 odd']);
  });

  it('does a step once, whatever stops come in it and after it', async () => {
    const issues = new Issues();
    let made = 0;
    const seen: number[] = [];
    const value = await inTurns(issues, new ShortTurn(), () => {
      const step = () => {
        const inner = walk([[1, 2]], issues, seen);
        made++;
        return inner;
      };
      return [issues.bookmarks?.once(step) ?? step(), walk([[4, 6]], issues, seen)];
    });
    expect(value).to.deep.equal([[[2, 4]], [[8, 12]]]);
    expect(seen).to.deep.equal([1, 2, 4, 6]);
    expect(made).to.equal(1);
  });

  it('has no bookmarks inside of a list', async () => {
    const issues = new Issues();
    const inner: unknown[] = [];
    await inTurns(issues, new ShortTurn(), () => {
      const bookmark = issues.bookmarks?.open<number>();
      for (let i = bookmark?.place ?? 0; i < 3; i++) {
        inner.push(issues.bookmarks?.open());
        if (bookmark?.isOver()) bookmark.stop(i + 1);
      }
      bookmark?.close(3);
    });
    expect(inner).to.deep.equal([undefined, undefined, undefined]);
  });

  it('ends with what the walk throws, and with what the turn throws', async () => {
    const issues = new Issues();
    const broken = new Fault('malformed', 'broken');
    const thrown = inTurns(issues, new ShortTurn(), () => {
      throw broken;
    });
    expect(await rejected(thrown)).to.equal(broken);
    class Gone extends ShortTurn {
      override async next(): Promise<void> {
        throw broken;
      }
    }
    const gone = inTurns(issues, new Gone(), () => walk([[2, 4]], issues, []));
    expect(await rejected(gone)).to.equal(broken);
    expect(issues.bookmarks).to.equal(undefined);
  });

  it('reads and explains JSON as at once (property)', async () => {
    const cases = descriptors().chain((d) => fc.tuple(fc.constant(d), mutated(d)));
    await fc.assert(
      fc.asyncProperty(cases, async ([descriptor, raw]) => {
        const form = { form: 'value', open: false, list: 100 } as const;
        const [once, slow] = [new Issues(), new Issues()];
        const read = (issues: Issues) => () => issues.collect(() => jsonReader(descriptor)(raw, issues));
        const said = (issues: Issues) => () => issues.collect(() => explain(descriptor, raw, issues, form));
        const value = read(once)();
        expect(await inTurns(slow, new ShortTurn(), read(slow))).to.deep.equal(value);
        expect(slow.list).to.deep.equal(once.list);
        said(once)();
        await inTurns(slow, new ShortTurn(), said(slow));
        expect(slow.list).to.deep.equal(once.list);
      }),
    );
  });
});
