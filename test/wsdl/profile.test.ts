import { expect } from 'chai';
import fc from 'fast-check';
import type { AnyFunction } from '../../lib/define.ts';
import { wsdlNameCollisions } from '../../wsdl/collisions.ts';
import { wsdlDocument } from '../../wsdl/document.ts';
import { schemaDocument } from '../../wsdl/schema.ts';
import { catalogs, largeCatalogs } from './arbitrary.ts';
import { broken, rules } from './profile.ts';
import { read } from './read.ts';
import { unresolved } from './references.ts';
import { sample } from './sample.ts';

const namespace = 'urn:polywire';

describe('WS-I Basic Profile 1.1 §4', () => {
  for (const style of ['literal', 'soap12'] as const) {
    const document = read(wsdlDocument(sample, { namespace, style }));
    for (const [name, keeps] of Object.entries(rules)) {
      it(`${style} keeps ${name}`, () => expect(keeps(document)).to.equal(true));
    }
  }

  it('is out of reach of rpc/encoded, and the rules notice', () => {
    const names = broken(read(wsdlDocument(sample, { namespace, style: 'encoded' }))).map((name) => name.split(':')[0]);
    expect(names).to.deep.equal(['R2110, R2111', 'R2201, R2210', 'R2204', 'R2705', 'R2706', 'R2716']);
  });

  const spoiled: readonly (readonly [rule: string, from: string | RegExp, to: string])[] = [
    ['R2105', 'xsd:schema targetNamespace="urn:polywire"', 'xsd:schema'],
    ['R2204', 'element="tns:echo"', 'type="tns:User"'],
    ['R2209', '<soap:body use="literal"/>', ''],
    ['R2304', /operation name="ping"/g, 'operation name="echo"'],
    ['R2702', 'http://schemas.xmlsoap.org/soap/http', 'http://schemas.xmlsoap.org/soap/smtp'],
    ['R2705', '" style="document"/>', '" style="rpc"/>'],
    ['R2706', '<soap:body use="literal"', '<soap:body use="encoded"'],
    ['R2716', '<soap:body use="literal"', '<soap:body use="literal" namespace="urn:x"'],
    ['R2721', 'soap:fault name="PolywireFault"', 'soap:fault name="Other"'],
  ];
  for (const [rule, from, to] of spoiled) {
    it(`is seen to be broken: ${rule}`, () => {
      const text = wsdlDocument(sample, { namespace, style: 'literal' });
      const names = broken(read(text.replace(from, to))).map((name) => name.split(/[:,]/)[0]);
      expect(names).to.include(rule);
    });
  }
});

/** Every rule that holds for the documents of any catalog. */
function holds(functions: readonly AnyFunction[]): void {
  fc.pre(wsdlNameCollisions(functions).every(({ exact }) => !exact));
  for (const style of ['literal', 'soap12', 'encoded'] as const) {
    const document = read(wsdlDocument(functions, { namespace, style }));
    expect(unresolved(document)).to.deep.equal([]);
    if (style !== 'encoded') expect(broken(document)).to.deep.equal([]);
  }
  expect(unresolved(read(schemaDocument(functions, namespace)))).to.deep.equal([]);
}

describe('WSDL of any catalog', () => {
  it('is well-formed, keeps the profile where it is literal, and every reference resolves', () => {
    fc.assert(fc.property(catalogs, holds), { numRuns: 40 });
  }).timeout(60_000);

  it('is so with five hundred functions', () => {
    fc.assert(fc.property(largeCatalogs, holds), { numRuns: 1 });
  }).timeout(60_000);

  it('is the same when it is made again', () => {
    const make = () => wsdlDocument(sample, { namespace, style: 'literal' });
    expect(make()).to.equal(make());
  });

  it('stays below 2 MB for 500 functions', () => {
    const many = Array.from(
      { length: 500 },
      (_, index) => ({ ...sample[1], name: `group.f${index}` }) as (typeof sample)[number],
    );
    expect(wsdlDocument(many, { namespace, style: 'literal' }).length).to.be.below(2_000_000);
  });
});
