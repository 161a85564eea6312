import { isUtf8 } from 'node:buffer';
import { expect } from 'chai';
import fc from 'fast-check';
import { Fault } from '../../../../lib/fault.ts';
import { scanXml } from '../../../../protocols/xml/decode.ts';
import { defaultXmlLimits } from '../../../../protocols/xml/limits.ts';
import { escapeAttribute, escapeText } from '../../../../protocols/xml/write.ts';
import { documents, mutants } from '../../../protocols/xml/documents.ts';
import { openingOf, remaining } from '../../../protocols/xml/events.ts';
import { expectSameReading } from '../../../protocols/xml/same-reading.ts';
import type { Decoder, Shot } from '../decoder.ts';
import { expectClean, expectFault } from '../exchange.ts';
import { shots, texts } from '../shots.ts';
import { xml, xmlPiece } from '../xml-language.ts';

const seeds = [
  '<r xmlns="urn:a" xmlns:p="urn:b"><p:a x="1" p:y="2">text</p:a><b/><c><d><e>&lt;&#65;</e></d></c></r>',
  '<?xml version="1.0" encoding="utf-8"?><a><b>1</b><b>2</b><b c=\'"\'/></a>',
  `<a>${'<b><c>x</c></b>'.repeat(30)}</a>`,
].map(xmlPiece);

function charsetOf({ type }: Shot): string | undefined {
  return /charset=(.*)$/.exec(type ?? '')?.[1];
}

/** All events of a document, by the scanner's most general calls. */
function scan(shot: Shot): readonly string[] | Fault {
  try {
    const scanner = scanXml(Buffer.from(shot.bytes, 'latin1'), charsetOf(shot), defaultXmlLimits);
    scanner.root();
    return [openingOf(scanner), ...remaining(scanner)];
  } catch (reason) {
    if (reason instanceof Fault) return reason;
    throw reason;
  }
}

/** The document of these events, every name with a prefix of its own. */
function write(events: readonly string[]): string {
  const open: string[] = [];
  return events
    .map((event) => {
      if (event === 'close') return `</${open.pop()}>`;
      if (event.startsWith('text ')) return escapeText(JSON.parse(event.slice(5)) as string);
      const [, uri = '', local = '', rest = ''] = /^open \{(.*?)\}(\S+) (.*)$/s.exec(event) ?? [];
      const name = uri === '' ? local : `e:${local}`;
      open.push(name);
      return `<${name}${uri === '' ? '' : ` xmlns:e="${escapeAttribute(uri)}"`}${attributesOf(rest)}>`;
    })
    .join('');
}

function attributesOf(sorted: string): string {
  const list =
    sorted === '' ? [] : (JSON.parse(`[${sorted.replaceAll('"] ["', '"],["')}]`) as [string, string, string][]);
  return list
    .map(([uri, local, value], i) => {
      const text = escapeAttribute(value);
      return uri === '' ? ` ${local}="${text}"` : ` xmlns:a${i}="${escapeAttribute(uri)}" a${i}:${local}="${text}"`;
    })
    .join('');
}

/** saxes knows no limits and no character sets: it is asked about UTF-8. */
function sameAsSaxes({ bytes, type }: Shot): void {
  const document = Buffer.from(bytes, 'latin1');
  const text = document.toString('utf8');
  if (type === 'text/xml; charset=utf-8' && isUtf8(document) && !text.startsWith('\ufeff')) expectSameReading(text);
}

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';

/** The scanner: as saxes in what it takes, and what it took is read again as it was once it has been written. */
export const xmlDecoder: Decoder = {
  name: 'xml',
  shots: fc.oneof(
    shots(fc.oneof(documents, mutants), ['text/xml', 'text/xml; charset=utf-8']),
    shots(texts(seeds, xml), [
      'text/xml',
      'text/xml; charset=utf-8',
      'text/xml; charset=utf-16',
      'text/xml; charset=iso-8859-1',
    ]),
  ),
  act: scan,
  check: (shot) => {
    const events = scan(shot);
    expectClean();
    if (events instanceof Fault) {
      expectFault(events);
      if (events.code === 'malformed') sameAsSaxes(shot);
      return 'refused';
    }
    if (!events.some((event) => event.includes(xmlNamespace) || /"\] \["|\}.*\}/s.test(event))) {
      const document = write(events);
      expect(scan({ bytes: Buffer.from(document).toString('latin1') }), document).to.deep.equal(events);
    }
    sameAsSaxes(shot);
    return 'accepted';
  },
  tokens: xml.tokens,
  most: 131_072,
};
