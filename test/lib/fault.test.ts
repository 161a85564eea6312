import { expect } from 'chai';
import { Fault, faultCodes } from '../../lib/fault.ts';
import { faultHeaders, transportStatus } from '../../lib/fault-headers.ts';

describe('lib/fault', () => {
  it('stays itself', () => {
    const fault = new Fault('conflict', 'Twice');
    expect(Fault.from(fault)).equal(fault);
  });

  for (const reason of [
    new Error('secret'),
    'secret',
    { message: 'secret' },
    null,
    undefined,
    7,
    Symbol('secret'),
    5n,
  ]) {
    it(`hides ${typeof reason} ${reason === null ? 'null' : ''} as its cause`, () => {
      const fault = Fault.from(reason);
      expect(fault.code).equal('internal');
      expect(fault.message).not.contain('secret');
      expect(fault.cause).equal(reason);
    });
  }

  it('carries no stack of ours and leaves the limit as it was', () => {
    const before = Error.stackTraceLimit;
    const fault = new Fault('internal', 'x');
    expect(fault.stack).not.contain('    at ');
    expect(Error.stackTraceLimit).equal(before);
    expect(new Error('y').stack).contain('    at ');
  });

  it('lists every code once', () => {
    expect(new Set(faultCodes).size).equal(faultCodes.length);
  });

  it('tells Allow and Retry-After in headers', () => {
    expect(faultHeaders(new Fault('method-not-allowed', 'x', { allow: ['GET', 'POST'] }))).eql({ Allow: 'GET, POST' });
    expect(faultHeaders(new Fault('rate-limited', 'x', { retryAfter: 0 }))).eql({ 'Retry-After': '0' });
    expect(faultHeaders(new Fault('internal', 'x'))).eql({});
  });

  it('uses HTTP status only for what HTTP itself knows', () => {
    const told = (gate?: string) =>
      faultCodes.filter((code) => transportStatus(new Fault(code, 'x', gate ? { gate } : {})) !== undefined);
    expect(told('body')).eql(['too-large', 'method-not-allowed', 'unsupported-media-type', 'misdirected']);
    expect(told()).eql(['method-not-allowed', 'unsupported-media-type', 'misdirected']);
  });
});
