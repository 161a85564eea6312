import { expect } from 'chai';
import { t } from '../../../lib/builders.ts';
import { define } from '../../../lib/define.ts';
import { find, type Item, infoset } from './infoset.ts';
import {
  type InteropCase,
  inapplicableCases,
  interopCases,
  round2Namespace,
  soap12Namespace,
} from './interop-cases.ts';
import { answer, encoding11, envelope11, envelope12, post, siteOf, soap12Type } from './messages.ts';

const simple = { varString: t.string(), varInt: t.int(), varFloat: t.float() };
const SoapStruct = t.object('SOAPStruct', simple);
const StructStruct = t.object('SOAPStructStruct', { ...simple, varStruct: SoapStruct });
const ArrayStruct = t.object('SOAPArrayStruct', { ...simple, varArray: t.list(t.string()) });

let ran = 0;

const round2 = [
  define('echoSimpleTypesAsStruct', {
    description: 'Round 2 Group B.',
    effect: 'read',
    params: { inputString: t.string(), inputInteger: t.int(), inputFloat: t.float() },
    returns: SoapStruct,
    handler: (p) => ({ varString: p.inputString, varInt: p.inputInteger, varFloat: p.inputFloat }),
  }),
  define('echo2DStringArray', {
    description: 'Round 2 Group B.',
    effect: 'read',
    params: { input2DStringArray: t.list(t.list(t.string())) },
    returns: t.list(t.list(t.string())),
    handler: (p) => p.input2DStringArray,
  }),
  define('echoNestedStruct', {
    description: 'Round 2 Group B.',
    effect: 'read',
    params: { inputStruct: StructStruct },
    returns: StructStruct,
    handler: (p) => p.inputStruct,
  }),
  define('echoNestedArray', {
    description: 'Round 2 Group B.',
    effect: 'read',
    params: { inputStruct: ArrayStruct },
    returns: ArrayStruct,
    handler: (p) => p.inputStruct,
  }),
];

const soap12 = [
  define('echoOk', {
    description: 'SOAP 1.2 test collection.',
    effect: 'read',
    params: { text: t.string() },
    returns: t.string(),
    handler: ({ text }) => {
      ran++;
      return text;
    },
  }),
];

const sites = {
  round2: siteOf(round2, { namespace: round2Namespace }),
  soap12: siteOf(soap12, { namespace: soap12Namespace }),
};

/** An encoded value as plain data; arrays are known by their arrayType. */
function plain(item: Item): unknown {
  if (`{${encoding11}}arrayType` in item.attributes) return item.children.map(plain);
  if (item.children.length === 0) return item.text;
  return Object.fromEntries(item.children.map((child) => [child.name.slice(2), plain(child)]));
}

function check(one: InteropCase): void {
  const headers = one.suite === 'soap12' ? soap12Type : { soapaction: `"${round2Namespace}"` };
  ran = 0;
  const told = answer(sites[one.suite], post(one.request, headers));
  const root = infoset(told.text);
  const namespace = one.suite === 'round2' || one.version === '1.1' ? envelope11 : envelope12;
  expect(root.name).to.equal(`{${namespace}}Envelope`);
  const body = root.children.at(-1) as Item;
  if (one.empty) expect(body.children).to.have.length(0);
  else if (one.fault !== undefined) {
    expect(find(body, 'Value')?.text).to.equal(`env:${one.fault}`);
    expect(ran).to.equal(0);
  } else {
    expect(told.status).to.equal(200);
    expect(plain(find(body, 'result') as Item)).to.deep.equal(one.result);
  }
}

describe('soap interoperability', () => {
  for (const one of interopCases) it(`${one.id}: ${one.what}`, () => check(one));

  it('accounts for every case once', () => {
    const ids = [...interopCases, ...inapplicableCases].map(({ id }) => id);
    expect(ids).to.have.length(38);
    expect(new Set(ids).size).to.equal(38);
  });

  it('tells a procedure that is not there by its subcode', () => {
    const one = interopCases.find(({ id }) => id === 'T33') as InteropCase;
    expect(answer(sites.soap12, post(one.request, soap12Type)).text).to.include('rpc:ProcedureNotPresent');
  });
});
