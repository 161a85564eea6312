import type { Attack, AttackClass, Expected } from '../attack.ts';
import { request } from '../build.ts';

const invalidParams = { fault: 'invalid-params' } as const;
const invalidEncoding = { fault: 'invalid-encoding' } as const;
const tooLarge = { fault: 'too-large' } as const;

const taken = (kind: string, result: unknown): Expected => ({ result, runs: [`hostile.${kind}`] });
const indexed = (count: number, of: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => of(i)).join('&');

/** What stands in a query or a form, for which function, and what it must come to. */
type Case = readonly [name: string, kind: string, text: string, expects: Expected];

const shapes: readonly Case[] = [
  ['six brackets', 'map', 'value[a][b][c][d][e][f]=x', tooLarge],
  ['a thousand brackets', 'map', `value${'[a]'.repeat(1_000)}=x`, tooLarge],
  ['101 items', 'list', indexed(101, () => 'value[]=x'), tooLarge],
  ['an index of a thousand million', 'list', 'value[999999999]=x', tooLarge],
  ['an index of 101', 'list', 'value[0]=a&value[101]=b', tooLarge],
  ['a gap between indexes', 'list', 'value[0]=a&value[2]=b', invalidParams],
  ['a negative index', 'list', 'value[-1]=x', invalidParams],
  ['an index with a leading zero', 'list', 'value[00]=x', invalidParams],
  ['an index with an exponent', 'list', 'value[1e1]=x', invalidParams],
  ['an index beyond any number', 'list', `value[${'9'.repeat(400)}]=x`, invalidParams],
  ['the same index twice', 'list', 'value[0]=a&value[0]=b', invalidParams],
  ['items with and without indexes', 'list', 'value[0]=a&value[]=b', invalidParams],
  ['a list and a text of one name', 'list', 'value=a&value[]=b', invalidParams],
  ['a name of Object.prototype for an index', 'list', 'value[length]=5', invalidParams],
  ['1,001 parameters', 'text', indexed(1_001, (i) => `a${i}=x`), tooLarge],
  ['a text twice', 'text', 'value=a&value=b', invalidParams],
  ['a text twice, once in escapes', 'text', 'value=a&%76alue=b', invalidParams],
  ['a text as a list', 'text', 'value[]=a', invalidParams],
  ['a text as an object', 'text', 'value[a]=b', invalidParams],
  ['an object as a text', 'object', 'value=x', invalidParams],
  ['a prototype in brackets', 'object', 'value[x]=1&value[__proto__][polluted]=1', invalidParams],
  ['a prototype for a parameter', 'text', 'value=x&__proto__[polluted]=1', invalidParams],
  ['a constructor in brackets', 'text', 'value=x&constructor[prototype][polluted]=1', invalidParams],
  ['a prototype for a key', 'map', 'value[__proto__]=x', taken('map', JSON.parse('{"__proto__":"x"}'))],
  ['a key that is empty', 'text', '=x', invalidParams],
  ['nothing but ampersands', 'text', '&'.repeat(500), tooLarge],
  ['a few ampersands', 'text', '&&value=x&&', taken('text', 'x')],
  ['a bracket that does not close', 'text', 'value=x&value[=y', invalidParams],
  ['a bracket that does not open', 'text', 'value=x&value]=y', invalidParams],
  ['brackets inside of brackets', 'text', 'value=x&value[[a]]=y', invalidParams],
  ['5,000 brackets that do not close', 'text', `value=x&${'['.repeat(5_000)}=y`, invalidParams],
];

const escapes: readonly Case[] = [
  ['an escape that breaks off', 'text', 'value=%', invalidEncoding],
  ['an escape of one digit', 'text', 'value=%4', invalidEncoding],
  ['an escape that is none', 'text', 'value=%zz', invalidEncoding],
  ['an escape of Unicode', 'text', 'value=%u0041', invalidEncoding],
  ['an overlong slash', 'text', 'value=%c0%af', invalidEncoding],
  ['an overlong NUL', 'text', 'value=%c0%80', invalidEncoding],
  ['a lone surrogate', 'text', 'value=%ed%a0%80', invalidEncoding],
  ['Latin-1', 'text', 'value=%fc', invalidEncoding],
  ['an escape in a name that is none', 'text', '%zz=x', invalidEncoding],
  ['a NUL', 'text', 'value=a%00b', taken('text', 'a\0b')],
  ['an escape within an escape', 'text', 'value=%2541', taken('text', '%41')],
  ['a semicolon is no ampersand', 'text', 'value=a;value=b', taken('text', 'a;value=b')],
  ['a plus is a space', 'text', 'value=a+b%2Bc', taken('text', 'a b+c')],
  ['an equals sign in a value', 'text', 'value=a=b', taken('text', 'a=b')],
  ['an escaped ampersand', 'text', 'value=a%26value=b', taken('text', 'a&value=b')],
  ['a line end and a header', 'text', 'value=a%0d%0aSet-Cookie:%20evil=1', taken('text', 'a\r\nSet-Cookie: evil=1')],
];

/** Numbers that other languages read out of texts. */
const numbers: readonly Case[] = ['0x10', '1e3', ' 5', '5 ', '5.0', '+5', '', '5;', '5%00'].map((text) => [
  `${JSON.stringify(text)} for a number`,
  'int',
  `value=${text.replaceAll(' ', '%20').replace('+', '%2B')}`,
  invalidParams,
]);

const cases = [...shapes, ...escapes, ...numbers];

export const queryAndForm: AttackClass = {
  name: 'query and form',
  attacks: [
    ...cases.map(
      ([name, kind, text, expects]): Attack => ({
        name: `${name}, in the query`,
        on: ['REST'],
        send: (endpoint) => request(endpoint, { method: 'GET', path: `/rest/hostile.${kind}?${text}` }),
        // What begins with an ampersand is cut at as many parameters as there may be; there are none among these.
        expects: name === 'nothing but ampersands' ? invalidParams : expects,
      }),
    ),
    ...cases.map(
      ([name, kind, text, expects]): Attack => ({
        name: `${name}, in a form`,
        on: ['REST'],
        send: (endpoint) =>
          request(endpoint, { path: `/rest/hostile.${kind}`, type: 'application/x-www-form-urlencoded', body: text }),
        expects: name === 'nothing but ampersands' ? invalidParams : expects,
      }),
    ),
    ...['utf-7', 'iso-8859-1', 'utf-16', '"evil"'].map(
      (charset): Attack => ({
        name: `a form in the charset ${charset}`,
        on: ['REST'],
        send: (endpoint) =>
          request(endpoint, {
            path: '/rest/hostile.text',
            type: `application/x-www-form-urlencoded; charset=${charset}`,
            body: 'value=%C3%A4+AGE-',
          }),
        expects: { fault: 'unsupported-encoding' },
      }),
    ),
    {
      name: 'a form that says to be UTF-8',
      on: ['REST'],
      send: (endpoint) =>
        request(endpoint, {
          path: '/rest/hostile.text',
          type: 'application/x-www-form-urlencoded;charset="UTF-8"',
          body: 'value=%C3%A4',
        }),
      expects: taken('text', 'ä'),
    },
    {
      name: 'bytes beyond ASCII that are not UTF-8',
      on: ['REST'],
      send: (endpoint) =>
        request(endpoint, {
          path: '/rest/hostile.text',
          type: 'application/x-www-form-urlencoded',
          body: Buffer.from('value=\xfc', 'latin1'),
        }),
      expects: invalidEncoding,
    },
    {
      name: 'parameters in query and body',
      on: ['REST'],
      send: (endpoint) => request(endpoint, { path: '/rest/hostile.mark?text=evil', body: '{"text":"x"}' }),
      expects: { result: 'x', runs: ['hostile.mark'] },
    },
    {
      name: 'a broken escape in the path',
      on: ['REST'],
      send: (endpoint) => request(endpoint, { path: '/rest/hostile.%zz', body: '{}' }),
      expects: { fault: 'malformed' },
    },
    {
      name: 'a function by escapes',
      on: ['REST'],
      send: (endpoint) => request(endpoint, { path: '/rest/%68ostile%2emark', body: '{"text":"x"}' }),
      expects: { result: 'x', runs: ['hostile.mark'] },
    },
  ],
};
