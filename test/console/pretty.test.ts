import { expect } from 'chai';
import fc from 'fast-check';
import { pretty, prettyJson, prettyXml } from '../../console/explorer/wire/pretty.ts';

describe('messages as people read them', () => {
  it('has a member a line in JSON, and empty brackets on one', () => {
    expect(prettyJson('{"a":[1,{"b":"x, {y}: [\\"z\\"]"}],"c":{},"d":[ ]}')).to.equal(
      '{\n  "a": [\n    1,\n    {\n      "b": "x, {y}: [\\"z\\"]"\n    }\n  ],\n  "c": {},\n  "d": [ ]\n}',
    );
  });

  it('keeps every digit of JSON', () => {
    expect(prettyJson('{"n":12345678901234567890.10}')).to.equal('{\n  "n": 12345678901234567890.10\n}');
  });

  it('says the same in JSON (property)', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(prettyJson(text))).to.deep.equal(JSON.parse(text));
      }),
    );
  });

  it('has an element a line in XML, text beside its tags', () => {
    expect(prettyXml('<?xml version="1.0"?><a x="1>2"><b> t </b><c/><d></d><e><f>1</f></e></a>')).to.equal(
      '<?xml version="1.0"?>\n<a x="1>2">\n  <b> t </b>\n  <c/>\n  <d></d>\n  <e>\n    <f>1</f>\n  </e>\n</a>',
    );
  });

  it('leaves other text as it is', () => {
    for (const text of ['', 'plain {text}', '  spaces']) expect(pretty(text)).to.equal(text);
  });

  it('shows what is cut off or broken', () => {
    expect(pretty('{"a":[1,')).to.equal('{\n  "a": [\n    1,\n    ');
    expect(pretty('<a><b>text')).to.equal('<a>\n  <b>\n    text');
  });
});
