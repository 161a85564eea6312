// Documents that break a rule, each refused as malformed. A line holds several, separated by ` | `.
const table: Readonly<Record<string, string>> = {
  'XML 1.0 §2.1, one root': `
    <!-- x --> | <?xml version="1.0"?> | <a/><b/> | <a></a><a></a> | x | x<a/> | <a/>x | <a/>&amp; | <a/>&#32;
    &#32;<a/> | <![CDATA[x]]><a/> | <a/><![CDATA[]]> | <a/>]]> | <a/></a> | </a> | \ufeff<a/> | <a/>\u0000 | < | >
    <> | < >`,
  'XML 1.0 §2.2, characters': `
    <a>\u0000</a> | <a>\u0001</a> | <a>\u0008</a> | <a>\u000b</a> | <a>\u000c</a> | <a>\u001f</a> | <a>\ufffe</a>
    <a>\uffff</a> | <a>\ud800</a> | <a>\udc00</a> | <a>\udc00\ud800</a> | <a>\ud800\ud800\udc00</a>
    <a b="\u0001"/> | <a b="\uffff"/> | <a b="\ud800"/> | <a><!--\u0001--></a> | <a><?x \u0001?></a>
    <a><![CDATA[\u0001]]></a> | <a><![CDATA[\ud800]]></a> | <a>\u{1d11e}\ud834</a> | <!--\ufffe--><a/> | <a\u0000/>
    <a \u0001/>`,
  'XML 1.0 §2.3, names and literals': `
    <1/> | <-a/> | <.a/> | <a\u00d7/> | <\u00b7a/> | <\u0300/> | <a 1="x"/> | <a -b="x"/> | <a\u037e/> | <a b$="x"/>
    < a/> | <\u2190/> | <a\u{f0000}/> | <a b=x/> | <a b="x/> | <a b='x"/> | <a b="<"/> | <a b="&lt;<"/> | <a b/>
    <a b=/> | <a ="x"/> | <a "x"/> | <a b="x'/>`,
  'XML 1.0 §2.4, text': `
    <a>]]></a> | <a>x]]>y</a> | <a>]]]></a> | <a><![CDATA[]]>]]></a> | <a>&</a> | <a>& </a> | <a>&amp</a>
    <a>&amp ;</a> | <a>a && b</a> | <a>x < y</a> | <a><</a> | <a><<b/></a>`,
  'XML 1.0 §2.5, comments': `
    <a><!-- -- --></a> | <a><!-- ---></a> | <a><!---></a> | <a><!--></a> | <a><!-- </a> | <a><!-- -- </a>
    <a><!- x --></a> | <a><! -- x --></a> | <a><!-- x -- ></a> | <!---- | <!-- <a/>`,
  'XML 1.0 §2.6, instructions': `
    <a><?x></a> | <a><? x?></a> | <a><??></a> | <a><?x | <a><?xml version="1.0"?></a> | <a><?XML?></a> | <?Xml?><a/>
    <a/><?xml version="1.0"?> | <?1?><a/> | <?x:y?><a/> | <?x+y?><a/> | <?x?y?><a/> | <?x <a/>`,
  'XML 1.0 §2.7, CDATA': `
    <a><![CDATA[</a> | <a><![CDATA[]]</a> | <a><![cdata[]]></a> | <a><![CDATA []]></a> | <a><! [CDATA[]]></a>
    <a><![CDATA[]] ></a> | <a b="<![CDATA[]]>"/>`,
  'XML 1.0 §2.8, the declaration': `
    <?xml?><a/> | <?xml ?><a/> | <?xml encoding="utf-8"?><a/> | <?xml version="2.0"?><a/> | <?xml version="1."?><a/>
    <?xml version="1.0a"?><a/> | <?xml version=1.0?><a/> | <?xml version="1.0'?><a/>
    <?xml version="1.0"encoding="utf-8"?><a/> | <?xml version="1.0" encoding=""?><a/>
    <?xml version="1.0" encoding="8utf"?><a/> | <?xml version="1.0" encoding="a b"?><a/>
    <?xml version="1.0" standalone="maybe"?><a/> | <?xml version="1.0" standalone="YES"?><a/>
    <?xml version="1.0" standalone="yes" encoding="utf-8"?><a/> | <?xml version="1.0" x="y"?><a/>
    <?xml version="1.0" version="1.0"?><a/> | <?xml version="1.0"><a/> | <?xml version="1.0" ? ><a/>
    <?xml version="1.0" | <?xml version="1.0"?><?xml version="1.0"?><a/>`,
  'DOCTYPE (refused always, DESIGN §8)': `
    <!DOCTYPE a><a/> | <!DOCTYPE a []><a/> | <!DOCTYPE a SYSTEM "x"><a/> | <!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>
    <!doctype a><a/> | <a/><!DOCTYPE a> | <a><!DOCTYPE a></a> | <a><!ENTITY x "y"></a> | <!ELEMENT a ANY><a/>`,
  'XML 1.0 §3, elements': `
    <a> | <a | <a/ | <a / > | <a>x | <a></b> | <a></A> | <a></aa> | <aa></a> | <a><b></a></b> | <a></ a> | <a></a
    <a></ | <a></a x> | <a></a/> | <a></a b="c"> | <a/ > | <a//> | <a></> | <a><b></b> | <a></a></a>
    <p:a xmlns:p="u"></a> | <a></p:a> | <p:a xmlns:p="u" xmlns:q="u"></q:a> | </a><a> | <a></a:>`,
  'XML 1.0 §3.1, attributes': `
    <a b="1" b="2"/> | <a b="1" c="2" b="1"/> | <a b="1"c="2"/> | <a b="1""/> | <a b="1" /c="2"> | <a b = "1" c/>
    <a b="1" & c="2"/> | <a,b="1"/> | <a b=="1"/>`,
  'XML 1.0 §4.1, references': `
    <a>&x;</a> | <a>&nbsp;</a> | <a>&LT;</a> | <a>&;</a> | <a>&#;</a> | <a>&#x;</a> | <a>&#0;</a> | <a>&#x0;</a>
    <a>&#1;</a> | <a>&#11;</a> | <a>&#xB;</a> | <a>&#31;</a> | <a>&#xD800;</a> | <a>&#xDFFF;</a> | <a>&#xFFFE;</a>
    <a>&#65535;</a> | <a>&#x110000;</a> | <a>&#99999999999999999999;</a> | <a>&#X41;</a> | <a>&#4a;</a>
    <a>&#x4g;</a> | <a>&# 65;</a> | <a>&#65</a> | <a>&#-65;</a> | <a b="&x;"/> | <a b="&#0;"/> | <a b="&"/>
    <a b="&lt"/> | <a>&constructor;</a> | <a>&__proto__;</a> | <a>%lt;&%lt;</a>`,
  'Namespaces in XML': `
    <p:a/> | <a p:b="c"/> | <a><b xmlns:p="u"/><p:c/></a> | <a xmlns:p=""/> | <a xmlns:p="u"><b xmlns:p=""/></a>
    <a xmlns:xmlns="u"/> | <a xmlns:xml="u"/> | <a xmlns:p="http://www.w3.org/XML/1998/namespace"/>
    <a xmlns="http://www.w3.org/XML/1998/namespace"/> | <a xmlns:p="http://www.w3.org/2000/xmlns/"/>
    <a xmlns="http://www.w3.org/2000/xmlns/"/> | <xmlns:a/> | <:a/> | <a:/> | <p:q:a xmlns:p="u"/>
    <p::a xmlns:p="u"/> | <p:1 xmlns:p="u"/> | <a :b="c"/> | <a b:="c"/> | <a p:q:r="c" xmlns:p="u"/>
    <a xmlns:="u"/> | <a xmlns:p="u" xmlns:p="u"/> | <a xmlns="u" xmlns="v"/>
    <a xmlns:p="u" xmlns:q="u" p:x="1" q:x="2"/> | <a xmlns:p="u" xmlns:q="&#117;" p:x="1" q:x="2"/>
    <a xmlns:p="u" p:x="1" p:x="2"/> | <a xml:lang="x" xml:lang="y"/> | <a>&p:x;</a>`,
};

const spaced = [
  '',
  ' ',
  '\n',
  '<a><\n/a></a>',
  ' <?xml version="1.0"?><a/>',
  '<?xml version="1.0"?>\n<!DOCTYPE a><a/>',
  '<a ',
];

/** Documents that are not well formed, by the rule they break. */
export const notWellFormed: ReadonlyMap<string, readonly string[]> = new Map([
  ...Object.entries(table).map(([rule, text]) => [rule, text.trim().split(/ \| |\n +/)] as const),
  ['white space where none may be, or nothing', spaced] as const,
]);
