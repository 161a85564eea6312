import type { Shot } from './decoder.ts';
import type { Pump } from './time.ts';

/** What once broke a decoder, and is tried first ever since. */
export interface Case {
  readonly name: string;
  readonly decoder: string;
  readonly found: Shot | Pump;
}

/** A shot in which `unit` is repeated where `|` stands. */
function pump(marked: string, unit: string, more: Omit<Shot, 'bytes'> = {}): Pump {
  return { shot: { bytes: marked.replace('|', ''), ...more }, at: marked.indexOf('|'), unit };
}

function soap11(content: string, header = ''): string {
  return `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>${header}</s:Header><s:Body><w:fuzz_fields xmlns:w="urn:polywire">${content}</w:fuzz_fields></s:Body></s:Envelope>`;
}

const xmlType = { type: 'text/xml' };

export const cases: readonly Case[] = [
  {
    name: 'white space inside of a number: trimming it took the square of its length',
    decoder: 'soap-1.1',
    found: pump(soap11('<int>1|1</int>'), ' ', xmlType),
  },
  {
    name: 'white space inside of mustUnderstand',
    decoder: 'soap-1.1',
    found: pump(soap11('', '<h xmlns="urn:h" s:mustUnderstand="1|1"/>'), ' ', xmlType),
  },
  {
    name: 'white space inside of a double',
    decoder: 'xmlrpc',
    found: pump(
      '<methodCall><methodName>fuzz.fields</methodName><params><param><value></value></param><param><value><boolean>1|1</boolean></value></param></params></methodCall>',
      '\t',
      xmlType,
    ),
  },
  {
    name: 'white space inside of a signature',
    decoder: 'signature',
    found: pump('sig1=:A|A==:', ' ', { form: 'signature' }),
  },
  {
    name: 'a host whose port is none',
    decoder: 'addresses',
    found: { bytes: 'api.example.org:88080' },
  },
  {
    name: 'a document with two byte order marks',
    decoder: 'content-type',
    found: { bytes: '\u00fe\u00ff\u00fe\u00ff\u0000<\u0000a\u0000/\u0000>', type: 'utf-8', form: 'document' },
  },
  {
    name: 'a brace in the name of a namespace',
    decoder: 'xml',
    found: { bytes: '<r xmlns:q="}n"><q:a q:b="1}"/></r>', type: 'text/xml; charset=utf-8' },
  },
  {
    name: 'white space at the start of a namespace, which saxes trims',
    decoder: 'xml',
    found: {
      bytes: '<r xmlns:p="\r\nn:b"><p:a x="1" p:y="2"></p:a></r>',
      type: 'text/xml; charset=utf-8',
    },
  },
  {
    name: 'white space inside of a member: trimming it took the square of its length',
    decoder: 'trace-context',
    found: pump('a=1,b=2|c', ' ', { form: 'state' }),
  },
];
