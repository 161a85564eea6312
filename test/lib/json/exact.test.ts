import { expect } from 'chai';
import { parseExactJson } from '../../../lib/json/exact.ts';
import { caught } from '../caught.ts';

/** RFC 8259: what is JSON (y) and what is not (n), written anew after the kinds of cases that the public parsing suite has. */
const yes = [
  '[]', '[ ]', '{}', '{ }', ' [1] ', '\t\r\n1\n', 'null', 'true', 'false', '""', '"a"', '-1', '0', '-0', '0.5', '1e1', '1E+1', '1e-1', '0e1',
  '[1,2]', '[null]', '{"":0}', '{"a":[]}', '"\\u0000"', '"\\uD834\\uDD1E"', '"\\ud800"', '"\\/"', '"/"', '"\\b\\f\\n\\r\\t\\"\\\\"', '"\u2028"', '"\u007f"',
  '[[[]]]', '{"a":{"b":{}}}', '"\u{1F600}"', '1.5e300', '[-0.0]', '"\\u002c"', '"*/"',
];
const no = [
  '', ' ', '[', ']', '{', '}', '[1', '[1,', '[1,]', '[,1]', '[1,,2]', '[1 2]', '{"a"}', '{"a":}', '{"a":1,}', '{,}', '{a:1}', "{'a':1}", '{"a":1 "b":2}', '{1:1}',
  '"', '"a', '"\\"', '"\\x"', '"\\u12"', '"\\uZZZZ"', '"\t"', '"\n"', '"\u0000"', "'a'", 'nul', 'True', 'undefined', 'NaN', 'Infinity', '-Infinity',
  '+1', '01', '-01', '1.', '.5', '-.5', '-', '1e', '1e+', '0x10', '1_000', '1 000', '--1', '1.2.3', '1eE2', '１', '[1]x', '[1][2]', '1 2', '//c\n1', '/*c*/1', '[1]//c',
  '\u00a0[]', '\u2003[]', '\v1', '\f1', '\ufeff[]', '[\u00a01]', '{"a":1}}', '[1]]', '"\\a"', '["a\u001fb"]', '{"a":1,"b"}', '{"a"::1}', '{"a":1:2}', '[1:2]', 'truefalse', '{[]:1}',
];

describe('lib/json/exact', () => {
  for (const text of yes) {
    it(`reads ${JSON.stringify(text)}`, () => {
      const value = parseExactJson(text);
      if (typeof JSON.parse(text) !== 'object' && !/[-0-9]/.test(text[0] ?? '')) expect(value).equal(JSON.parse(text));
    });
  }

  for (const text of no) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(() => JSON.parse(text) as unknown).throw(SyntaxError);
      expect(caught(() => parseExactJson(text)).code).equal('malformed');
    });
  }
});
