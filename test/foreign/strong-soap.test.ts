import { expect } from 'chai';
import { soap } from 'strong-soap';
import { areSampleUsers, customField, newUser, oddText, sampleServer } from './sample-server.ts';

type Client = Parameters<Parameters<typeof soap.createClient>[2]>[1];
type Fault = Readonly<Record<string, unknown>>;

function createClient(url: string, options: Parameters<typeof soap.createClient>[1]): Promise<Client> {
  return new Promise((resolve, reject) => {
    soap.createClient(url, options, (error, client) => (error ? reject(error) : resolve(client)));
  });
}

function call(client: Client, name: string, params: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    client[name]?.(params, (error, answer) => {
      if (error) reject(error);
      else resolve((answer as { readonly result: unknown }).result);
    });
  });
}

async function detailOf(client: Client, name: string, params: unknown): Promise<Fault> {
  const reason = await call(client, name, params).then(
    () => undefined,
    (error: { readonly root?: { readonly Envelope: { readonly Body: { readonly Fault: Fault } } } }) => error,
  );
  const fault = reason?.root?.Envelope.Body.Fault;
  if (fault === undefined) throw new Error('the call did not end in a fault', { cause: reason });
  return (fault['detail'] ?? fault['Detail']) as Fault;
}

describe('npm strong-soap', () => {
  const server = sampleServer();

  for (const [query, options] of [
    ['?wsdl', {}],
    ['?wsdl=1.2', { forceSoap12Headers: true }],
  ] as const) {
    describe(query, () => {
      let client: Client;
      before(async () => {
        client = await createClient(`${server()}/soap${query}`, options);
      });

      it('echoes', async () => {
        expect(await call(client, 'test_echo', { string: oddText })).to.equal(oddText);
      });
      it('reads a structure', async () => {
        const result = await call(client, 'test_kinds', { value: oddText });
        expect(result).to.deep.include({
          string: oddText,
          boolean: true,
          int: 42,
          float: 0.5,
          datetime: new Date('2026-02-28T12:34:56.789Z'),
          bytes: Buffer.from(oddText).toString('base64'),
          enum: 'green',
          object: { x: 1, y: -1 },
          json: '{"any":["thing",1,null]}',
          nullable: null,
        });
        expect(result).to.have.nested.property('list.item[0]', oddText);
        expect(result).to.have.nested.property('map.entry[1].value', 2);
      });
      it('sends and reads lists of one', async () => {
        const params = { users: { item: [{ ...newUser, customfields: { item: [customField] } }] } };
        const result = await call(client, 'sample_create_users', params);
        expect(result).to.deep.equal({ item: [{ id: 1, username: 'ana' }] });
      });
      it('reads 1,000 records', async () => {
        const { item } = (await call(client, 'sample_get_users', {})) as { readonly item: readonly unknown[] };
        expect(areSampleUsers(item)).to.equal(true);
        expect(item[0]).to.deep.include({ customfields: { item: [{ type: 'dept', value: 'D0' }] } });
      });
      it('reads a declared fault', async () => {
        const { TestRefusedFault } = await detailOf(client, 'test_fail', { reason: oddText });
        expect(TestRefusedFault).to.deep.include({ code: 'test-refused', message: 'The test was refused' });
        expect(TestRefusedFault).to.have.nested.property('data.reason', oddText);
      });
      it('reads what does not fit', async () => {
        const { PolywireFault } = await detailOf(client, 'test_add', { a: 'x', b: 3 });
        expect(PolywireFault).to.include({ code: 'invalid-params' });
        expect(JSON.stringify(PolywireFault)).to.include('"path":"a"').and.to.include('must be a whole number');
      });
    });
  }
});
