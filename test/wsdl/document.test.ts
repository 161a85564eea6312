import { expect } from 'chai';
import { t } from '../../lib/builders.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import { withAddress, wsdlAddressPlaceholder, wsdlDocument } from '../../wsdl/document.ts';
import { children, find, one, type Read, read, soap11Uri, soap12Uri, soapencUri, wsdlUri, xsdUri } from './read.ts';
import { unresolved } from './references.ts';
import { sample } from './sample.ts';

const namespace = 'urn:polywire';

function documentOf(style: 'literal' | 'soap12' | 'encoded', functions: readonly AnyFunction[] = sample): Read {
  return read(wsdlDocument(functions, { namespace, style }));
}

function echo(description: string): AnyFunction {
  return define('echo', { description, effect: 'read', handler: () => undefined });
}

function documentationOf(description: string): string {
  return one(one(documentOf('literal', [echo(description)]), wsdlUri, 'portType'), wsdlUri, 'documentation').text;
}

describe('WSDL, all styles', () => {
  for (const style of ['literal', 'soap12', 'encoded'] as const) {
    it(`${style} has one service, one port, one binding and every operation`, () => {
      const document = documentOf(style);
      expect(document.attributes['targetNamespace']).to.equal(namespace);
      expect(document.children.map((child) => child.local).filter((name) => name !== 'message')).to.deep.equal([
        'types',
        'portType',
        'binding',
        'service',
      ]);
      expect(one(document, wsdlUri, 'service').attributes['name']).to.equal('PolywireService');
      expect(one(document, wsdlUri, 'port').attributes['name']).to.equal('PolywirePort');
      const operations = children(one(document, wsdlUri, 'portType'), wsdlUri, 'operation').map(
        (each) => each.attributes['name'],
      );
      expect(operations).to.deep.equal(['echo', 'users_get_users', 'kinds_all', 'ping', 'colour_next']);
    });

    it(`${style} resolves every reference`, () => expect(unresolved(documentOf(style))).to.deep.equal([]));

    it(`${style} without functions is a document still`, () =>
      expect(unresolved(documentOf(style, []))).to.deep.equal([]));
  }

  it('takes the name that it is given', () => {
    const document = read(
      wsdlDocument(sample, { namespace: 'https://example.org/?a=1&b="2"', name: 'Shop', style: 'literal' }),
    );
    expect(one(document, wsdlUri, 'service').attributes['name']).to.equal('ShopService');
    expect(one(document, wsdlUri, 'port').attributes['binding']).to.equal('tns:ShopBinding');
    expect(document.attributes['targetNamespace']).to.equal('https://example.org/?a=1&b="2"');
    expect(unresolved(document)).to.deep.equal([]);
  });
});

describe('WSDL, document/literal wrapped', () => {
  it('binds SOAP 1.1 with an action of namespace and operation', () => {
    const operation = one(one(documentOf('literal'), wsdlUri, 'binding'), wsdlUri, 'operation', 'users_get_users');
    const [bound] = children(operation, soap11Uri, 'operation');
    expect(bound?.attributes['soapAction']).to.equal('urn:polywire#users_get_users');
  });

  it('names wrappers after the operation and messages after both', () => {
    const document = documentOf('literal');
    const parts = (name: string) =>
      children(one(document, wsdlUri, 'message', name), wsdlUri, 'part').map(({ attributes }) => ({ ...attributes }));
    expect(parts('users_get_usersRequest')).to.deep.equal([{ name: 'parameters', element: 'tns:users_get_users' }]);
    expect(parts('users_get_usersResponse')).to.deep.equal([
      { name: 'parameters', element: 'tns:users_get_usersResponse' },
    ]);
  });

  it('declares the standard fault for all and declared ones where they belong', () => {
    const portType = one(documentOf('literal'), wsdlUri, 'portType');
    const faults = (name: string) =>
      children(one(portType, wsdlUri, 'operation', name), wsdlUri, 'fault').map(({ attributes }) => [
        attributes['name'],
        attributes['message'],
      ]);
    const standard = ['PolywireFault', 'tns:PolywireException'];
    expect(faults('ping')).to.deep.equal([standard]);
    expect(faults('users_get_users')).to.deep.equal([
      standard,
      ['UserNotFoundFault', 'tns:UserNotFoundException'],
      ['TooCuriousFault', 'tns:TooCuriousException'],
    ]);
  });
});

describe('WSDL, SOAP 1.2', () => {
  it('has the SOAP 1.2 binding and nothing of 1.1', () => {
    const document = documentOf('soap12');
    expect(find(document, soap12Uri, 'address')).to.have.length(1);
    expect(find(document, soap12Uri, 'body')).to.have.length(sample.length * 2);
    expect(wsdlDocument(sample, { namespace, style: 'soap12' })).not.to.include(soap11Uri);
  });
});

describe('WSDL, rpc/encoded', () => {
  const document = documentOf('encoded');

  it('imports the soapenc namespace without a location', () => {
    expect({ ...one(document, xsdUri, 'import').attributes }).to.deep.equal({ namespace: soapencUri });
  });

  it('has a typed part for each parameter and for the result', () => {
    const parts = children(one(document, wsdlUri, 'message', 'users_get_usersRequest'), wsdlUri, 'part');
    expect(parts.map(({ attributes }) => [attributes['name'], attributes['type']])).to.deep.equal([
      ['field', 'tns:users_get_users_field'],
      ['values', 'tns:ArrayOfString'],
      ['limit', 'xsd:int'],
      ['since', 'xsd:dateTime'],
    ]);
    const [result] = children(one(document, wsdlUri, 'message', 'users_get_usersResponse'), wsdlUri, 'part');
    expect(result?.attributes['type']).to.equal('tns:ArrayOfUser');
    expect(children(one(document, wsdlUri, 'message', 'pingResponse'), wsdlUri, 'part')).to.have.length(0);
  });

  it('restricts soapenc:Array for lists and maps, and has elements for faults only', () => {
    const itemsOf = (name: string) =>
      one(one(document, xsdUri, 'complexType', name), xsdUri, 'attribute').attributes[`{${wsdlUri}}arrayType`];
    expect(itemsOf('ArrayOfArrayOfDouble')).to.equal('tns:ArrayOfDouble[]');
    expect(itemsOf('ArrayOfDouble')).to.equal('xsd:double[]');
    expect(itemsOf('MapOfInt')).to.equal('tns:MapOfInt_entry[]');
    const elements = children(one(document, xsdUri, 'schema'), xsdUri, 'element');
    expect(elements.map(({ attributes }) => attributes['type'])).to.deep.equal([
      'tns:PolywireFault',
      'tns:UserNotFoundFault',
      'tns:TooCuriousFault',
    ]);
  });

  it('names encoding and namespace at every body', () => {
    for (const body of find(document, soap11Uri, 'body')) {
      expect(body.attributes).to.include({ use: 'encoded', encodingStyle: soapencUri, namespace });
    }
  });

  it('has literal faults, each an element, as in document/literal', () => {
    for (const fault of find(document, soap11Uri, 'fault')) {
      expect({ ...fault.attributes }).to.deep.equal({ name: fault.attributes['name'], use: 'literal' });
    }
    const parts = (name: string) => children(one(document, wsdlUri, 'message', name), wsdlUri, 'part');
    expect(parts('UserNotFoundException').map(({ attributes }) => ({ ...attributes }))).to.deep.equal([
      { name: 'fault', element: 'tns:UserNotFoundFault' },
    ]);
  });
});

describe('WSDL, the address', () => {
  const text = wsdlDocument(sample, { namespace, style: 'literal' });
  const addressIn = (xml: string) => one(read(xml), soap11Uri, 'address').attributes['location'];

  it('is a placeholder until one is put in', () => expect(addressIn(text)).to.equal(wsdlAddressPlaceholder));

  it('is escaped', () => {
    for (const address of ['https://example.org/soap?a=1&b=2', `x"y'<z>&amp;&#10;]]>`, 'tab\tline\nend', '$& $1 $`']) {
      expect(addressIn(withAddress(text, address))).to.equal(address);
    }
    expect(addressIn(withAddress(text, 'a\u0000b\uD800'))).to.equal('a\uFFFDb\uFFFD');
  });

  it('is found although a description looks like it', () => {
    const odd = wsdlDocument([echo(`location="${wsdlAddressPlaceholder}"`)], { namespace, style: 'literal' });
    const done = withAddress(odd, 'https://example.org/soap');
    expect(addressIn(done)).to.equal('https://example.org/soap');
    expect(one(one(read(done), wsdlUri, 'portType'), wsdlUri, 'documentation').text).to.include(wsdlAddressPlaceholder);
  });

  it('changes nothing else', () => {
    expect(withAddress('<a/>', 'https://example.org/')).to.equal('<a/>');
    expect(withAddress(text, wsdlAddressPlaceholder)).to.equal(text);
  });
});

describe('WSDL, documentation', () => {
  it('keeps every character of a description that XML can hold', () => {
    for (const description of ['<b>&"\'</b>.', ']]>.', '&lt; &amp; &#65; &foo;.', 'é 😀 \u0085.', 'two\nlines.']) {
      expect(documentationOf(description)).to.equal(description);
    }
  });

  it('replaces characters that XML cannot hold', () => {
    expect(documentationOf('a\u0000b\u001Fc\uFFFEd\uD800e.')).to.equal('a\uFFFDb\uFFFDc\uFFFDd\uFFFDe.');
  });

  it('makes line ends plain', () => expect(documentationOf('a\r\nb\rc.')).to.equal('a\nb\nc.'));

  it('doubles the backslash of \\u, which Java would not compile in a comment', () => {
    expect(documentationOf('C:\\users \\\\u \\\\\\u.')).to.equal('C:\\\\users \\\\u \\\\\\\\u.');
  });

  it('tells of deprecation and help', () => {
    const portType = one(documentOf('literal'), wsdlUri, 'portType');
    const operation = one(portType, wsdlUri, 'operation', 'users_get_users');
    expect(children(operation, wsdlUri, 'documentation')[0]?.text).to.equal(
      'Finds users by one field. Deprecated since 2.0: use users.find. See https://example.org/help?a=1&b=2',
    );
  });

  it('stands first, as the schema of WSDL has it', () => {
    for (const documentation of find(documentOf('encoded'), wsdlUri, 'documentation')) {
      expect(documentation.children).to.have.length(0);
    }
    const part = define('f', {
      description: 'f',
      effect: 'read',
      params: { a: t.int({ max: 3 }) },
      handler: () => undefined,
    });
    expect(one(documentOf('encoded', [part]), wsdlUri, 'part', 'a').children[0]?.text).to.equal('At most 3.');
  });
});
