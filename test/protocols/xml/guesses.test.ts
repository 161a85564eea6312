import { expect } from 'chai';
import fc from 'fast-check';
import { Fault } from '../../../lib/fault.ts';
import { XmlScanner } from '../../../protocols/xml/scanner.ts';
import { documents } from './documents.ts';
import { openingOf, rooted, scanned } from './events.ts';
import { refusal } from './refusal.ts';

describe('XmlScanner.openIf and closeIf', () => {
  it('consume what they name and nothing else', () => {
    const scanner = rooted('<a>\r\n\t<b>x</b> <c> </c><d/></a>');
    for (const wrong of ['bb', 'a', 'c', 'B']) expect(scanner.openIf(wrong), wrong).to.equal(false);
    expect(scanner.closeIf('a')).to.equal(false);
    expect(scanner.openIf('b')).to.equal(true);
    expect(scanner).to.include({ local: 'b', prefix: '', uri: '', depth: 2, attributeCount: 0 });
    expect(scanner.closeIf('b')).to.equal(false);
    expect(scanner.text()).to.equal('x');
    expect(scanner.openIf('c')).to.equal(true);
    expect(scanner.closeIf('a')).to.equal(false);
    expect(scanner.closeIf('c')).to.equal(true);
    expect(scanner.openIf('d')).to.equal(false);
    expect(scanner.open()).to.equal(true);
    expect(scanner.openIf('d')).to.equal(false);
    expect(scanner.closeIf('a')).to.equal(false);
    expect(scanner.closeIf('d')).to.equal(true);
    expect(scanner.closeIf('a')).to.equal(true);
    expect(scanner.closeIf('a')).to.equal(false);
    expect(scanner.openIf('a')).to.equal(false);
    scanner.end();
  });

  it('leave to open what has attributes, a prefix, space or markup before it', () => {
    for (const start of [
      '<b >',
      '<b x="y">',
      '<b/>',
      '<p:b>',
      '<!-- x --><b>',
      '<?x?><b>',
      'x<b>',
      '<bb>',
      '</b>',
      '<b',
    ]) {
      expect(rooted(`<a xmlns:p="u">${start}</a>`).openIf('b'), start).to.equal(false);
    }
    for (const end of ['</a >', '<!-- x --></a>', 'x</a>', '<a>', '</p:a>', '</aa>', '</a', '<a></a>']) {
      expect(rooted(`<a xmlns:p="u">${end}<b></b>`).closeIf('a'), end).to.equal(false);
    }
    const prefixed = rooted('<p:a xmlns:p="u"></a>');
    expect(prefixed.closeIf('a')).to.equal(false);
    expect(refusal(() => prefixed.open()).code).to.equal('malformed');
  });

  it('take names of any length', () => {
    for (const length of [1, 12, 13, 14, 100]) {
      const name = 'n'.repeat(length);
      const scanner = rooted(`<a><${name}></${name}><${name}x></${name}x></a>`);
      expect(scanner.openIf(name) && scanner.closeIf(name), String(length)).to.equal(true);
      expect(scanner.openIf(name), String(length)).to.equal(false);
      expect(scanner.open()).to.equal(true);
      expect(scanner.closeIf(name)).to.equal(false);
      expect(scanner.closeIf(`${name}x`)).to.equal(true);
    }
  });

  it('give the default namespace', () => {
    const scanner = rooted('<a xmlns="u"><b></b></a>');
    expect(scanner.openIf('b')).to.equal(true);
    expect(scanner.uri).to.equal('u');
  });

  it('read every document as open does', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const general = scanned(document);
        const guessed = guess(document);
        expect(guessed.refused).to.equal(general.refused);
        if (general.refused !== undefined) return;
        const told = general.events.filter((event) => !/^text "(?: |\\n|\\t|\\r)+"$/.test(event));
        expect(guessed.events).to.deep.equal(told);
      }),
      { numRuns: Number(process.env['XML_RUNS'] ?? 1_000) },
    );
  }).timeout(0);
});

// Reads with guesses first: whichever name of the generator stands next, or the end of the current element.
function guess(document: string): { events: readonly string[]; refused: string | undefined } {
  const names = ['a', 'b', 'item', 'a-b.c', '_x1', 'é', 'xml', 'Ж', '名', '𠀀x', 'xmlnsa', 'a·b', 'p', 'r'];
  const scanner = new XmlScanner(document);
  const events: string[] = [];
  const step = (): void => {
    const name = names.find((candidate) => scanner.openIf(candidate));
    if (name !== undefined) {
      expect([scanner.local, scanner.prefix]).to.deep.equal([name, '']);
      events.push(openingOf(scanner));
    } else if (names.some((candidate) => scanner.closeIf(candidate))) events.push('close');
    else {
      const text = scanner.textOrOpen();
      if (text !== '' && !/^[ \t\r\n]+$/.test(text)) events.push(`text ${JSON.stringify(text)}`);
      events.push(scanner.sawOpen ? openingOf(scanner) : 'close');
    }
  };
  try {
    scanner.root();
    events.push(openingOf(scanner));
    while (scanner.depth > 0) step();
    scanner.end();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { events, refused: `${error.code}: ${error.message}` };
  }
  return { events, refused: undefined };
}
