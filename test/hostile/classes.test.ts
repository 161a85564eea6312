import { expect } from 'chai';
import { attackClasses } from './attacks/index.ts';

/** The rows of the table of attack classes, and the classes beside it. */
const wanted = [
  'XML entities and DTD',
  'XML size and shape',
  'XML well-formedness',
  'SOAP processing',
  'SOAPAction, WS-Addressing',
  'SOAP encoding',
  'content types',
  'JSON-RPC form',
  'object tricks',
  'numbers and strings',
  'XML-RPC values',
  'multicall',
  'query and form',
  'HTTP headers',
  'HTTP framing',
  'slow and many',
  'signatures',
  'credentials',
  'switches and discovery',
  'XML encodings and BOM tricks',
  'CDATA and comment tricks',
  'wrapped or duplicated bodies',
  'lone surrogates',
  'invalid UTF-8',
  'multipart tricks',
  'slow headers',
  'slow body',
  'slow read',
  'half-open sockets',
  'pipelining',
  'resets mid-body',
  'reflected content',
  'DNS rebinding and cross-site posts',
  'login floods',
  'multicall amplification',
  'documents and pages',
] as const;

describe('the classes of attacks', () => {
  it('are all there, with several cases each', () => {
    for (const name of wanted) {
      const kind = attackClasses.find((one) => one.name.includes(name));
      expect(kind?.attacks.length, name).to.be.at.least(5);
    }
  });

  it('come to no fewer cases than the scoreboard asks for', () => {
    expect(attackClasses.reduce((count, { attacks }) => count + attacks.length, 0)).to.be.at.least(282);
  });

  it('have a name of its own for each case on each endpoint', () => {
    const seen = new Set<string>();
    for (const { name, attacks } of attackClasses) {
      for (const attack of attacks) {
        for (const endpoint of attack.on) {
          const title = `${name} / ${attack.name}: ${endpoint}`;
          expect(seen.has(title), title).to.equal(false);
          seen.add(title);
        }
      }
    }
  });
});
