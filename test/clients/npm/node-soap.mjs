/** npm's soap, by the WSDL: node-soap.mjs URL 1.1|1.2|encoded */
import { BearerSecurity, createClientAsync, WSSecurity } from 'soap';
import { check, expectSame, odd, values } from './report.mjs';
import { readers as shapeReaders, writers as shapeWriters, within } from './shapes.mjs';

const [, , url, mode] = process.argv;
const encoded = mode === 'encoded';
const wsdl = `${url}/soap?wsdl${mode === '1.1' ? '' : `=${mode}`}`;

const options = {
  forceSoap12Headers: mode === '1.2',
  preserveWhitespace: true,
  handleNilAsNull: true,
  // types that JavaScript's number, or node-soap's Date, would not hold
  customDeserializer: {
    long: BigInt,
    decimal: String,
    date: String,
    base64Binary: (text) => Buffer.from(text, 'base64'),
  },
};

async function makeClient() {
  const made = await createClientAsync(wsdl, options);
  // node-soap leaves the encodingStyle out, by which SOAP 1.1 §4.1.1 tells rpc/encoded messages
  if (encoded) made.addBodyAttribute({ 'soap:encodingStyle': 'http://schemas.xmlsoap.org/soap/encoding/' });
  return made;
}

const client = await makeClient();

/** In rpc/encoded node-soap gives values beside their attributes. */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (value?.constructor !== Object) return value;
  const { attributes, $value, ...members } = value;
  if (attributes?.['xsi:nil'] === 'true') return null;
  if (attributes && $value !== undefined) return $value;
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, plain(member)]));
}

async function call(operation, params, using = client) {
  const [answer] = await using[`${operation}Async`](params ?? null);
  return plain(answer?.result);
}

const readers = {
  ...shapeReaders,
  // an empty element is null, or has attributes only
  bytes: (value) => (Buffer.isBuffer(value) ? value : Buffer.alloc(0)),
};
const writers = { ...shapeWriters, datetime: (value) => value.toISOString() };

async function get(kind, name) {
  const value = await call(`edges_get_${kind}`, { name });
  return readers[kind]?.(value) ?? value;
}

function put(kind, name, value) {
  return call(`edges_put_${kind}`, { name, value: writers[kind]?.(value) ?? value });
}

/** The error object of a fault; node-soap rejects with what it read of the answer. */
async function detail(operation, params, element) {
  const reason = await call(operation, params).catch((error) => error);
  const { Fault } = reason.root.Envelope.Body;
  return plain((Fault.detail ?? Fault.Detail)[element]);
}

async function known(security) {
  const using = await makeClient();
  using.setSecurity(security);
  expectSame(await call('edges_who', null, using), 'ana');
}

function wsse(passwordType) {
  const { POLYWIRE_USER: user, POLYWIRE_PASSWORD: password } = process.env;
  return known(new WSSecurity(user, password, { passwordType, hasTimeStamp: false, hasNonce: true }));
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
await check('token', () => known(new BearerSecurity(process.env['POLYWIRE_TOKEN'])));
await check('wsse.text', () => wsse('PasswordText'));
await check('wsse.digest', () => wsse('PasswordDigest'));
