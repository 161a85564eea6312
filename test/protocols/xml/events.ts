import saxes from 'saxes';
import { Fault } from '../../../lib/fault.ts';
import { XmlScanner } from '../../../protocols/xml/scanner.ts';

/** One thing a document says: `open uri local {attributes}`, `text …`, `close`. */
export type Event = string;

/** What a reader made of a document: its events, or that it refused it. */
export interface Reading {
  readonly events: readonly Event[];
  readonly refused: string | undefined;
}

const xmlns = 'http://www.w3.org/2000/xmlns/';

function opening(uri: string, local: string, attributes: readonly (readonly [string, string, string])[]): Event {
  const sorted = attributes.map(([space, name, value]) => JSON.stringify([space, name, value])).sort();
  return `open {${uri}}${local} ${sorted.join(' ')}`;
}

/** Collects with the scanner's most general call only. */
export function scanned(document: string): Reading {
  const events: Event[] = [];
  const scanner = new XmlScanner(document);
  try {
    scanner.root();
    events.push(openingOf(scanner));
    events.push(...remaining(scanner));
    return { events, refused: undefined };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { events, refused: `${error.code}: ${error.message}` };
  }
}

/** The event of the element that the scanner opened last. */
export function openingOf(scanner: XmlScanner): Event {
  const attributes = Array.from({ length: scanner.attributeCount }, (_, i) => {
    const attribute = [scanner.attributeUri(i), scanner.attributeLocal(i), scanner.attributeValue(i)] as const;
    if (scanner.attribute(attribute[0], attribute[1]) !== attribute[2]) throw new Error('attribute() disagrees');
    return attribute;
  });
  return opening(scanner.uri, scanner.local, attributes);
}

class Refusal extends Error {}

/** Collects with saxes, the oracle; its depth is checked, as its time is quadratic in it. */
export function oracled(document: string): Reading {
  const events: Event[] = [];
  const parser = new saxes.SaxesParser({ xmlns: true });
  let text = '';
  let depth = 0;
  const flush = (): void => {
    if (text !== '') events.push(`text ${JSON.stringify(text)}`);
    text = '';
  };
  parser.on('error', (error) => {
    throw new Refusal(error.message);
  });
  parser.on('opentag', (tag) => {
    if (++depth > 100) throw new Refusal('depth');
    flush();
    const attributes = Object.values(tag.attributes).filter((attribute) => attribute.uri !== xmlns);
    events.push(
      opening(
        tag.uri,
        tag.local,
        attributes.map(({ uri, local, value }) => [uri, local, value] as const),
      ),
    );
  });
  parser.on('closetag', () => {
    depth--;
    flush();
    events.push('close');
  });
  parser.on('text', (data) => {
    if (depth > 0) text += data;
  });
  parser.on('cdata', (data) => {
    text += data;
  });
  parser.on('doctype', () => {
    throw new Refusal('DOCTYPE');
  });
  try {
    parser.write(document).close();
    return { events, refused: undefined };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { events, refused: error.message };
  }
}

/** A scanner whose root has been opened. */
export function rooted(document: string): XmlScanner {
  const scanner = new XmlScanner(document);
  scanner.root();
  return scanner;
}

/** The events up to the end of a document, from where the scanner stands. */
export function remaining(scanner: XmlScanner): readonly string[] {
  const events: string[] = [];
  while (scanner.depth > 0) {
    const text = scanner.textOrOpen();
    if (text !== '') events.push(`text ${JSON.stringify(text)}`);
    events.push(scanner.sawOpen ? openingOf(scanner) : 'close');
  }
  scanner.end();
  return events;
}
