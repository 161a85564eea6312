import { expect } from 'chai';
import { t } from '../../../lib/builders.ts';
import { define } from '../../../lib/define.ts';
import type { Descriptor } from '../../../lib/descriptor.ts';
import type { PartialSettings } from '../../../lib/settings.ts';
import { leeway } from '../../processes/patience.ts';
import { answer, encoding11, messageEncoded, post, siteOf } from './messages.ts';

/** What the parameters of this rpc/encoded call become, or the issues as `path code`. */
function read(a: Descriptor, content: string, settings: PartialSettings = {}, after = ''): unknown {
  let got: unknown;
  const fn = define('take', {
    description: 'Takes it.',
    effect: 'read',
    params: { a, z: t.optional(t.string()) },
    handler: (params) => {
      got = params;
      return undefined;
    },
  });
  const { fault } = answer(siteOf([fn], settings), post(messageEncoded(`<p:take>${content}</p:take>${after}`)));
  if (fault === undefined) return got;
  return fault.issues.length > 0 ? fault.issues.map(({ path, code }) => `${path} ${code}`) : fault.code;
}

const Inner = t.object('Inner', { id: t.int(), name: t.optional(t.string()), size: t.default(t.int(), 3) });

describe('soap/encoded', () => {
  it('is chosen by encodingStyle on Envelope, Body or the operation', () => {
    const fn = define('sum', {
      description: 'Adds.',
      effect: 'read',
      params: { a: t.int(), b: t.int() },
      returns: t.int(),
      handler: ({ a, b }) => a + b,
    });
    const site = siteOf([fn]);
    const plain = messageEncoded('<p:sum><a>1</a><b>2</b></p:sum>').replace(`E:encodingStyle="${encoding11}"`, '');
    const style = `E:encodingStyle="${encoding11}"`;
    for (const place of ['<E:Body', '<p:sum']) {
      expect(answer(site, post(plain.replace(place, `${place} ${style}`))).text, place).to.include(
        '<result xsi:type="xsd:int">3</result>',
      );
    }
    expect(answer(site, post(plain)).text).to.include('<result>3</result>');
    expect(answer(site, post(plain.replace('<p:sum', `<p:sum E:encodingStyle="urn:a ${encoding11}"`))).text).to.include(
      'xsd:int',
    );
  });

  it('reads scalars with and without types, and structs', () => {
    expect(read(t.int(), '<a xsi:type="xsd:int"> 5 </a><z xsi:type="xsd:string">q</z>')).to.deep.equal({
      a: 5,
      z: 'q',
    });
    expect(read(t.bytes(), '<a xsi:type="enc:base64">aGk=</a>')).to.deep.equal({ a: new Uint8Array([104, 105]) });
    expect(read(t.json(), '<a>[1]</a>')).to.deep.equal({ a: [1] });
    expect(read(Inner, '<a xsi:type="p:Inner"><name>n</name><id>2</id></a>')).to.deep.equal({
      a: { id: 2, name: 'n', size: 3 },
    });
    expect(read(t.int(), '<a>x</a>')).to.deep.equal(['a type']);
    expect(read(t.int(), '<a><b>1</b></a>')).to.deep.equal(['a type']);
    expect(read(Inner, '<a>text</a>')).to.deep.equal(['a type', 'a/id required']);
    expect(read(Inner, '<a><id>1</id><id>2</id><x/></a>')).to.deep.equal(['a/id duplicate', 'a/x unknown']);
    expect(read(Inner, '<a><id>1</id>text</a>')).to.equal('invalid-request');
    expect(read(Inner, '<a><__proto__>1</__proto__><id>1</id></a>')).to.deep.equal(['a/__proto__ unknown']);
    expect(read(t.int(), '<a xsi:type="q:int">5</a>')).to.equal('invalid-request');
  });

  it('reads nil as null, or as left out where that may be', () => {
    expect(read(t.nullable(t.int()), '<a xsi:nil="1"/>')).to.deep.equal({ a: null });
    expect(read(t.default(t.int(), 4), '<a xsi:nil="true"/><z xsi:nil="true"/>')).to.deep.equal({ a: 4 });
    expect(read(t.int(), '<a xsi:nil="true"/>')).to.deep.equal(['a type']);
    expect(read(t.nullable(t.int()), '<a xsi:nil="true">5</a>')).to.deep.equal(['a type']);
    expect(read(t.nullable(t.int()), '<a xsi:nil="no">5</a>')).to.deep.equal(['a type']);
    expect(read(t.nullable(t.int()), '<a xsi:nil="false">5</a>')).to.deep.equal({ a: 5 });
  });

  it('binds by position where no name is a parameter', () => {
    expect(
      read(t.int(), '<param0 xsi:type="xsd:int">5</param0><param1 xsi:type="xsd:string">q</param1>'),
    ).to.deep.equal({ a: 5, z: 'q' });
    expect(read(t.int(), '<z>q</z><a>5</a>')).to.deep.equal({ a: 5, z: 'q' });
    expect(read(t.int(), '<a>5</a><param1>q</param1>')).to.deep.equal(['param1 unknown']);
    expect(read(t.int(), '<param0>5</param0><param1>q</param1><param2/>')).to.deep.equal(['param2 unknown']);
    expect(read(t.int(), '')).to.deep.equal(['a required']);
  });

  it('reads arrays whatever their items are called', () => {
    const strings = t.list(t.string());
    expect(
      read(strings, '<a xsi:type="enc:Array" enc:arrayType="xsd:string[2]"><item>x</item><other>y</other></a>'),
    ).to.deep.equal({ a: ['x', 'y'] });
    expect(read(strings, '<a enc:arrayType="xsd:anyType[0]"/>')).to.deep.equal({ a: [] });
    expect(read(strings, '<a enc:arrayType="xsd:string[]"><item>x</item></a>')).to.deep.equal({ a: ['x'] });
    expect(read(strings, '<a><item>x</item></a>')).to.deep.equal({ a: ['x'] });
    expect(read(t.list(t.nullable(t.int())), '<a><i xsi:nil="1"/><i>3</i></a>')).to.deep.equal({ a: [null, 3] });
  });

  it('does not believe the sizes of arrays', () => {
    const list = t.list(t.list(t.int()));
    const sized = (size: string, items = '') => read(list, `<a enc:arrayType="xsd:int${size}">${items}</a>`);
    for (const size of [
      '[1000000000]',
      '[999999999,0]',
      '[0,5]',
      '[3,0]',
      '[65535,65535,65535]',
      '[1,1]',
      '[99999999999999999999]',
      '[,]',
      '[2,]',
    ]) {
      expect(sized(size, size === '[0,5]' ? '<i>1</i>' : ''), size).to.deep.equal(['a length']);
    }
    for (const size of ['', '[', ']', '[-1]', '[2 *]', '[a]']) expect(sized(size), size).to.equal('invalid-request');
    expect(sized('[0,5]')).to.deep.equal({ a: [] });
    expect(sized('[2]', '<i>1</i>')).to.deep.equal(['a length']);
    const many = '<i>1</i>'.repeat(9);
    expect(read(t.list(t.int()), `<a>${many}</a>`, { limits: { list: 8 } })).to.equal('too-large');
  });

  it('reads arrays of several dimensions', () => {
    const items = [1, 2, 3, 4, 5, 6].map((i) => `<i>${i}</i>`).join('');
    expect(read(t.list(t.list(t.int())), `<a enc:arrayType="xsd:int[2,3]">${items}</a>`)).to.deep.equal({
      a: [
        [1, 2, 3],
        [4, 5, 6],
      ],
    });
    expect(read(t.list(t.list(t.list(t.int()))), `<a enc:arrayType="xsd:int[3, 1, 2]">${items}</a>`)).to.deep.equal({
      a: [[[1, 2]], [[3, 4]], [[5, 6]]],
    });
    const nested = `<a enc:arrayType="xsd:int[][2]"><i enc:arrayType="xsd:int[1]"><i>1</i></i><i/></a>`;
    expect(read(t.list(t.list(t.int())), nested)).to.deep.equal({ a: [[1], []] });
    expect(read(t.list(t.int()), `<a enc:arrayType="xsd:int[2,3]">${items}</a>`)).to.deep.equal([
      'a/0 type',
      'a/1 type',
    ]);
  });

  it('refuses partially transmitted and sparse arrays', () => {
    expect(read(t.list(t.int()), '<a enc:arrayType="xsd:int[5]" enc:offset="[2]"><i>1</i></a>')).to.equal(
      'invalid-request',
    );
    expect(read(t.list(t.int()), '<a enc:arrayType="xsd:int[5]"><i enc:position="[2]">1</i></a>')).to.equal(
      'invalid-request',
    );
  });

  it('reads maps as arrays of entries, and as Apache and PHP send them', () => {
    const item = '<item><key xsi:type="xsd:string">k</key><value xsi:type="xsd:int">1</value></item>';
    expect(read(t.map(t.int()), `<a xsi:type="apache:Map">${item}</a>`)).to.deep.equal({ a: { k: 1 } });
    expect(
      read(t.map(t.int()), `<a enc:arrayType="p:MapOfInt_entry[1]">${item.replaceAll('item', 'entry')}</a>`),
    ).to.deep.equal({ a: { k: 1 } });
    expect(read(t.map(t.int()), `<a>${item}${item}</a>`)).to.deep.equal(['a/k duplicate']);
    expect(read(t.map(t.int()), '<a><item><key>k</key></item></a>')).to.deep.equal(['a/0 type']);
    expect(read(t.map(t.int()), '<a/>')).to.deep.equal({ a: {} });
    const odd = read(t.map(t.int()), `<a>${item.replace('>k<', '>__proto__<')}</a>`) as { a: object };
    expect(Object.entries(odd.a)).to.deep.equal([['__proto__', 1]]);
    expect(read(Inner, `<a xsi:type="apache:Map">${item.replace('>k<', '>id<')}</a>`)).to.deep.equal({
      a: { id: 1, size: 3 },
    });
    expect(read(Inner, `<a xsi:type="apache:Map">${item}</a>`)).to.deep.equal(['a/k unknown', 'a/id required']);
  });

  it('resolves references', () => {
    const multi =
      '<multiRef id="i1" enc:root="0" xsi:type="p:Inner"><id href="#i2"/></multiRef><multiRef id="i2" enc:root="0">7</multiRef>';
    expect(read(Inner, '<a href="#i1"/>', {}, multi)).to.deep.equal({ a: { id: 7, size: 3 } });
    const list = '<a><item href="#i1"/><item href="#i1"/></a>';
    expect(read(t.list(Inner), list, {}, multi)).to.deep.equal({
      a: [
        { id: 7, size: 3 },
        { id: 7, size: 3 },
      ],
    });
    expect(read(t.string(), '<a href="#q"/><z id="q">text</z>')).to.deep.equal({ a: 'text', z: 'text' });
    const entry = '<a><item href="#e"/></a>';
    expect(
      read(t.map(t.int()), entry, {}, '<m id="e"><key href="#k"/><value>3</value></m><m id="k">x</m>'),
    ).to.deep.equal({ a: { x: 3 } });
  });

  it('refuses references that loop, lead nowhere or lead out', () => {
    const Loop = t.object('Outer', {
      inner: t.optional(t.object('Middle', { inner: t.optional(t.object('Last', { id: t.optional(t.int()) })) })),
    });
    expect(read(Inner, '<a href="#a1" id="a1"/>')).to.equal('invalid-request');
    expect(read(Inner, '<a href="#m"/>', {}, '<m id="m" href="#n"/><n id="n" href="#m"/>')).to.equal('invalid-request');
    expect(read(Loop, '<a href="#m"/>', {}, '<m id="m"><inner href="#m"/></m>')).to.equal('invalid-request');
    expect(read(Loop, '<a id="m"><inner href="#m"/></a>')).to.equal('invalid-request');
    expect(read(Inner, '<a href="#nothing"/>')).to.equal('invalid-request');
    for (const href of ['http://127.0.0.1:1/x', 'cid:part', 'file:///etc/passwd', '', '#', '#__proto__']) {
      expect(read(t.string(), `<a href="${href}"/>`), href).to.equal('invalid-request');
    }
    expect(read(t.string(), '<a href="#m">own</a>', {}, '<m id="m">x</m>')).to.equal('invalid-request');
    expect(read(t.string(), '<a>x</a>', {}, '<m id="m">x</m><m id="m">y</m>')).to.equal('invalid-request');
    expect(read(t.string(), '<a>x</a>', {}, '<p:take><a>y</a></p:take>')).to.equal('invalid-request');
  });

  it('does not let references multiply a message', () => {
    const level = (id: string, to: string) => `<m id="${id}">${`<i href="#${to}"/>`.repeat(500)}</m>`;
    const bomb = `${level('l1', 'l2')}${level('l2', 'l3')}${level('l3', 'l4')}<m id="l4"><i>${'9'.repeat(1_000)}</i></m>`;
    const start = performance.now();
    expect(read(t.list(t.list(t.list(t.list(t.string())))), '<a href="#l1"/>', {}, bomb)).to.equal('too-large');
    expect(performance.now() - start).to.be.below(1_000 * leeway());
  });

  it('lets references expand to what the function itself may be sent', () => {
    const take = (name: string, body?: number) =>
      define(name, {
        description: 'Counts.',
        effect: 'read',
        params: { a: t.list(t.string()) },
        returns: t.int(),
        handler: ({ a }) => a.length,
        ...(body === undefined ? {} : { body }),
      });
    const site = siteOf([take('some'), take('more', 4_194_304)]);
    const told = (name: string): string => {
      const items = '<i href="#m"/>'.repeat(1_500);
      const message = messageEncoded(`<p:${name}><a>${items}</a></p:${name}><m id="m">${'x'.repeat(1_000)}</m>`);
      const { fault, text } = answer(site, post(message));
      return fault?.code ?? text;
    };
    expect(told('some')).to.equal('too-large');
    expect(told('more')).to.include('<result xsi:type="xsd:int">1500</result>');
  });
});
