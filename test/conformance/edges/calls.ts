import { t } from '../../../index.ts';
import { absent, fault, impossible, refused, sent } from '../edge.ts';
import { fieldRowsOf, rowsOf } from '../rows.ts';

const none = rowsOf('no-returns', t.string());
const silence = { json: 'null', xmlrpc: '<boolean>1</boolean>', soap: { whole: '' } };

none.good(
  'no result',
  'a',
  { json: '"a"', query: 'a', xmlrpc: '<string>a</string>', soap: 'a' },
  { silent: true, out: silence },
);
none.good(
  'no result and no parameters',
  {},
  { json: sent(absent.json), query: sent(absent.query), xmlrpc: sent(absent.xmlrpc), soap: sent(absent.soap) },
  { params: {}, silent: true, out: silence },
);

const pair = { a: t.int(), b: t.int() };
const calls = fieldRowsOf('parameters', pair, t.object('Pair', pair));
const struct = (...members: readonly (readonly [string, string])[]): string =>
  `<struct>${members.map(([name, value]) => `<member><name>${name}</name><value>${value}</value></member>`).join('')}</struct>`;
const params = (...values: readonly string[]) => ({
  whole: values.map((value) => `<param><value>${value}</value></param>`).join(''),
});
const out = {
  json: '{"a":1,"b":2}',
  xmlrpc: struct(['a', '<int>1</int>'], ['b', '<int>2</int>']),
  soap: '<a>1</a><b>2</b>',
};

calls.good(
  'by name, in order',
  { a: 1, b: 2 },
  {
    json: sent({ whole: '{"a":1,"b":2}' }),
    query: sent({ whole: 'a=1&b=2' }),
    xmlrpc: sent(params(struct(['a', '<int>1</int>'], ['b', '<int>2</int>']))),
    soap: sent({ whole: '<a>1</a><b>2</b>' }),
  },
  { out },
);
calls.good(
  'by name, in another order',
  { a: 1, b: 2 },
  {
    json: sent({ whole: '{"b":2,"a":1}' }),
    query: sent({ whole: 'b=2&a=1' }),
    xmlrpc: sent(params(struct(['b', '<int>2</int>'], ['a', '<int>1</int>']))),
    soap: sent({ whole: '<b>2</b><a>1</a>' }),
  },
  { out },
);
calls.good(
  'by place',
  { a: 1, b: 2 },
  {
    json: impossible('REST and SOAP have names only'),
    jsonrpc: sent({ whole: '[1,2]' }, { output: out.json }),
    query: impossible('REST and SOAP have names only'),
    xmlrpc: sent(params('<int>1</int>', '<int>2</int>')),
    soap: impossible('REST and SOAP have names only'),
  },
  { out },
);
calls.bad('one missing', {
  json: refused({ whole: '{"a":1}' }, ['b']),
  jsonrpc: refused({ whole: '[1]' }, ['b']),
  query: refused({ whole: 'a=1' }, ['b']),
  xmlrpc: refused(params('<int>1</int>'), ['b']),
  soap: refused({ whole: '<a>1</a>' }, ['b']),
});
calls.bad('all missing', {
  json: refused(absent.json, ['a', 'b']),
  query: refused(absent.query, ['a', 'b']),
  xmlrpc: refused(absent.xmlrpc, ['a', 'b']),
  soap: refused(absent.soap, ['a', 'b']),
});
calls.bad('one unknown', {
  json: refused({ whole: '{"a":1,"b":2,"c":3}' }, ['c']),
  query: refused({ whole: 'a=1&b=2&c=3' }, ['c']),
  xmlrpc: refused(params(struct(['a', '<int>1</int>'], ['b', '<int>2</int>'], ['c', '<int>3</int>'])), ['c']),
  soap: refused({ whole: '<a>1</a><b>2</b><c>3</c>' }, ['c']),
});
calls.bad('one too many, by place', {
  json: impossible('REST and SOAP have names only'),
  jsonrpc: refused({ whole: '[1,2,3]' }, ['2']),
  query: impossible('REST and SOAP have names only'),
  xmlrpc: refused(params('<int>1</int>', '<int>2</int>', '<int>3</int>'), ['2']),
  soap: impossible('REST and SOAP have names only'),
});
for (const name of ['__proto__', 'constructor', 'A']) {
  calls.bad(`unknown: ${name}`, {
    json: refused({ whole: `{"a":1,"b":2,"${name}":3}` }, [name]),
    query: refused({ whole: `a=1&b=2&${name}=3` }, [name]),
    xmlrpc: refused(params(struct(['a', '<int>1</int>'], ['b', '<int>2</int>'], [name, '<int>3</int>'])), [name]),
    soap: refused({ whole: `<a>1</a><b>2</b><${name}>3</${name}>` }, [name]),
  });
}
calls.bad('one twice', {
  json: fault({ whole: '{"a":1,"b":2,"a":1}' }, 'invalid-request'),
  query: refused({ whole: 'a=1&b=2&a=1' }, ['a']),
  xmlrpc: refused(params(struct(['a', '<int>1</int>'], ['b', '<int>2</int>'], ['a', '<int>1</int>'])), ['a']),
  soap: refused({ whole: '<a>1</a><b>2</b><a>1</a>' }, ['a']),
});
calls.bad('one wrong, one missing, one unknown', {
  json: refused({ whole: '{"a":"x","c":3}' }, ['a', 'b', 'c']),
  query: refused({ whole: 'a=x&c=3' }, ['a', 'b', 'c']),
  xmlrpc: refused(params(struct(['a', 'x'], ['c', '<int>3</int>'])), ['a', 'b', 'c']),
  soap: refused({ whole: '<a>x</a><c>3</c>' }, ['a', 'b', 'c']),
});
const names = Array.from({ length: 25 }, (_, index) => `u${index}`);
const told = names.slice(0, 20);
calls.bad('25 unknown, of which 20 are told', {
  json: refused({ whole: `{"a":1,"b":2,${names.map((name) => `"${name}":0`).join()}}` }, told),
  query: refused({ whole: `a=1&b=2&${names.map((name) => `${name}=0`).join('&')}` }, told),
  xmlrpc: refused(
    params(
      struct(['a', '<int>1</int>'], ['b', '<int>2</int>'], ...names.map((name) => [name, '<int>0</int>'] as const)),
    ),
    told,
  ),
  soap: refused({ whole: `<a>1</a><b>2</b>${names.map((name) => `<${name}/>`).join('')}` }, told),
});
calls.bad('parameters of another shape', {
  json: fault({ whole: '[1,2]' }, 'invalid-request'),
  jsonrpc: fault({ whole: '"a"' }, 'invalid-request'),
  mcp: refused({ whole: '[1,2]' }, ['arguments']),
  query: refused({ whole: 'a[x]=1&b=2' }, ['a']),
  xmlrpc: fault({ whole: '<value><int>1</int></value>' }, 'invalid-request'),
  soap: fault({ whole: 'text' }, 'invalid-request'),
});

export const callEdges = [...none.edges, ...calls.edges];
