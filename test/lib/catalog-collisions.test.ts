import { expect } from 'chai';
import { t } from '../../lib/builders.ts';
import { createCatalog } from '../../lib/catalog.ts';
import type { AnyFunction } from '../../lib/define.ts';
import { operationName } from '../../lib/operation-name.ts';
import { fn, problems } from './catalog-problems.ts';

const collisions: readonly (readonly [what: string, functions: readonly AnyFunction[], message: RegExp])[] = [
  ['one name twice', [fn({ name: 'a.b' }), fn({ name: 'a.b' })], /^a\.b: is defined twice/],
  ['names that differ in case', [fn({ name: 'a.b' }), fn({ name: 'A.B' })], /^A\.B: collides with a\.b/],
  [
    'names that differ in dots',
    [fn({ name: 'users.get' }), fn({ name: 'usersGet' })],
    /^usersGet: collides with users\.get/,
  ],
  ['names that differ in underscores', [fn({ name: 'a_b' }), fn({ name: 'a.b' })], /^a\.b: collides with a_b/],
  [
    'two types of one name',
    [
      fn({ name: 'a', returns: t.object('P', { x: t.int() }) }),
      fn({ name: 'b', params: { p: t.list(t.object('P', { x: t.int(), y: t.int() })) } }),
    ],
    /^b: params\/p\/item: type P has other fields than at a: returns/,
  ],
  [
    'two types of one name that differ in a limit',
    [
      fn({ name: 'a', returns: t.object('P', { x: t.int() }) }),
      fn({ name: 'b', returns: t.object('P', { x: t.int({ min: 1 }) }) }),
    ],
    /^b: returns: type P has other fields/,
  ],
  [
    'two types of one name that differ in order',
    [
      fn({ name: 'a', returns: t.object('P', { x: t.int(), y: t.int() }) }),
      fn({ name: 'b', returns: t.object('P', { y: t.int(), x: t.int() }) }),
    ],
    /^b: returns: type P has other fields/,
  ],
  [
    'two types of one name in one function',
    [fn({ name: 'a', params: { p: t.object('P', {}) }, returns: t.object('P', { x: t.int() }) })],
    /^a: returns: type P has other fields than at a: params\/p/,
  ],
  [
    'types that differ in case',
    [fn({ name: 'a', returns: t.object('Point', {}) }), fn({ name: 'b', returns: t.object('POINT', {}) })],
    /^b: returns: type POINT differs from type Point only in case/,
  ],
  [
    'an error code with another number',
    [fn({ name: 'a', errors: { gone: { number: 1 } } }), fn({ name: 'b', errors: { gone: { number: 2 } } })],
    /^b: errors\/gone: has another number than at a: errors\/gone/,
  ],
  [
    'an error code with other data',
    [
      fn({ name: 'a', errors: { gone: { number: 1, data: t.object('D', { x: t.int() }) } } }),
      fn({ name: 'b', errors: { gone: { number: 1 } } }),
    ],
    /^b: errors\/gone: has other data/,
  ],
  [
    'a number of two error codes',
    [fn({ name: 'a', errors: { gone: { number: 7 } } }), fn({ name: 'b', errors: { lost: { number: 7 } } })],
    /^b: errors\/lost: number 7 belongs to gone/,
  ],
];

describe('lib/catalog collisions', () => {
  for (const [what, functions, message] of collisions) {
    it(`refuses ${what}`, () => {
      const found = problems(...functions);
      expect(
        found.filter((problem) => message.test(problem)),
        found.join('\n'),
      ).have.length(1);
    });
  }

  it('takes one type defined twice alike, whatever its descriptions', () => {
    const make = (description: string) =>
      t.object(
        'P',
        { x: t.default(t.json({ description }), { kind: 'object' }), y: t.nullable(t.list(t.int())) },
        { description },
      );
    const data = (name: string) =>
      fn({ name, errors: { gone: { number: 1, data: make(name) } }, returns: make(`${name}2`) });
    expect(problems(data('a'), data('b'))).eql([]);
  });

  it('finds functions by their name, and by their operation where that is asked for', () => {
    const users = fn({ name: 'users.get_all' });
    const catalog = createCatalog([users]);
    expect(operationName('users.get_all')).equal('users_get_all');
    expect(catalog.find('users.get_all')).equal(users);
    expect(catalog.find('users_get_all')).equal(undefined);
    expect(catalog.find('users_get_all', 'operation')).equal(users);
    expect(catalog.find('users.get_all', 'operation')).equal(users);
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', ''])
      expect(catalog.find(name, 'operation'), name).equal(undefined);
    expect(Object.isFrozen(catalog.functions)).equal(true);
  });

  it('freezes definitions', () => {
    const made = fn({
      params: { x: t.int() },
      aliases: { y: 'x' },
      errors: { gone: { number: 1 } },
      access: { user: 'required' },
    });
    for (const part of [made, made.params, made.aliases, made.errors, made.access])
      expect(Object.isFrozen(part)).equal(true);
  });
});
