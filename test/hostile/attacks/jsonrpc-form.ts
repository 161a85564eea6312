import type { Attack, AttackClass, Expected } from '../attack.ts';
import { request } from '../build.ts';

const malformed = { fault: 'malformed' } as const;
const invalidRequest = { fault: 'invalid-request' } as const;
const invalidParams = { fault: 'invalid-params' } as const;
const unknown = { fault: 'unknown-function' } as const;
const taken: Expected = { result: 'x', runs: ['hostile.mark'] };

type Case = readonly [name: string, body: string, expects: Expected];

/** A request with one member in another form. */
const member = (name: string, json: string): string => {
  const members: Record<string, string> = {
    jsonrpc: '"2.0"',
    method: '"hostile.mark"',
    params: '["x"]',
    id: '1',
    [name]: json,
  };
  return `{${Object.entries(members)
    .map(([key, value]) => `"${key}":${value}`)
    .join(',')}}`;
};
const whole = member('id', '1');

const broken: readonly Case[] = [
  ['nothing', '', malformed],
  ['white space', ' \n ', malformed],
  ['text', 'hello', malformed],
  ['the half of a request', whole.slice(0, 30), malformed],
  ['a request and a bracket', `${whole}}`, malformed],
  ['two requests', whole + whole, malformed],
  ['a comma at the end of an object', '{"jsonrpc":"2.0","method":"hostile.mark","id":1,}', malformed],
  ['a comma at the end of an array', '[1,]', malformed],
  ['a comma alone', '[,]', malformed],
  ['a comment', `/* */${whole}`, malformed],
  ['a comment to the end of the line', `${whole}//`, malformed],
  ['quotes of one stroke', whole.replaceAll('"', "'"), malformed],
  ['names without quotes', '{jsonrpc:"2.0"}', malformed],
  ['a number with a plus', member('id', '+1'), malformed],
  ['a number with a leading zero', member('id', '01'), malformed],
  ['a number with a bare point', member('id', '1.'), malformed],
  ['a number that begins with its point', member('id', '.5'), malformed],
  ['a number in hexadecimal', member('id', '0x1F'), malformed],
  ['NaN', member('id', 'NaN'), malformed],
  ['Infinity', member('id', 'Infinity'), malformed],
  ['undefined', member('id', 'undefined'), malformed],
  ['True', member('id', 'True'), malformed],
  ['an escape that is none', member('id', '"\\x41"'), malformed],
  ['an escape of Unicode that is none', member('id', '"\\u00G0"'), malformed],
  ['a tab in text', member('id', '"a\tb"'), malformed],
  ['text that is not closed', '{"jsonrpc', malformed],
  ['a form feed for white space', `\f${whole}`, malformed],
  ['XML', '<methodCall/>', malformed],
  ['a callback around JSON', `evil(${whole})`, malformed],
  ['what keeps browsers from running it', `)]}',\n${whole}`, malformed],
];

const shapes: readonly Case[] = [
  ['a number', '1', invalidRequest],
  ['a text', '"x"', invalidRequest],
  ['true', 'true', invalidRequest],
  ['null', 'null', invalidRequest],
  ['a number that no double is', '1e400', invalidRequest],
  ['an empty object', '{}', invalidRequest],
  ['an empty batch', '[]', invalidRequest],
  ['a batch of a number', '[1]', { inner: [invalidRequest] }],
  ['a batch of three that are none', '[1,2,[]]', { inner: [invalidRequest, invalidRequest, invalidRequest] }],
  ['a batch within a batch', `[[${whole}]]`, { inner: [invalidRequest] }],
  ['a good one among bad ones', `[1,${whole},{}]`, { inner: [invalidRequest, taken, invalidRequest] }],
  ['a batch of 51', `[${Array.from({ length: 51 }, () => whole).join(',')}]`, { fault: 'too-large' }],
  ['a batch of 20,000', `[${Array.from({ length: 15_000 }, () => whole).join(',')}]`, { fault: 'too-large' }],
  ['a notification alone', '{"jsonrpc":"2.0","method":"hostile.nowhere"}', { empty: 204 }],
  [
    'a batch of notifications that fail',
    '[{"jsonrpc":"2.0","method":"hostile.nowhere"},{"jsonrpc":"2.0","method":"hostile.mark","params":{}}]',
    { empty: 204 },
  ],
  ['101 levels', '['.repeat(101) + ']'.repeat(101), { fault: 'too-large' }],
  ['a million brackets', '['.repeat(1_000_000), { fault: 'too-large' }],
  ['half a million brackets of both sorts', '{"a":['.repeat(150_000), { fault: 'too-large' }],
  ['101 levels of objects', `${'{"a":'.repeat(101)}1${'}'.repeat(101)}`, { fault: 'too-large' }],
  ['more than a million bytes', member('params', `["${'x'.repeat(1_048_576)}"]`), { fault: 'too-large', early: true }],
];

const members: readonly Case[] = [
  ['version 1.0', member('jsonrpc', '"1.0"'), invalidRequest],
  ['version 2.0 as a number', member('jsonrpc', '2.0'), invalidRequest],
  ['no version', '{"method":"hostile.mark","params":["x"],"id":1}', invalidRequest],
  ['a version of null', member('jsonrpc', 'null'), invalidRequest],
  ['a method that is a number', member('method', '1'), invalidRequest],
  ['a method that is null', member('method', 'null'), invalidRequest],
  ['a method that is a list', member('method', '["hostile.mark"]'), invalidRequest],
  ['a method that is an object', member('method', '{"toString":"hostile.mark"}'), invalidRequest],
  ['no method', '{"jsonrpc":"2.0","params":["x"],"id":1}', invalidRequest],
  ['an empty method', member('method', '""'), unknown],
  ['a method of a million characters', member('method', `"${'a'.repeat(900_000)}"`), unknown],
  ['a reserved method', member('method', '"rpc.evil"'), unknown],
  ['a method with a NUL', member('method', '"hostile.mark\\u0000"'), unknown],
  ['a method in capitals', member('method', '"HOSTILE.MARK"'), unknown],
  ['a method as SOAP spells it', member('method', '"hostile_mark"'), unknown],
  ['a method with a space', member('method', '" hostile.mark"'), unknown],
  ['a method with a Cyrillic letter', member('method', '"hostile.m\u0430rk"'), unknown],
  ['a method that is a path', member('method', '"../../etc/passwd"'), unknown],
  ['params that are text', member('params', '"x"'), invalidRequest],
  ['params that are a number', member('params', '1'), invalidRequest],
  ['params that are null', member('params', 'null'), invalidRequest],
  ['too many params', member('params', '["x","y"]'), invalidParams],
  ['too few params', member('params', '[]'), invalidParams],
  ['params that nobody knows', member('params', '{"text":"x","evil":1}'), invalidParams],
  ['params of another type', member('params', '[{"text":"x"}]'), invalidParams],
  ['params by the thousand', member('params', `[${'1,'.repeat(100_000)}1]`), invalidParams],
  ['an id that is an object', member('id', '{}'), invalidRequest],
  ['an id that is a list', member('id', '[1]'), invalidRequest],
  ['an id that is true', member('id', 'true'), invalidRequest],
  [
    'a member that is given twice',
    '{"jsonrpc":"2.0","method":"hostile.mark","method":"hostile.user","params":["x"],"id":1}',
    invalidRequest,
  ],
  [
    'a member that is given twice, once in escapes',
    '{"jsonrpc":"2.0","method":"hostile.mark","\\u006dethod":"hostile.user","params":["x"],"id":1}',
    invalidRequest,
  ],
  ['a member that nobody knows', '{"jsonrpc":"2.0","method":"hostile.mark","params":["x"],"id":1,"evil":1}', taken],
  ['a fault of its own that is answered', '{"jsonrpc":"2.0","error":{"code":1},"id":1}', invalidRequest],
];

export const jsonrpcForm: AttackClass = {
  name: 'JSON-RPC form',
  attacks: [...broken, ...shapes, ...members].map(
    ([name, body, expects]): Attack => ({
      name,
      on: ['JSON-RPC'],
      send: (endpoint) => request(endpoint, { body }),
      expects,
    }),
  ),
};
