import { expect } from 'chai';
import { t } from '../../lib/builders.ts';

const User = t.object('User', {
  id: t.int64(),
  joined: t.datetime(),
  photo: t.optional(t.bytes()),
  tags: t.default(t.list(t.string()), []),
});

describe('lib/standard', () => {
  it('says its version and vendor', () => {
    const { version, vendor } = User['~standard'];
    expect({ version, vendor }).eql({ version: 1, vendor: 'polywire' });
  });

  it('reads JSON values into what handlers get', () => {
    const read = User['~standard'].validate({ id: '9007199254740993', joined: '2026-01-02T03:04:05Z', photo: 'AAE=' });
    expect(read).eql({
      value: {
        id: 9_007_199_254_740_993n,
        joined: new Date('2026-01-02T03:04:05Z'),
        photo: new Uint8Array([0, 1]),
        tags: [],
      },
    });
  });

  it('tells issues with their path as steps', () => {
    const read = User['~standard'].validate({ id: 'x', joined: '2026-01-02T03:04:05Z', tags: ['a', 5], other: 1 });
    expect(read.issues?.map(({ path }) => path)).deep.members([['id'], ['tags', '1'], ['other']]);
  });

  it('reports at most 20 issues', () => {
    const read = t.list(t.int())['~standard'].validate(Array.from({ length: 500 }, () => 'x'));
    expect(read.issues).have.length(20);
  });

  it('takes a whole value that is left out where it may be', () => {
    expect(t.optional(t.int())['~standard'].validate(undefined)).eql({ value: undefined });
    expect(t.default(t.int(), 7)['~standard'].validate(undefined)).eql({ value: 7 });
    expect(t.int()['~standard'].validate(undefined).issues).have.length(1);
  });

  it('exports JSON Schema 2020-12 that is JSON', () => {
    const schema = User['~standard'].jsonSchema.input({ target: 'draft-2020-12' });
    expect(schema).nested.property('properties.id.format', 'int64');
    expect(schema).nested.property('properties.joined.format', 'date-time');
    expect(schema).nested.property('properties.photo.contentEncoding', 'base64');
    expect(schema['required']).eql(['id', 'joined']);
    expect(schema['additionalProperties']).equal(false);
    expect(JSON.parse(JSON.stringify(schema))).eql(schema);
    expect(User['~standard'].jsonSchema.output({ target: 'draft-2020-12' })).eql(schema);
  });

  it('exports defaults as they stand on the wire', () => {
    const defaults = t.object('Defaults', {
      numbers: t.default(t.list(t.int64()), [5n]),
      when: t.default(t.datetime(), new Date(0)),
      text: t.default(t.string(), 'x'),
    });
    const text = JSON.stringify(defaults['~standard'].jsonSchema.input({ target: 'draft-2020-12' }));
    const { properties } = JSON.parse(text) as { properties: Record<string, { default?: unknown }> };
    expect(properties['text']?.default).equal('x');
    expect(properties['numbers']?.default ?? ['5']).eql(['5']);
    expect(properties['when']?.default ?? '1970-01-01T00:00:00.000Z').equal('1970-01-01T00:00:00.000Z');
  });

  it('refuses other dialects of JSON Schema', () => {
    expect(() => t.int()['~standard'].jsonSchema.input({ target: 'draft-07' })).throw(TypeError, 'draft-07');
  });
});
