import type { Attack, AttackClass, Expected } from '../attack.ts';
import { send } from '../build.ts';

const enc = 'http://schemas.xmlsoap.org/soap/encoding/';
const operation = ` e:encodingStyle="${enc}" xmlns:c="${enc}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:s="http://www.w3.org/2001/XMLSchema"`;
const invalidParams = { fault: 'invalid-params' } as const;
const invalidRequest = { fault: 'invalid-request' } as const;
const tooLarge = { fault: 'too-large' } as const;

interface Encoded {
  readonly kind?: string;
  readonly value: string;
  readonly beside?: string;
}

function encoded(name: string, { kind = 'list', value, beside = '' }: Encoded, expects: Expected): Attack {
  return {
    name,
    on: ['SOAP 1.1'],
    send: (endpoint) => send(endpoint, { name: `hostile.${kind}`, operation, params: value, beside }),
    expects,
  };
}

/** An array that says it has a size, with two items. */
const sized = (size: string, items = '<item>a</item><item>b</item>'): Encoded => ({
  value: `<value i:type="c:Array" c:arrayType="s:string${size}">${items}</value>`,
});

const sizes: readonly Attack[] = [
  encoded('an array of two thousand million items', sized('[2147483647]'), invalidParams),
  encoded('an array of 10^18 items', sized('[999999999,999999999]'), invalidParams),
  encoded('an array of more items than a number can be', sized(`[${'9'.repeat(100)}]`), invalidParams),
  encoded('an array of a negative size', sized('[-1]'), invalidRequest),
  encoded('an array of no number', sized('[x]'), invalidRequest),
  encoded('an array of fewer items than there are', sized('[1]'), invalidParams),
  encoded('an array of three items that has two', sized('[3]'), invalidParams),
  encoded(
    'an array of a hundred dimensions',
    sized(`[${Array.from({ length: 90 }, () => '1').join(',')}]`),
    invalidParams,
  ),
  encoded('an array of dimensions that are empty', sized('[,,,,,,]'), invalidParams),
  encoded('an array of arrays of arrays', sized('[][][][][2]'), {
    result: { item: ['a', 'b'] },
    runs: ['hostile.list'],
  }),
  encoded('an array of zero times a thousand million', sized('[0,999999999]', ''), {
    result: '',
    runs: ['hostile.list'],
  }),
  encoded('an array whose type has no brackets', sized(''), invalidRequest),
  encoded(
    'an array with an offset',
    { value: `<value c:arrayType="s:string[2]" c:offset="[1000000000]"><item>a</item></value>` },
    invalidRequest,
  ),
  encoded(
    'an array with positions',
    { value: `<value c:arrayType="s:string[2]"><item c:position="[1000000000]">a</item></value>` },
    invalidRequest,
  ),
  encoded('an array of 16,385 items', sized('[16385]', '<item>a</item>'.repeat(16_385)), tooLarge),
];

/** Values that refer to two values each, which refer to two each: 2^20 from a few lines. */
function doubling(levels: number): string {
  const value = (i: number) => `<m id="v${i}"><item href="#v${i + 1}"/><item href="#v${i + 1}"/></m>`;
  return `${Array.from({ length: levels }, (_, i) => value(i)).join('')}<m id="v${levels}">${'x'.repeat(1_000)}</m>`;
}

const many = '<item href="#a"/>'.repeat(15_000);

const references: readonly Attack[] = [
  encoded('a value that refers to itself', { value: '<value id="a" href="#a"/>' }, invalidRequest),
  encoded(
    'two values that refer to each other',
    { value: '<value href="#a"/>', beside: '<m id="a" href="#b"/><m id="b" href="#a"/>' },
    invalidRequest,
  ),
  encoded(
    'an array that holds itself',
    { value: '<value href="#a"/>', beside: '<m id="a"><item href="#a"/></m>' },
    invalidRequest,
  ),
  encoded('a reference to another host', { value: '<value href="http://127.0.0.1:9/evil"/>' }, invalidRequest),
  encoded('a reference to a file', { value: '<value href="file:///etc/passwd"/>' }, invalidRequest),
  encoded('a reference to an attachment', { value: '<value href="cid:evil"/>' }, invalidRequest),
  encoded('a reference to nothing', { value: '<value href="#nowhere"/>' }, invalidRequest),
  encoded('a reference to the empty name', { value: '<value href="#"/>' }, invalidRequest),
  encoded(
    'a reference with content of its own',
    { value: '<value href="#a"><item>x</item></value>', beside: '<m id="a"/>' },
    invalidRequest,
  ),
  encoded(
    'an id that is given twice',
    { value: '<value href="#a"/>', beside: '<m id="a"/><m id="a"/>' },
    invalidRequest,
  ),
  encoded('an id from Object.prototype', { value: '<value href="#constructor"/>' }, invalidRequest),
  encoded(
    'references that double twenty times',
    { kind: 'list', value: '<value href="#v0"/>', beside: doubling(20) },
    invalidParams,
  ),
  encoded(
    '15,000 references to 1,000 characters',
    { value: `<value>${many}</value>`, beside: `<m id="a">${'x'.repeat(1_000)}</m>` },
    tooLarge,
  ),
  encoded(
    'a second operation without an id',
    { value: '<value/>', beside: '<p:hostile_mark xmlns:p="urn:polywire"><text>evil</text></p:hostile_mark>' },
    invalidRequest,
  ),
  encoded(
    'a second operation with an id',
    { value: '<value/>', beside: '<p:hostile_mark id="a" xmlns:p="urn:polywire"><text>evil</text></p:hostile_mark>' },
    { result: '', runs: ['hostile.list'] },
  ),
  encoded('a type whose prefix nobody has declared', { value: '<value i:type="evil:evil"/>' }, invalidRequest),
  encoded(
    'an object that is a class of somebody',
    { kind: 'object', value: '<value i:type="s:java.lang.Runtime"><x>1</x></value>' },
    { result: { x: '1' }, runs: ['hostile.object'] },
  ),
];

export const soapEncoding: AttackClass = {
  name: 'SOAP encoding',
  attacks: [
    ...sizes,
    ...references,
    {
      name: 'the encoding of SOAP 1.1 in SOAP 1.2',
      on: ['SOAP 1.2'],
      send: (endpoint) => send(endpoint, { operation }),
      expects: { fault: 'encoding-unknown' },
    },
    {
      name: 'the encoding of SOAP 1.2',
      on: ['SOAP 1.2'],
      send: (endpoint) => send(endpoint, { operation: ' e:encodingStyle="http://www.w3.org/2003/05/soap-encoding"' }),
      expects: { fault: 'encoding-unknown' },
    },
  ],
};
