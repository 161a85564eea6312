import { expect } from 'chai';
import { t } from '../../../lib/builders.ts';
import { define } from '../../../lib/define.ts';
import { Fault } from '../../../lib/fault.ts';
import { errorJson } from '../../../lib/json/error.ts';

const fn = define('test.error', {
  description: 'Fails.',
  effect: 'read',
  errors: { gone: { number: 7, data: t.object('Gone', { id: t.int64() }) } },
  helpUrls: ['https://example.org/"help"'],
  handler: () => undefined,
});

describe('lib/json/error', () => {
  it('shows code, message and request id, never the cause', () => {
    const fault = new Fault('internal', 'It "failed"\n', { cause: new Error('secret') });
    expect(JSON.parse(errorJson(fault, undefined, 'r"1'))).eql({
      code: 'internal',
      message: 'It "failed"\n',
      requestId: 'r"1',
    });
  });

  it('shows issues, retryAfter, help and declared data only', () => {
    const issues = [{ path: 'a/0', code: 'type', message: 'must be text' }];
    expect(JSON.parse(errorJson(new Fault('rate-limited', 'x', { issues, retryAfter: 3 }), fn, 'r'))).eql({
      code: 'rate-limited',
      message: 'x',
      issues,
      retryAfter: 3,
      requestId: 'r',
      help: 'https://example.org/"help"',
    });
    const declared = { number: 7, status: 400, data: { id: 5n, secret: 'no' } };
    expect(JSON.parse(errorJson(new Fault('gone', 'x', { declared }), fn, 'r'))).deep.include({ data: { id: '5' } });
  });
});
