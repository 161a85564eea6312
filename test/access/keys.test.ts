import { expect } from 'chai';
import { overDatabases } from './databases.ts';
import { calls, dialects, type House, openHouse, protocolOf } from './house.ts';

interface Made {
  readonly key: { readonly id: string };
  readonly secret: string;
}

overDatabases('API keys', (kind) => {
  let house: House;
  before(async () => {
    house = await openHouse({ kind });
  });
  after(() => house.close());
  beforeEach(() => {
    calls.length = 0;
  });

  const make = (limits: object = {}) => house.admin<Made>('create_key', { name: 'Robot', ...limits });
  const header = ({ secret }: Made) => ({ 'X-API-Key': secret });

  for (const dialect of dialects) {
    it(`let a program call over ${dialect}, by its name`, async () => {
      const made = await make();
      const ending = await house.call(dialect, 'test.client', { text: 'hello' }, header(made));
      expect(ending).include({ code: 'ok', value: 'hello Robot' });
      expect(await house.call(dialect, 'test.client', { text: 'hello' })).include({ code: 'unauthenticated' });
    });

    it(`are refused over ${dialect} once they are wrong, and nothing runs`, async () => {
      const made = await make();
      const [id = '', secret = ''] = made.secret.split('.');
      const other = await make();
      const wrong = [
        `${id}.${secret.slice(0, -1)}`,
        `${id}.${secret}x`,
        `${id}.`,
        id,
        `.${secret}`,
        `${id}.${other.secret.split('.')[1]}`,
        `nobody00000000000000.${secret}`,
        'x'.repeat(8_000),
        '\u00e9.\u00e9',
        '..',
      ];
      for (const text of wrong) {
        for (const name of ['test.client', 'test.open', 'test.nowhere']) {
          const ending = await house.call(dialect, name, { text: 'x' }, { 'X-API-Key': text });
          expect(ending, `${name} with ${text.slice(0, 60)}`).include({ code: 'invalid-credentials' });
          expect(ending.text).not.include(secret);
        }
      }
      expect(calls).deep.equal([]);
    });

    it(`count only over their protocols (${dialect})`, async () => {
      const own = await make({ protocols: [protocolOf(dialect)] });
      const others = ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'mcp'].filter((name) => name !== protocolOf(dialect));
      const foreign = await make({ protocols: others });
      expect((await house.call(dialect, 'test.client', { text: 'a' }, header(own))).code).equal('ok');
      expect((await house.call(dialect, 'test.client', { text: 'a' }, header(foreign))).code).equal('forbidden');
    });

    it(`count only for their functions (${dialect})`, async () => {
      const made = await make({ functions: ['test.cl*', 'test.open'] });
      expect((await house.call(dialect, 'test.client', { text: 'a' }, header(made))).code).equal('ok');
      expect((await house.call(dialect, 'test.heavy', { text: 'a' }, header(made))).code).equal('forbidden');
      expect((await house.call(dialect, 'test.hidden', { text: 'a' }, header(made))).code).equal('unknown-function');
    });
  }

  it('end with a connection that is open, too, when their time ends', async () => {
    const made = await make({ valid_until: new Date(Date.now() + 700) });
    expect((await house.call('rest', 'test.client', { text: 'a' }, header(made))).code).equal('ok');
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect((await house.call('rest', 'test.client', { text: 'a' }, header(made))).code).equal('invalid-credentials');
  });

  it('change their secret with an overlap, by an administrator', async () => {
    const made = await make();
    const fresh = await house.admin<{ readonly secret: string }>('rotate_key', { id: made.key.id, overlap: 60 });
    for (const secret of [made.secret, fresh.secret]) {
      expect((await house.call('rest', 'test.client', { text: 'a' }, { 'X-API-Key': secret })).code).equal('ok');
    }
    const last = await house.admin<{ readonly secret: string }>('rotate_key', { id: made.key.id, overlap: 0 });
    for (const secret of [made.secret, fresh.secret]) {
      const ending = await house.call('rest', 'test.client', { text: 'a' }, { 'X-API-Key': secret });
      expect(ending.code).equal('invalid-credentials');
    }
    expect((await house.call('rest', 'test.client', { text: 'a' }, { 'X-API-Key': last.secret })).code).equal('ok');
  });

  it('are renewed by their owner before they end', async () => {
    const made = await make();
    const renewed = await house.call('rest', 'auth.renewkey', { key: made.key.id }, header(made));
    expect(renewed.code, renewed.text).equal('ok');
    const { secret } = renewed.value as { readonly secret: string };
    expect((await house.call('soap', 'test.client', { text: 'a' }, { 'X-API-Key': secret })).code).equal('ok');
    expect((await house.call('soap', 'test.client', { text: 'a' }, header(made))).code).equal('ok');
  });

  it('note when they were used, in the background', async () => {
    const made = await make();
    await house.call('rest', 'test.client', { text: 'a' }, header(made));
    for (let i = 0; ; i++) {
      const shown = await house.admin<{ readonly last_used?: Date; readonly last_address?: string }>('show_key', {
        id: made.key.id,
      });
      if (shown.last_used !== undefined) {
        expect(shown.last_address).equal('127.0.0.1');
        break;
      }
      if (i === 40) throw new Error('its use was not noted within four seconds');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
});
