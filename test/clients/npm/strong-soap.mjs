/** npm's strong-soap, by the WSDL: strong-soap.mjs URL 1.1|1.2|encoded */
import { soap } from 'strong-soap';
import parser from 'strong-soap/src/parser/helper.js';
import { check, expectSame, Impossible, odd, values } from './report.mjs';
import { readers as shapeReaders, writers as shapeWriters, within } from './shapes.mjs';

const [, , url, mode] = process.argv;
const encoded = mode === 'encoded';
const wsdl = `${url}/soap?wsdl${mode === '1.1' ? '' : `=${mode}`}`;
const encoding = 'http://schemas.xmlsoap.org/soap/encoding/';

const bytes = (text) => Buffer.from(text ?? '', 'base64');

// how strong-soap holds the types of XML Schema: numbers would round these
Object.assign(parser.schemaTypes, { long: BigInt, decimal: String, base64Binary: bytes });

/** In rpc/encoded strong-soap leaves values as texts, beside the types that came with them. */
const natives = {
  base64Binary: bytes,
  boolean: (text) => text === 'true',
  dateTime: (text) => new Date(text),
  double: Number,
  int: Number,
  long: BigInt,
};

/**
 * strong-soap leaves the encodingStyle out, by which SOAP 1.1 §4.1.1 tells rpc/encoded messages; its security objects may add
 * to the envelope, and there can be one only.
 */
class Encoding {
  constructor(security) {
    this.security = security;
  }

  addHttpHeaders(headers) {
    this.security?.addHttpHeaders(headers);
  }

  addSoapHeaders(header) {
    header.root().attribute('soap:encodingStyle', encoding);
    this.security?.addSoapHeaders(header);
  }
}

function makeClient(security) {
  return new Promise((resolve, reject) => {
    soap.createClient(wsdl, { forceSoap12Headers: mode === '1.2' }, (error, made) => {
      if (error) reject(error);
      if (encoded) made.setSecurity(new Encoding(security));
      else if (security) made.setSecurity(security);
      resolve(made);
    });
  });
}

const client = await makeClient();

function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (value?.constructor !== Object) return value;
  const { $attributes, $value, ...members } = value;
  const { type } = $attributes?.$xsiType ?? {};
  if (natives[type]) return natives[type]($value);
  // what is empty has no value
  if (type === 'string') return $value ?? '';
  return $value ?? Object.fromEntries(Object.entries(members).map(([name, member]) => [name, plain(member)]));
}

function call(operation, params = {}, using = client) {
  return new Promise((resolve, reject) => {
    using[operation](params, (error, answer) => (error ? reject(error) : resolve(plain(answer?.result))));
  });
}

const readers = {
  ...shapeReaders,
  bytes: (value) => value ?? bytes(),
  list: (value) => within(value, 'item').map((item) => item ?? ''),
  string: (value) => value ?? '',
};

const writers = {
  ...shapeWriters,
  datetime: (value) => value.toISOString(),
  // without a type of its own a value of rpc/encoded cannot be nil
  nullable: (value) =>
    encoded ? { $attributes: { $xsiType: { type: 'Holder', xmlns: 'urn:polywire' } }, ...value } : value,
};

async function get(kind, name) {
  const value = await call(`edges_get_${kind}`, { name });
  if (name === 'lines' && value === value.trim()) throw new Impossible('strong-soap trims the text of every element');
  return readers[kind]?.(value) ?? value;
}

function put(kind, name, value) {
  return call(`edges_put_${kind}`, { name, value: writers[kind]?.(value) ?? value });
}

/** The error object of a fault; strong-soap's error has what it read of the answer. */
async function detail(operation, params, element) {
  const reason = await call(operation, params).catch((error) => error);
  const { Fault } = reason.root.Envelope.Body;
  return plain((Fault.detail ?? Fault.Detail)[element]);
}

async function known(security) {
  expectSame(await call('edges_who', {}, await makeClient(security)), 'ana');
}

function wsse(passwordType) {
  const { POLYWIRE_USER: user, POLYWIRE_PASSWORD: password } = process.env;
  return known(new soap.WSSecurity(user, password, { passwordType, hasTimeStamp: false }));
}

await check('echo', async () => expectSame(await call('test_echo', { string: odd }), odd));
await values(get, put);
await check('list-of-one', async () => expectSame(await get('list', 'one'), ['only']));
await check('default.absent', async () => expectSame(await call('edges_put_default', { name: 'absent' }), 'exact'));
await check('nothing', async () => expectSame(await call('edges_nothing'), undefined));
await check('fault.declared', async () => {
  const { code, data } = await detail('test_fail', { reason: odd }, 'TestRefusedFault');
  expectSame([code, data.reason, Number(data.attempts)], ['test-refused', odd, 3]);
  return `an Error, its root.Envelope.Body.Fault an object${typeof data.attempts === 'string' ? ' with numbers as text' : ''}`;
});
await check('fault.params', async () => {
  const { code, issues } = await detail('test_greet', { name: '' }, 'PolywireFault');
  expectSame([code, within(issues, 'item')[0].path], ['invalid-params', 'name']);
  return 'an Error, its root.Envelope.Body.Fault an object with issues';
});
await check('token', () => known(new soap.BearerSecurity(process.env['POLYWIRE_TOKEN'])));
await check('wsse.text', () => wsse('PasswordText'));
await check('wsse.digest', () => wsse('PasswordDigest'));
