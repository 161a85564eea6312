import { expect } from 'chai';
import { joinText } from '../../../../lib/chunks.ts';
import type { Protocol } from '../../../../lib/protocol.ts';
import { xmlrpc } from '../../../../protocols/xmlrpc/index.ts';
import { readXml } from '../../../conformance/infoset.ts';
import { parseAnswer } from '../../../protocols/xmlrpc/independent.ts';
import type { Decoder, Shot } from '../decoder.ts';
import { Everything, fuzzSite, seizure, whole } from '../every-kind.ts';
import { exchanged, expectExchange, wireRequest } from '../exchange.ts';
import type { Piece } from '../piece.ts';
import { shots, texts } from '../shots.ts';
import { everythings } from '../values.ts';
import { xml, xmlPiece } from '../xml-language.ts';

const protocol = xmlrpc as Protocol;
const site = fuzzSite();

function written(value: unknown): string {
  return joinText(xmlrpc.write(whole, value, { multicall: false, extensions: false }));
}

const text = (value: string): string => `<value><string>${value}</string></value>`;
const array = (...items: readonly string[]): string => `<value><array><data>${items.join('')}</data></array></value>`;

function message(name: string, ...values: readonly string[]): string {
  const params = values.map((value) => `<param>${value}</param>`).join('');
  return `<?xml version="1.0"?><methodCall><methodName>${name}</methodName><params>${params}</params></methodCall>`;
}

/** The members of a written struct by their names, in declared order, as positional parameters. */
function positional(value: Readonly<Record<string, unknown>>): readonly string[] {
  const { inner } = xmlPiece(written(value));
  const members = (inner[0] as Piece).inner[0]?.inner ?? [];
  const byName = new Map(
    members.map((member) => [member.inner[0]?.inner[0]?.open, renderValue(member.inner[1] as Piece)]),
  );
  const names = Object.keys(Everything.fields);
  const last = names.findLastIndex((name) => byName.has(name));
  return names.slice(0, last + 1).map((name) => byName.get(name) ?? '<value><nil/></value>');
}

function renderValue({ open, close, inner }: Piece): string {
  return open + inner.map(renderValue).join('') + close;
}

function entry(name: string, ...params: readonly string[]): string {
  return `<value><struct><member><name>methodName</name>${text(name)}</member><member><name>params</name>${array(...params)}</member></struct></value>`;
}

const seeds = everythings.map((value, i) => {
  const kinds = [
    () => message('fuzz.whole', written(value)),
    () => message('fuzz.fields', ...positional(value)),
    () =>
      message(
        'system.multicall',
        array(entry('fuzz.whole', written(value)), entry('nothing'), entry('system.methodHelp', text('nothing'))),
      ),
    () => message('system.multicall', array(entry('fuzz.fields', ...positional(value)), entry('none'))),
  ];
  return xmlPiece((kinds[i % 4] as () => string)());
});

function exchange({ bytes, type }: Shot) {
  const headers = type === undefined ? {} : { 'content-type': type };
  return exchanged(protocol, site, wireRequest({ path: '/xmlrpc', headers, body: Buffer.from(bytes, 'latin1') }));
}

/** What was taken is written again to the letter, once it has been read again: whole seconds and absent nulls are the losses. */
function expectRoundTrip(value: unknown): void {
  const first = written(value);
  const { outcomes } = exchange({ bytes: message('fuzz.whole', first) });
  expect(
    outcomes.map(({ ok }) => ok),
    first,
  ).to.deep.equal([true]);
  expect(written(seizure.params)).to.equal(first);
}

/** XML-RPC, multicall and introspection among it. */
export const xmlrpcDecoder: Decoder = {
  name: 'xmlrpc',
  shots: shots(texts(seeds, xml), [
    'text/xml',
    'application/xml; charset=utf-8',
    'text/xml; charset="utf-16"',
    'text/html',
  ]),
  act: exchange,
  check: (shot) => {
    const done = exchange(shot);
    const verdict = expectExchange(done, shot.bytes.length);
    expect(readXml(done.body).name).to.equal('methodResponse');
    parseAnswer(done.body);
    if (seizure.params !== undefined) expectRoundTrip(seizure.params);
    return verdict;
  },
  tokens: xml.tokens,
  most: 131_072,
};
