import { type AnyFunction, define, t } from '../../index.ts';

/** Functions with the names that the scenarios for tools call. */
export const conformanceFunctions: readonly AnyFunction[] = [
  define('test_simple_text', {
    description: 'Answers a text.',
    effect: 'read',
    returns: t.string(),
    handler: () => 'This is a simple text response for testing.',
  }),
  define('test_error_handling', {
    description: 'Always fails.',
    effect: 'read',
    errors: { 'always-fails': { number: 1, message: 'This tool intentionally returns an error for testing' } },
    handler: (_, call) => call.fail('always-fails'),
  }),
  define('test_logging_tool', {
    description: 'Would log, were there logging.',
    effect: 'read',
    returns: t.string(),
    handler: () => 'logged nothing',
  }),
  define('test_streaming_elicitation', {
    description: 'Would ask for more, were there elicitation.',
    effect: 'read',
    returns: t.string(),
    handler: () => 'asked for nothing',
  }),
] as unknown as readonly AnyFunction[];
