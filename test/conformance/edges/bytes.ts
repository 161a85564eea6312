import { t } from '../../../index.ts';
import { fault, impossible, refused } from '../edge.ts';
import { rowsOf } from '../rows.ts';
import { formsOnly, noNull } from './reasons.ts';

const bytes = rowsOf('bytes', t.bytes());

for (const [name, value, text] of [
  ['none', [], ''],
  ['one', [0], 'AA=='],
  ['two', [0, 255], 'AP8='],
  ['with plus and slash', [255, 239, 190], '/+++'],
  ['not UTF-8', [0, 128, 255, 254, 13, 10], 'AID//g0K'],
] as const) {
  bytes.good(name, new Uint8Array(value), {
    json: `"${text}"`,
    query: text,
    xmlrpc: `<base64>${text}</base64>`,
    soap: text,
  });
}
const all = Uint8Array.from({ length: 256 }, (_, index) => index);
const allBase64 =
  'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+P0BBQkNERUZHSElKS0xNTk9QUVJTVFVW' +
  'V1hZWltcXV5fYGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6e3x9fn+AgYKDhIWGh4iJiouMjY6PkJGSk5SVlpeYmZqbnJ2en6ChoqOkpaanqKmqq6yt' +
  'rq+wsbKztLW2t7i5uru8vb6/wMHCw8TFxsfIycrLzM3Oz9DR0tPU1dbX2Nna29zd3t/g4eLj5OXm5+jp6uvs7e7v8PHy8/T19vf4+fr7/P3+/w==';
bytes.good('all there are', all, {
  json: `"${allBase64}"`,
  query: allBase64,
  xmlrpc: `<base64>${allBase64}</base64>`,
  soap: allBase64,
});
bytes.good(
  'lines, as XML has them',
  new Uint8Array([0, 255, 0, 255, 0, 255]),
  {
    json: refused('"AP8A\\r\\n/wD/"'),
    query: refused('AP8A\r\n/wD/'),
    xmlrpc: '<base64>\r\nAP8A\r\n\t/wD/\r\n</base64>',
    soap: '\r\n AP8A\r\n/wD/ ',
  },
  { out: { json: '""', xmlrpc: '<base64>AP8A/wD/</base64>', soap: 'AP8A/wD/' } },
);
bytes.bad('a plus sign that is not escaped', {
  json: impossible(formsOnly),
  query: refused({ whole: 'value=AP8+' }),
  xmlrpc: impossible(formsOnly),
  soap: impossible(formsOnly),
});
for (const [name, text] of [
  ['a broken end', 'AP8'],
  ['no padding', 'AA'],
  ['too much padding', 'AP8=='],
  ['padding alone', '===='],
  ['padding in the middle', 'AA==AP8A'],
  ['of the alphabet for URLs', '_-__'],
  ['a foreign character', 'AP*A'],
  ['hexadecimal', '0xff0'],
  ['a data URL', 'data:;base64,AP8A'],
] as const) {
  bytes.bad(name, { json: `"${text}"`, query: text, xmlrpc: `<base64>${text}</base64>`, soap: text });
}
bytes.bad('another type', {
  json: '[0,255]',
  query: refused({ whole: 'value[]=0' }),
  xmlrpc: '<string>AP8A</string>',
  soap: '255',
});
bytes.bad('null', {
  json: 'null',
  query: impossible(noNull),
  xmlrpc: '<nil/>',
  soap: refused({ whole: '<value xsi:nil="true"/>' }),
});
const two = { takes: t.bytes({ max: 2 }) };
bytes.good(
  'two of at most two',
  new Uint8Array([0, 255]),
  { json: '"AP8="', query: 'AP8=', xmlrpc: '<base64>AP8=</base64>', soap: 'AP8=' },
  two,
);
bytes.bad(
  'three of at most two',
  { json: '"AP8A"', query: 'AP8A', xmlrpc: '<base64>AP8A</base64>', soap: 'AP8A' },
  two,
);
bytes.bad(
  'text answered',
  {
    json: fault('"AP8="', 'invalid-result', ['']),
    query: fault('AP8=', 'invalid-result', ['']),
    xmlrpc: fault('<base64>AP8=</base64>', 'invalid-result', ['']),
    soap: fault('AP8=', 'invalid-result', ['']),
  },
  { answers: 'AP8=' },
);

export const bytesEdges = bytes.edges;
