import { expect } from 'chai';
import { Issues, invalid } from '../../lib/issues.ts';

describe('lib/issues', () => {
  it('knows the path while readers enter and leave', () => {
    const issues = new Issues();
    expect(issues.path).equal('');
    issues.add('a', 'whole');
    issues.enter('users');
    issues.enter(3);
    issues.add('b', 'item');
    issues.add('c', 'below', 'email');
    issues.leave();
    issues.enter(4);
    issues.leave();
    issues.leave();
    issues.add('d', 'step', 0);
    expect(issues.list.map(({ path }) => path)).eql(['', 'users/3', 'users/3/email', '0']);
  });

  it('returns the stand-in for what was wrong', () => {
    expect(new Issues().add('a', 'b')).equal(invalid);
  });

  it('stops work after 20', () => {
    const issues = new Issues();
    let steps = 0;
    const done = issues.collect(() => {
      for (; steps < 100_000; steps++) issues.add('a', 'b');
      return 'done';
    });
    expect(done).equal(undefined);
    expect(issues.list).have.length(20);
    expect(steps).below(21);
  });

  it('never holds more than 20, whatever walks come after', () => {
    const issues = new Issues();
    for (let i = 0; i < 5; i++) {
      issues.collect(() => {
        for (let k = 0; k < 30; k++) issues.add('a', 'b');
      });
    }
    expect(issues.list).have.length(20);
  });

  it('lets other failures through', () => {
    const issues = new Issues();
    expect(() =>
      issues.collect(() => {
        throw new RangeError('mine');
      }),
    ).throw(RangeError, 'mine');
    expect(issues.collect(() => 5)).equal(5);
  });

  it('makes a fault of what was found', () => {
    const issues = new Issues();
    issues.add('type', 'must be text', 'name');
    const fault = issues.fault('invalid-params', 'No');
    expect(fault.code).equal('invalid-params');
    expect(fault.issues).eql([{ path: 'name', code: 'type', message: 'must be text' }]);
  });
});
