import { expect } from 'chai';
import { type AnyFunction, define, t } from '../../../index.ts';
import { createCatalog } from '../../../lib/catalog.ts';
import { Deadlines } from '../../../lib/deadline.ts';
import { exchange } from '../../../lib/exchange.ts';
import type { Fault } from '../../../lib/fault.ts';
import { createLog, type Log } from '../../../lib/log.ts';
import { openScope } from '../../../lib/pipeline.ts';
import type { Protocol, WireRequest } from '../../../lib/protocol.ts';
import { readSettings } from '../../../lib/settings.ts';
import { createSite } from '../../../lib/site.ts';
import { jsonrpc } from '../../../protocols/jsonrpc/index.ts';
import { mcp } from '../../../protocols/mcp/index.ts';
import { rest } from '../../../protocols/rest/index.ts';
import { soap } from '../../../protocols/soap/index.ts';
import { xmlrpc } from '../../../protocols/xmlrpc/index.ts';
import { wireRequest } from './exchange.ts';

const mebibyte = 1_048_576;
const deadlines = new Deadlines();

/** What a function for bulk may be sent: bodies of 24 MiB and more. */
const bulk = define('bulk.take', {
  description: 'Takes much.',
  effect: 'read',
  body: 64 * mebibyte,
  params: {
    text: t.optional(t.string()),
    bytes: t.optional(t.bytes()),
    any: t.optional(t.json()),
    float: t.optional(t.float()),
  },
  returns: t.int(),
  handler: ({ text = '', bytes = new Uint8Array() }) => text.length + bytes.length,
}) as unknown as AnyFunction;

const site = createSite(
  createCatalog([bulk]),
  readSettings({
    enablewebservices: true,
    enabledwsprotocols: ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'mcp'],
    enabledwsfunctions: ['*'],
    limits: { deadline: 600_000 },
  }),
);

/** A text that is repeated until there are 24 MiB of it. */
function much(text: string): string {
  return text.repeat((24 * mebibyte) / Buffer.byteLength(text));
}

const soapBody = (content: string): string =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><w:bulk_take xmlns:w="urn:polywire">${content}</w:bulk_take></s:Body></s:Envelope>`;
const rpcBody = (value: string): string =>
  `<methodCall><methodName>bulk.take</methodName><params><param><value>${value}</value></param></params></methodCall>`;

const senders = {
  rest: (type: string) => (body: string) => message(rest as Protocol, type, body),
  soap: (content: string) => message(soap as Protocol, 'text/xml', soapBody(content)),
  xmlrpc: (value: string) => message(xmlrpc as Protocol, 'text/xml', rpcBody(value)),
  jsonrpc: (params: string) =>
    message(
      jsonrpc as Protocol,
      'application/json',
      `{"jsonrpc":"2.0","id":1,"method":"bulk.take","params":${params}}`,
    ),
  mcp: (params: string) =>
    message(
      mcp as Protocol,
      'application/json',
      `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"bulk_take","arguments":${params}}}`,
    ),
} as const;

interface Message {
  readonly protocol: Protocol;
  readonly request: WireRequest;
}

function message(protocol: Protocol, type: string, body: string): Message {
  const request = wireRequest({
    path: '/',
    tail: protocol.name === 'rest' ? 'bulk.take' : '',
    headers: { 'content-type': type },
    body: Buffer.from(body),
  });
  return { protocol, request };
}

const json = senders.rest('application/json');
const form = senders.rest('application/x-www-form-urlencoded');
const multipart = senders.rest('multipart/form-data; boundary=b');
const { soap: soaped, xmlrpc: xmled, jsonrpc: rpced, mcp: tooled } = senders;

/** Large messages, and how each ends. */
const large: readonly (readonly [what: string, made: () => Message, code: string])[] = [
  ['a text in JSON', () => json(`{"text":"${much('x')}"}`), 'ok'],
  ['a text in JSON beside a number to be kept exact', () => json(`{"text":"${much('x')}","float":1.0}`), 'ok'],
  ['escapes in JSON beside such a number', () => rpced(`{"text":"${much('\\n')}","float":1.0}`), 'ok'],
  ['escapes in JSON of a tool', () => tooled(`{"text":"${much('\\n')}","float":1.0}`), 'ok'],
  ['exact numbers in JSON of a tool', () => tooled(`{"any":[${much('1.00000000000000,')}1]}`), 'ok'],
  ['a name in JSON', () => json(`{"${much('x')}":1.0}`), 'invalid-params'],
  ['a text without an end in JSON', () => json(`{"float":1.0,"text":"${much('x')}`), 'malformed'],
  ['bytes in JSON', () => rpced(`{"bytes":"${much('AAAA')}","float":1.0}`), 'ok'],
  ['digits in JSON', () => json(`{"any":${much('1')}}`), 'too-large'],
  ['exact numbers in JSON', () => json(`{"any":[${much('1.00000000000000,')}1]}`), 'ok'],
  ['lines in JSON', () => json(`{${much('\n')}`), 'malformed'],
  ['a text in a form', () => form(`text=${much('x')}`), 'ok'],
  ['escapes in a form', () => form(`text=${much('%41')}`), 'ok'],
  ['brackets in a form', () => form(`a${much('[b]')}=1`), 'too-large'],
  ['brackets without an end in a form', () => form(`a${much('[b]')}[=1`), 'invalid-params'],
  ['parameters in a form', () => form(much('a&')), 'too-large'],
  ['nothing in a form', () => form(much('&')), 'too-large'],
  [
    'a text in multipart',
    () => multipart(`--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n${much('x')}\r\n--b--`),
    'ok',
  ],
  [
    'almost boundaries in multipart',
    () => multipart(`--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n${much('\r\n--')}\r\n--b--`),
    'ok',
  ],
  ['a part of headers in multipart', () => multipart(`--b\r\n${much('X: x\r\n')}\r\n\r\n--b--`), 'malformed'],
  ['a text in SOAP', () => soaped(`<text>${much('x')}</text>`), 'ok'],
  ['references in SOAP', () => soaped(`<text>${much('&lt;')}</text>`), 'ok'],
  ['bytes in lines in SOAP', () => soaped(`<bytes>${much('AAA\n')}</bytes>`), 'ok'],
  ['lines in SOAP', () => soaped(`<text>${much('\r\n')}</text>`), 'ok'],
  ['sections in SOAP', () => soaped(`<text>${much('<![CDATA[x]]>')}</text>`), 'ok'],
  ['comments in SOAP', () => soaped(`<text>${much('<!--x-->')}</text>`), 'ok'],
  ['letters beyond ASCII in SOAP', () => soaped(`<text>${much('é')}</text>`), 'ok'],
  ['letters beyond the first plane in SOAP', () => soaped(`<text>${much('😀')}</text>`), 'ok'],
  ['a name in SOAP', () => soaped(`<${much('a')}/>`), 'too-large'],
  ['a name beyond the first plane in SOAP', () => soaped(`<${much('\u{10000}')}/>`), 'too-large'],
  ['an attribute in SOAP', () => soaped(`<text a="${much('x')}"/>`), 'too-large'],
  ['white space in a tag in SOAP', () => soaped(`<text ${much(' ')}/>`), 'ok'],
  ['an entity in SOAP', () => soaped(`<text>&${much('a')};</text>`), 'malformed'],
  ['digits of a reference in SOAP', () => soaped(`<text>&#${much('0')}65;</text>`), 'ok'],
  ['white space in a number in SOAP', () => soaped(`<float>1${much(' ')}1</float>`), 'invalid-params'],
  ['JSON in SOAP', () => soaped(`<any>"${much('x')}"</any>`), 'ok'],
  ['depth in SOAP', () => soaped(much('<a>')), 'too-large'],
  ['a text in XML-RPC', () => xmled(`<string>${much('x')}</string>`), 'ok'],
  ['a text without a type in XML-RPC', () => xmled(much('x')), 'ok'],
  ['white space before a type in XML-RPC', () => xmled(`${much(' ')}<string>x</string>`), 'ok'],
];

/** How the calls of a message end, which is carried out in turns: by the log, as the outside sees it. */
async function endings(protocol: Protocol, request: WireRequest): Promise<readonly (Fault | undefined)[]> {
  const ended: (Fault | undefined)[] = [];
  const log: Log = { ...createLog(false), call: ({ fault }) => void ended.push(fault) };
  const { requestId } = request;
  await exchange(request, protocol, openScope({ site, protocol, requestId, deadlines }), () => undefined, log);
  return ended;
}

describe('hostile: bodies of 24 MiB', () => {
  for (const [what, made, code] of large) {
    it(`${what}: ${code}`, async () => {
      const { protocol, request } = made();
      const before = process.cpuUsage();
      const ended = await endings(protocol, request);
      const { user, system } = process.cpuUsage(before);
      const [first] = ended;
      const said = first === undefined ? '' : `${first.message} ${String(first.cause)}`;
      expect(
        ended.map((fault) => fault?.code ?? 'ok'),
        said,
      ).to.deep.equal([code]);
      expect((user + system) / 1_000_000, 'seconds').to.be.below(20);
    });
  }
});
