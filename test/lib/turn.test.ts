import { expect } from 'chai';
import { Fault } from '../../lib/fault.ts';
import { giveWay, Turn, turnLength } from '../../lib/turn.ts';
import { rejected } from './caught.ts';

/** Works for so many milliseconds. */
function work(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

const nobodyGone = { gone: undefined };

describe('lib/turn', () => {
  it('is over after ten milliseconds of work, and begins again', async () => {
    const turn = new Turn(nobodyGone);
    work(turnLength);
    expect(turn.isOver()).to.equal(true);
    await turn.next();
    expect(turn.isOver()).to.equal(false);
  });

  it('lets timers and others who work in turns go first', async () => {
    const order: string[] = [];
    setTimeout(() => order.push('timer'), 0);
    const one = giveWay().then(() => {
      order.push('one');
      work(2);
    });
    const two = giveWay().then(() => {
      order.push('two');
      setImmediate(() => order.push('immediate'));
      return giveWay().then(() => order.push('two again'));
    });
    const three = giveWay().then(() => order.push('three'));
    work(2);
    await Promise.all([one, two, three]);
    expect(order.indexOf('timer')).to.be.lessThan(order.indexOf('two'));
    expect(order.filter((word) => word !== 'timer' && word !== 'immediate')).to.deep.equal([
      'one',
      'two',
      'three',
      'two again',
    ]);
    expect(order.indexOf('immediate')).to.be.lessThan(order.indexOf('two again'));
  });

  it('ends with the fault of a caller who has gone', async () => {
    const call: { gone: Fault | undefined } = { gone: undefined };
    const turn = new Turn(call);
    await turn.next();
    call.gone = new Fault('timeout', 'The caller went away');
    expect(await rejected(turn.next())).to.equal(call.gone);
  });

  it('ends at its deadline, however many turns it has had', async () => {
    const turn = new Turn(nobodyGone, 1_000);
    expect(turn.left).to.be.within(1, 1_000);
    await turn.next();
    work(1_001);
    expect(turn.left).to.equal(1);
    expect(await rejected(turn.next())).to.include({ code: 'timeout', gate: 'deadline' });
  });

  it('becomes longer by what must be done again', () => {
    const began = performance.now();
    const turn = new Turn(nobodyGone);
    work(20 * turnLength);
    turn.allow();
    expect(turn.isOver()).to.equal(false);
    work(performance.now() - began);
    expect(turn.isOver()).to.equal(true);
  });
});
