import { usernameToken } from '../../access/foreign-credentials.ts';
import type { Attack, AttackClass, Expected } from '../attack.ts';
import { envelopeNamespace, message, type Places, request, send } from '../build.ts';
import { type Endpoint, soapEndpoints } from '../endpoints.ts';
import { namespacesInDepth } from './xml-size.ts';

const invalidRequest = { fault: 'invalid-request' } as const;
const tooLarge = { fault: 'too-large' } as const;
const taken: Expected = { result: 'x', runs: ['hostile.mark'] };

/** An operation that must not run, whatever it hides in. */
const evil = '<p:hostile_user xmlns:p="urn:polywire"><text>evil</text></p:hostile_user>';
const wsu = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
const other = 'http://example.org/other';

type Placed = (endpoint: Endpoint) => Places;

function placed(name: string, places: Placed | Places, expects: Attack['expects']): Attack {
  const of = typeof places === 'function' ? places : () => places;
  return { name, on: soapEndpoints, send: (endpoint) => send(endpoint, of(endpoint)), expects };
}

function spoilt(
  name: string,
  spoil: (whole: string, endpoint: Endpoint) => string,
  expects: Attack['expects'],
): Attack {
  return {
    name,
    on: soapEndpoints,
    send: (endpoint) => request(endpoint, { body: spoil(message(endpoint), endpoint) }),
    expects,
  };
}

const versions: readonly Attack[] = [
  spoilt(
    'an envelope in a namespace of the future',
    (whole, endpoint) => whole.replace(envelopeNamespace(endpoint), 'http://www.w3.org/2099/soap-envelope'),
    {
      fault: 'version-mismatch',
    },
  ),
  spoilt('an envelope in no namespace', () => '<Envelope><Body/></Envelope>', { fault: 'version-mismatch' }),
  spoilt(
    'an envelope in the namespace of 2001',
    (whole, endpoint) => whole.replace(envelopeNamespace(endpoint), 'http://www.w3.org/2001/12/soap-envelope'),
    {
      fault: 'version-mismatch',
    },
  ),
  spoilt('another root', (whole) => whole.replaceAll('e:Envelope', 'e:Letter'), invalidRequest),
  spoilt('an envelope in capitals', (whole) => whole.replaceAll('e:Envelope', 'e:ENVELOPE'), invalidRequest),
  spoilt(
    'a Body in the namespace of the other version',
    (whole, endpoint) => {
      const foreign = endpoint === 'SOAP 1.1' ? 'SOAP 1.2' : 'SOAP 1.1';
      return whole
        .replace('<e:Body>', `<f:Body xmlns:f="${envelopeNamespace(foreign)}">`)
        .replace('</e:Body>', '</f:Body>');
    },
    invalidRequest,
  ),
  spoilt('a Body in no namespace', (whole) => whole.replaceAll('e:Body', 'Body'), invalidRequest),
];

const bodies: readonly Attack[] = [
  spoilt('no Body', (whole) => whole.replace(/<e:Body>.*<\/e:Body>/, ''), invalidRequest),
  placed('two Bodies', { behind: `<e:Body>${evil}</e:Body>` }, invalidRequest),
  placed('two Bodies, the evil one first', { name: 'hostile.user', behind: '<e:Body/>' }, { fault: 'unauthenticated' }),
  placed('two operations in one Body', { beside: evil }, invalidRequest),
  placed(
    'the same operation twice',
    { beside: '<p:hostile_mark xmlns:p="urn:polywire"><text>y</text></p:hostile_mark>' },
    invalidRequest,
  ),
  placed('an element after Body', { behind: `<o:trailer xmlns:o="${other}"/>` }, invalidRequest),
  spoilt('a Header after Body', (whole) => whole.replace('</e:Body>', '</e:Body><e:Header/>'), invalidRequest),
  spoilt('two Headers', (whole) => whole.replace('<e:Body>', '<e:Header/><e:Header/><e:Body>'), invalidRequest),
  spoilt(
    'an element before Header',
    (whole) => whole.replace('<e:Body>', `<o:o xmlns:o="${other}"/><e:Body>`),
    invalidRequest,
  ),
  placed('an envelope inside of Body', (endpoint) => ({ params: message(endpoint, { name: 'hostile.user' }) }), {
    fault: 'invalid-params',
  }),
  spoilt(
    'an envelope inside of an envelope',
    (whole, endpoint) => whole.replace('<e:Body>', `${message(endpoint)}<e:Body>`),
    invalidRequest,
  ),
  spoilt('an operation in no namespace', (whole) => whole.replaceAll('p:hostile_mark', 'hostile_mark'), invalidRequest),
  spoilt('an operation in another namespace', (whole) => whole.replace('urn:polywire', 'urn:evil'), invalidRequest),
  spoilt(
    'an operation in the namespace of SOAP',
    (whole) => whole.replaceAll('p:hostile_mark', 'e:hostile_mark'),
    invalidRequest,
  ),
  spoilt('a Fault as the operation', (whole) => whole.replaceAll('p:hostile_mark', 'e:Fault'), invalidRequest),
  placed(
    'a parameter in another namespace',
    { params: `<o:text xmlns:o="${other}">x</o:text>` },
    { fault: 'invalid-params' },
  ),
  placed('a parameter twice', { params: '<text>x</text><text>evil</text>' }, { fault: 'invalid-params' }),
  placed(
    'a parameter with another beside it that nobody knows',
    { params: '<text>x</text><admin>1</admin>' },
    { fault: 'invalid-params' },
  ),
];

/** Signature wrapping: what is signed is moved away, and what is not stands in its place; ours reads Body alone. */
const wrapped: readonly Attack[] = [
  placed(
    'a Body hidden in a header block',
    (endpoint) => ({
      header: `<o:wrap xmlns:o="${other}"><e:Body xmlns:w="${wsu}" w:Id="signed">${evil}</e:Body></o:wrap>`,
      params: endpoint === 'SOAP 1.1' ? '<text>x</text>' : '<text>x</text>',
    }),
    taken,
  ),
  placed('a Body as a header block', { header: `<e:Body>${evil}</e:Body>` }, taken),
  placed('an operation as a header block', { header: evil }, taken),
  placed(
    'an envelope as a header block',
    (endpoint) => ({ header: message(endpoint, { name: 'hostile.user' }) }),
    taken,
  ),
  placed(
    'two elements with one wsu:Id',
    {
      header: `<o:a xmlns:o="${other}" xmlns:w="${wsu}" w:Id="a"/><o:b xmlns:o="${other}" xmlns:w="${wsu}" w:Id="a"/>`,
    },
    taken,
  ),
  placed(
    'a signature that must be understood',
    { header: `<d:Signature xmlns:d="http://www.w3.org/2000/09/xmldsig#" e:mustUnderstand="1"/>` },
    { fault: 'must-understand' },
  ),
  placed(
    'encrypted data in Body',
    { beside: '<x:EncryptedData xmlns:x="http://www.w3.org/2001/04/xmlenc#"/>' },
    invalidRequest,
  ),
];

const block = (attributes: string): Places => ({ header: `<o:block xmlns:o="${other}" ${attributes}/>` });

const headers: readonly Attack[] = [
  placed('a header block that must be understood', block('e:mustUnderstand="1"'), { fault: 'must-understand' }),
  placed('a header block that must be understood, in spaces', block('e:mustUnderstand=" 1 "'), {
    fault: 'must-understand',
  }),
  placed(
    'a mustUnderstand with 60,000 spaces inside',
    block(`e:mustUnderstand="1${' '.repeat(60_000)}1"`),
    invalidRequest,
  ),
  placed('a mustUnderstand that is neither', block('e:mustUnderstand="2"'), invalidRequest),
  placed('a mustUnderstand as a word', block('e:mustUnderstand="true"'), (endpoint) =>
    endpoint === 'SOAP 1.1' ? invalidRequest : { fault: 'must-understand' },
  ),
  placed('a mustUnderstand from Object.prototype', block('e:mustUnderstand="constructor"'), invalidRequest),
  placed('a mustUnderstand in no namespace', block('mustUnderstand="1"'), taken),
  placed(
    'a header block for somebody else',
    (endpoint) =>
      block(`e:mustUnderstand="1" e:${endpoint === 'SOAP 1.1' ? 'actor' : 'role'}="http://example.org/next"`),
    taken,
  ),
  placed(
    'a thousand header blocks that must be understood',
    { header: `<o:block xmlns:o="${other}" e:mustUnderstand="1"/>`.repeat(1_000) },
    { fault: 'must-understand' },
  ),
  placed('50,001 header blocks', { header: '<z/>'.repeat(50_001) }, tooLarge),
  placed('101 levels in a header block', { header: '<z>'.repeat(101) + '</z>'.repeat(101) }, tooLarge),
  placed('namespaces in scope, level upon level, in a header block', { header: namespacesInDepth() }, tooLarge),
  placed(
    'two UsernameTokens',
    { header: usernameToken('ana', 'x', 'text') + usernameToken('sue', 'y', 'text') },
    invalidRequest,
  ),
  placed(
    'a UsernameToken with two names',
    { header: usernameToken('ana', 'x', 'text').replace('</w:Username>', '</w:Username><w:Username>sue</w:Username>') },
    invalidRequest,
  ),
  placed('a Timestamp that has expired', { header: timestamp('2020-01-01T00:00:00Z') }, invalidRequest),
  placed('a Timestamp that is none', { header: timestamp('soon') }, invalidRequest),
];

function timestamp(expires: string): string {
  const wsse = wsu.replace('utility', 'secext');
  return `<w:Security xmlns:w="${wsse}" xmlns:u="${wsu}"><u:Timestamp><u:Expires>${expires}</u:Expires></u:Timestamp></w:Security>`;
}

const strictly = (endpoint: Endpoint): Expected => (endpoint === 'SOAP 1.2' ? invalidRequest : taken);

const attributes: readonly Attack[] = [
  spoilt(
    'an attribute of Envelope without a namespace',
    (whole) => whole.replace('<e:Envelope', '<e:Envelope evil="1"'),
    strictly,
  ),
  spoilt('an attribute of Body without a namespace', (whole) => whole.replace('<e:Body', '<e:Body evil="1"'), strictly),
  spoilt(
    'an encodingStyle of Envelope',
    (whole) => whole.replace('<e:Envelope', '<e:Envelope e:encodingStyle=""'),
    strictly,
  ),
  placed(
    'an encodingStyle that is not offered',
    { operation: ' e:encodingStyle="http://example.org/evil"' },
    (endpoint) => ({
      fault: endpoint === 'SOAP 1.1' ? 'invalid-request' : 'encoding-unknown',
    }),
  ),
  placed('an instruction before the envelope', { before: '<?evil x?>' }, invalidRequest),
  placed('an instruction inside of Body', { beside: '<?evil x?>' }, invalidRequest),
  placed('an instruction after the envelope', { after: '<?evil x?>' }, invalidRequest),
  placed(
    'xsi:nil that is neither',
    { params: '<text xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="maybe"/>' },
    { fault: 'invalid-params' },
  ),
  placed(
    'xsi:nil with content',
    {
      name: 'hostile.nullable',
      params: '<value xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="1">x</value>',
    },
    { fault: 'invalid-params' },
  ),
  placed(
    'an xsi:type of another class',
    {
      params:
        '<text xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="java:java.net.URL" xmlns:java="java">x</text>',
    },
    taken,
  ),
];

export const soapProcessing: AttackClass = {
  name: 'SOAP processing, wrapped or duplicated bodies',
  attacks: [...versions, ...bodies, ...wrapped, ...headers, ...attributes],
};
