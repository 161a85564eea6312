import { expect } from 'chai';
import { type Client, createClientAsync, type IOptions } from 'soap';
import { areSampleUsers, customField, newUser, oddText, sampleServer } from './sample-server.ts';

type Result = Readonly<Record<string, unknown>>;

async function call(client: Client, name: string, params: unknown): Promise<unknown> {
  const [answer] = (await client[`${name}Async`](params)) as readonly Result[];
  return answer?.['result'];
}

/** The Fault element as node-soap read it. */
async function faultOf(client: Client, name: string, params: unknown): Promise<Result> {
  const reason = await call(client, name, params).then(
    () => undefined,
    (error: { readonly root?: { readonly Envelope: { readonly Body: { readonly Fault: Result } } } }) => error,
  );
  if (reason?.root === undefined) throw new Error('the call did not end in a fault', { cause: reason });
  return reason.root.Envelope.Body.Fault;
}

/** How the error object is read; numbers inside of it stay texts. */
const refusal = { code: 'test-refused', message: 'The test was refused', data: { reason: oddText, attempts: '3' } };
const issue = { path: 'a', code: 'type', message: 'must be a whole number' };

const url = (server: () => string, query: string): string => `${server()}/soap${query}`;

const structure = {
  string: oddText,
  boolean: true,
  int: 42,
  // A JavaScript number is all that node-soap has: it rounds what was sent in full.
  int64: 2 ** 63,
  float: 0.5,
  decimal: 0.1,
  date: new Date('2026-02-28'),
  datetime: new Date('2026-02-28T12:34:56.789Z'),
  bytes: Buffer.from(oddText).toString('base64'),
  enum: 'green',
  list: { item: [oddText, ''] },
  map: {
    entry: [
      { key: 'one', value: 1 },
      { key: 'two', value: 2 },
    ],
  },
  object: { x: 1, y: -1 },
  json: '{"any":["thing",1,null]}',
};

describe('npm soap', () => {
  const server = sampleServer();

  const versions: readonly [query: string, options: IOptions][] = [
    ['?wsdl', {}],
    ['?wsdl=1.2', { forceSoap12Headers: true }],
  ];
  for (const [query, options] of versions) {
    describe(query, () => {
      let client: Client;
      before(async () => {
        client = await createClientAsync(url(server, query), options);
      });

      it('echoes', async () => {
        expect(await call(client, 'test_echo', { string: oddText })).to.equal(oddText);
      });
      it('reads a structure', async () => {
        expect(await call(client, 'test_kinds', { value: oddText })).to.deep.equal(structure);
      });
      it('sends and reads lists of one', async () => {
        const params = { users: { item: [{ ...newUser, customfields: { item: [customField] } }] } };
        const result = await call(client, 'sample_create_users', params);
        expect(result).to.deep.equal({ item: [{ id: 1, username: 'ana' }] });
      });
      it('reads 1,000 records', async () => {
        const { item } = (await call(client, 'sample_get_users', {})) as { readonly item: readonly unknown[] };
        expect(areSampleUsers(item)).to.equal(true);
        expect(item[0]).to.deep.include({
          suspended: true,
          grade: 0.25,
          customfields: { item: [{ type: 'dept', value: 'D0' }] },
        });
      });
      it('reads a declared fault', async () => {
        const fault = await faultOf(client, 'test_fail', { reason: oddText });
        const detail = (fault['detail'] ?? fault['Detail']) as { readonly TestRefusedFault: unknown };
        expect(detail.TestRefusedFault).to.deep.include(refusal);
      });
      it('reads what does not fit', async () => {
        const fault = await faultOf(client, 'test_add', { a: 'x', b: 3 });
        const detail = (fault['detail'] ?? fault['Detail']) as { readonly PolywireFault: unknown };
        expect(detail.PolywireFault).to.deep.include({ code: 'invalid-params', issues: { item: issue } });
      });
    });
  }

  it('names the fault as each version has it', async () => {
    const one = await createClientAsync(url(server, '?wsdl'));
    expect(await faultOf(one, 'test_fail', { reason: 'a' })).to.include({
      faultcode: 'soap:Client',
      faultstring: 'The test was refused',
    });
    const two = await createClientAsync(url(server, '?wsdl=1.2'), { forceSoap12Headers: true });
    const { Code, Reason } = await faultOf(two, 'test_fail', { reason: 'a' });
    expect(Code).to.deep.include({ Value: 'env:Sender' });
    expect(Reason).to.have.nested.property('Text.$value', 'The test was refused');
  });

  describe('?wsdl=encoded', () => {
    let client: Client;
    before(async () => {
      client = await createClientAsync(url(server, '?wsdl=encoded'));
      // node-soap leaves the encodingStyle out, by which SOAP 1.1 §4.1.1 tells rpc/encoded messages.
      client.addBodyAttribute({ 'soap:encodingStyle': 'http://schemas.xmlsoap.org/soap/encoding/' });
    });

    it('echoes', async () => {
      const result = await call(client, 'test_echo', { string: oddText });
      expect(result).to.deep.equal({ attributes: { 'xsi:type': 'xsd:string' }, $value: oddText });
    });
    it('reads a structure, each value with its type', async () => {
      const result = (await call(client, 'test_kinds', { value: oddText })) as Readonly<Record<string, Result>>;
      expect(result['string']).to.deep.include({ $value: oddText });
      expect(result['int']).to.deep.equal({ attributes: { 'xsi:type': 'xsd:int' }, $value: 42 });
      expect(result['datetime']).to.deep.include({ $value: new Date('2026-02-28T12:34:56.789Z') });
      expect(result['list']?.['attributes']).to.deep.include({ 'soapenc:arrayType': 'xsd:string[2]' });
    });
    it('sends and reads lists of one', async () => {
      const params = { users: { item: [{ ...newUser, customfields: { item: [customField] } }] } };
      const result = (await call(client, 'sample_create_users', params)) as { readonly item: Result };
      expect(result.item['username']).to.deep.include({ $value: 'ana' });
    });
    it('reads 1,000 records', async () => {
      const { item } = (await call(client, 'sample_get_users', null)) as { readonly item: readonly Result[] };
      expect(item.length).to.equal(1_000);
      expect(item[5]?.['firstname']).to.deep.include({ $value: 'Tom & Co' });
    });
    it('reads faults', async () => {
      const { faultcode, detail } = await faultOf(client, 'test_fail', { reason: oddText });
      expect(faultcode).to.equal('soap:Client');
      expect(detail).to.have.nested.property('TestRefusedFault.data.reason.$value', oddText);
      const wrong = await faultOf(client, 'test_add', { a: 'x', b: 3 });
      expect(wrong['detail']).to.have.nested.property('PolywireFault.issues.item.path.$value', 'a');
    });
  });
});
