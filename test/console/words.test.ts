import { expect } from 'chai';
import { described } from '../../console/explorer/described.ts';
import { faultWords } from '../../console/explorer/fault-words.ts';
import {
  accessWords,
  callLimits,
  defaultText,
  descriptionOf,
  isSecret,
  limitWords,
  typeWords,
} from '../../console/explorer/words.ts';
import { type AnyFunction, define, t } from '../../index.ts';
import { exportCatalog } from '../../lib/exported/export.ts';
import { faultCodes } from '../../lib/fault.ts';

describe('what the page says in words', () => {
  it('names types, whatever they are made of', () => {
    expect(typeWords(t.list(t.map(t.nullable(t.int64()))))).to.equal('list of map of whole number, 64 bits or null');
    expect(typeWords(t.optional(t.object('User', { id: t.int() })))).to.equal('User');
    expect(typeWords(t.default(t.enum(['a']), 'a'))).to.equal('choice');
  });

  it('tells limits', () => {
    expect(limitWords(t.string({ min: 1, max: 100, pattern: '^a' }))).to.deep.equal([
      '1 to 100 characters',
      'matches ^a',
    ]);
    expect(limitWords(t.string({ max: 1 }))).to.deep.equal(['at most 1 character']);
    expect(limitWords(t.int({ min: -5 }))).to.deep.equal(['at least -5']);
    expect(limitWords(t.optional(t.int64({ min: 1n, max: 9n })))).to.deep.equal(['1 to 9']);
    expect(limitWords(t.list(t.int(), { min: 2, max: 2 }))).to.deep.equal(['exactly 2 items']);
    expect(limitWords(t.map(t.int(), { max: 3 }))).to.deep.equal(['at most 3 entries']);
    expect(limitWords(t.enum(['red', 'green']))).to.deep.equal(['red, green']);
    expect(limitWords(t.boolean())).to.deep.equal([]);
  });

  it('tells defaults as they would be typed', () => {
    expect(defaultText(t.default(t.int64(), 5n))).to.equal('5');
    expect(defaultText(t.default(t.string(), ''))).to.equal('');
    expect(defaultText(t.default(t.datetime(), new Date('2026-01-02T03:04:05Z')))).to.equal('2026-01-02T03:04:05.000Z');
    expect(defaultText(t.default(t.list(t.int()), [1, 2]))).to.equal('[1,2]');
    expect(defaultText(t.default(t.nullable(t.int()), null))).to.equal('null');
    expect(defaultText(t.optional(t.int()))).to.equal(undefined);
  });

  it('finds what is said within wrappers, the outermost first', () => {
    const inner = t.string({ description: 'In.', sensitive: true });
    expect(descriptionOf(t.optional(t.nullable(inner)))).to.equal('In.');
    expect(descriptionOf(t.optional(inner, { description: 'Out.' }))).to.equal('Out.');
    expect(isSecret(t.optional(inner))).to.equal(true);
    expect(isSecret(t.string())).to.equal(false);
  });

  it('says who may call', () => {
    expect(accessWords({ access: {} })).to.equal('Anyone may call it.');
    expect(accessWords({ access: { client: 'required', user: 'required', capabilities: ['user:view'] } })).to.equal(
      'It needs an API key and a known user. The caller must hold user:view.',
    );
    expect(accessWords({ access: { user: 'optional' } })).to.equal('Anyone may call it; it also takes a user.');
  });

  it('says how long a call may take and how large it may be', () => {
    expect(callLimits({ deadline: 30_000, body: 1_048_576 })).to.equal('30 s, 1 MiB of message');
    expect(callLimits({ deadline: 1_500, body: 70_000 })).to.equal('1.5 s, 70,000 bytes of message');
    expect(callLimits({})).to.equal('');
  });

  it('has advice for every standard code, and none for declared ones', () => {
    for (const code of faultCodes) expect(faultWords(code), code).to.match(/^[A-Z].*\.$/);
    expect(faultWords('user-not-found')).to.equal(undefined);
    expect(faultWords('constructor')).to.equal(undefined);
  });

  it('makes descriptors of what the server describes', () => {
    const fn = define('a.b', {
      description: 'Does.',
      effect: 'read',
      params: { at: t.default(t.datetime(), new Date(0)) },
      handler: () => {},
    }) as unknown as AnyFunction;
    const about = { catalog: JSON.parse(JSON.stringify(exportCatalog([fn]))) };
    expect(described(about as never)?.fn.params).to.deep.equal(fn.params);
    expect(described({ catalog: exportCatalog([]) } as never)).to.equal(undefined);
  });
});
