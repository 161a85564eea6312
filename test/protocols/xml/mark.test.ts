import { expect } from 'chai';
import fc from 'fast-check';
import { documents } from './documents.ts';
import { openingOf, remaining, rooted, scanned } from './events.ts';

describe('A mark of the XML scanner', () => {
  it('continues where it was set, any number of times', () => {
    const scanner = rooted('<a xmlns="u" xmlns:p="v"><p:b c="1"><d>x</d></p:b><e xmlns="w"/></a>');
    scanner.open();
    const mark = scanner.mark();
    scanner.skip();
    scanner.open();
    scanner.skip();
    scanner.open();
    scanner.end();
    for (const resumed of [scanner, scanner]) {
      resumed.resume(mark);
      expect(resumed).to.include({ local: 'b', prefix: 'p', uri: 'v', depth: 2, attributeCount: 1, defaultUri: 'u' });
      expect([resumed.attribute('', 'c'), resumed.lookup('p')]).to.deep.equal(['1', 'v']);
      expect(resumed.openIf('d') && resumed.text()).to.equal('x');
      expect(resumed.open()).to.equal(false);
      expect(resumed.open() && resumed.defaultUri).to.equal('w');
      expect([resumed.open(), resumed.open()]).to.deep.equal([false, false]);
      resumed.end();
    }
  });

  it('reads later what was skipped, in every document', () => {
    fc.assert(
      fc.property(documents, fc.nat({ max: 20 }), (document, at) => {
        const whole = scanned(document);
        if (whole.refused !== undefined) return;
        const opened = whole.events.flatMap((event, i) => (event.startsWith('open') ? [i] : []));
        const nth = at % opened.length;
        const scanner = rooted(document);
        for (let seen = 0; seen < nth; ) {
          scanner.textOrOpen();
          if (scanner.sawOpen) seen++;
        }
        const mark = scanner.mark();
        scanner.skip();
        const after = remaining(scanner).length;
        scanner.resume(mark);
        const rest = [openingOf(scanner), ...remaining(scanner)];
        expect(rest).to.deep.equal(whole.events.slice(opened[nth]));
        expect(after).to.be.below(rest.length);
      }),
      { numRuns: Number(process.env['XML_RUNS'] ?? 500) },
    );
  }).timeout(0);
});
