import { expect } from 'chai';
import { type Came, follow } from '../../../console/usage/following.ts';

/** A page whose time goes by as a test says. */
function openPage() {
  const page = { now: 0, seen: true, looks: [] as number[], told: [] as number[], came: 'nothing' as Came };
  let due: { readonly at: number; readonly work: () => void } | undefined;
  let answer = (): Promise<void> => Promise.resolve();
  const following = follow({
    look: async () => {
      page.looks.push(page.now);
      await answer();
      return { came: page.came };
    },
    tell: (_, pace) => page.told.push(pace),
    isSeen: () => page.seen,
    later: (milliseconds, work) => {
      expect(due, 'one at a time').equal(undefined);
      due = { at: page.now + milliseconds, work };
      return () => {
        due = undefined;
      };
    },
  });
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  /** Lets so many milliseconds go by. */
  const pass = async (milliseconds: number): Promise<void> => {
    const until = page.now + milliseconds;
    await settle();
    while (due !== undefined && due.at <= until) {
      const { at, work } = due;
      due = undefined;
      page.now = at;
      work();
      await settle();
    }
    page.now = until;
  };
  /** Has answers wait until they are let go. */
  const hold = (): (() => void) => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    answer = () => held;
    return release;
  };
  return { page, following, pass, hold, waits: () => due !== undefined };
}

describe('console/usage/following', () => {
  it('looks less and less often while nothing comes, down to every 15 seconds', async () => {
    const { page, pass } = openPage();
    await pass(60_000);
    expect(page.looks).eql([0, 2_000, 6_000, 14_000, 29_000, 44_000, 59_000]);
    expect(page.told).eql([2_000, 4_000, 8_000, 15_000, 15_000, 15_000, 15_000]);
  });

  it('looks every 2 seconds again once something has come', async () => {
    const { page, pass } = openPage();
    await pass(20_000);
    page.came = 'news';
    await pass(13_000);
    expect(page.looks.slice(4)).eql([29_000, 31_000, 33_000]);
    page.came = 'nothing';
    await pass(20_000);
    expect(page.looks.slice(7)).eql([35_000, 39_000, 47_000]);
  });

  it('tries again after 8 seconds where it has failed, and begins anew then', async () => {
    const { page, pass } = openPage();
    await pass(14_000);
    page.came = 'failed';
    await pass(40_000);
    expect(page.looks.slice(4)).eql([29_000, 37_000, 45_000, 53_000]);
    page.came = 'nothing';
    await pass(10_000);
    expect(page.looks.slice(8)).eql([61_000, 63_000]);
    expect(page.told.slice(-3)).eql([8_000, 2_000, 4_000]);
  });

  it('does not look while nobody sees it, and at once when somebody does again', async () => {
    const { page, following, pass, waits } = openPage();
    await pass(15_000);
    page.seen = false;
    following.seen();
    expect(waits(), 'a timer').equal(false);
    await pass(3_600_000);
    expect(page.looks).length(4);
    page.seen = true;
    following.seen();
    await pass(7_000);
    expect(page.looks.slice(4)).eql([3_615_000, 3_617_000, 3_621_000]);
  });

  it('has one question under way at a time', async () => {
    const { page, following, pass, hold } = openPage();
    await pass(1_000);
    const release = hold();
    await pass(1_500);
    for (let i = 0; i < 3; i++) following.seen();
    await pass(60_000);
    expect(page.looks).eql([0, 2_000]);
    release();
    await pass(4_000);
    expect(page.looks).eql([0, 2_000, 66_500]);
  });

  it('ends, and tells nothing of what it had asked', async () => {
    const { page, following, pass, hold } = openPage();
    await pass(1_000);
    const release = hold();
    await pass(1_500);
    following.stop();
    release();
    await pass(60_000);
    following.seen();
    await pass(60_000);
    expect([page.looks, page.told]).eql([[0, 2_000], [2_000]]);
  });
});
