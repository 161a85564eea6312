import { define, Fault, type FaultCode, t } from '../../index.ts';

const Reasons = t.object('FaultReasons', { reason: t.string(), attempts: t.int() });

const echo = define('fault.echo', {
  description: 'Answers its text.',
  effect: 'read',
  params: { value: t.string() },
  returns: t.string(),
  handler: ({ value }) => value,
});

const off = define('off.echo', {
  description: 'Is never on.',
  effect: 'read',
  params: { value: t.string() },
  returns: t.string(),
  handler: ({ value }) => value,
});

const breaks = define('fault.breaks', {
  description: 'Breaks.',
  effect: 'read',
  params: { value: t.string() },
  returns: t.string(),
  handler: () => {
    throw new Error('secret: no caller may read this');
  },
});

const lies = define('fault.lies', {
  description: 'Answers what it did not declare.',
  effect: 'read',
  params: { value: t.string() },
  returns: t.object('FaultLie', { text: t.string() }),
  handler: () => ({ text: 5 }) as never,
});

const sleeps = define('fault.sleeps', {
  description: 'Never answers.',
  effect: 'read',
  params: { value: t.string() },
  returns: t.string(),
  deadline: 20,
  handler: () => new Promise<string>(() => {}),
});

const asks = define('fault.asks', {
  description: 'Wants to know who calls.',
  effect: 'read',
  access: { user: 'required' },
  params: { value: t.string() },
  returns: t.string(),
  handler: ({ value }) => value,
});

const declares = define('fault.declares', {
  description: 'Fails with an error of its own.',
  effect: 'read',
  params: { value: t.string() },
  returns: t.string(),
  errors: { 'fault-declared': { number: 1234, status: 409, message: 'It was declared', data: Reasons } },
  handler: ({ value }, call) => call.fail('fault-declared', { reason: value, attempts: 3 }),
});

const declaresLittle = define('fault.little', {
  description: 'Fails with an error of its own that has no data and is the fault of the server.',
  effect: 'read',
  params: { value: t.string() },
  returns: t.string(),
  errors: { 'fault-little': { number: 1235, status: 503 } },
  handler: (_, call) => call.fail('fault-little'),
});

const throws = define('fault.throws', {
  description: 'Ends with the standard fault that its text names.',
  effect: 'read',
  params: { value: t.string() },
  returns: t.string(),
  handler: ({ value }) => {
    throw new Fault(value as FaultCode, 'As was asked', value === 'quota-exceeded' ? { retryAfter: 7 } : {});
  },
});

/** What the fault table calls. */
export const faultFunctions = [echo, off, breaks, lies, sleeps, asks, declares, declaresLittle, throws];
