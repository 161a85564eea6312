import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import fc from 'fast-check';
import { t } from '../../../lib/builders.ts';
import { joinText } from '../../../lib/chunks.ts';
import { jsonWriter } from '../../../lib/json/write.ts';
import { schemaOf } from '../../../lib/schema.ts';
import { validator } from '../../../lib/validate.ts';
import { described, descriptors } from '../random.ts';

const form = { form: 'wire', open: false, list: 16_384 } as const;
const compile = (schema: object) =>
  new Ajv2020({ strict: false, ownProperties: true, validateFormats: false }).compile(schema);

describe('lib/schema', () => {
  it('exports JSON Schema 2020-12 that compiles (property)', () => {
    fc.assert(
      fc.property(descriptors(), (descriptor) => {
        const schema = schemaOf(descriptor, form);
        expect(JSON.parse(JSON.stringify(schema))).eql(schema);
        compile(schema);
      }),
      { numRuns: 60 },
    );
  });

  it('takes on the wire what our writers write (property)', () => {
    fc.assert(
      fc.property(described, ([descriptor, value]) => {
        if (!validator(descriptor).fits(value)) return;
        const wire: unknown = JSON.parse(joinText(jsonWriter(descriptor)(value)));
        const check = compile(schemaOf(descriptor, form));
        expect(check(wire), JSON.stringify([check.errors, wire])).equal(true);
      }),
      { numRuns: 60 },
    );
  });

  it('says what documentation needs: titles, descriptions, defaults, limits', () => {
    const schema = schemaOf(
      t.object('User', {
        id: t.int64({ description: 'Who.' }),
        age: t.default(t.int({ min: 0, max: 150 }), 18),
        tags: t.optional(t.list(t.string({ max: 5, pattern: '^a' }), { min: 1, max: 3 })),
        mood: t.nullable(t.enum(['good', 'bad'])),
        map: t.map(t.int(), { max: 2 }),
      }),
      form,
    );
    const notes = { min: 1n, max: 9n, description: 'Few.', deprecated: 'nobody reads it' };
    expect(schemaOf(t.int64(notes), form)).include({
      minimum: 1,
      maximum: 9,
      description: 'Few. Must be at least 1 and at most 9. Deprecated: nobody reads it',
      deprecated: true,
    });
    expect(schemaOf(t.decimal({ min: '0.1' }), form)).include({ description: 'Must be at least 0.1.' });
    expect(schema).deep.equal({
      title: 'User',
      type: 'object',
      properties: {
        id: {
          type: ['string', 'integer'],
          pattern: '^-?(0|[1-9][0-9]{0,18})$',
          minimum: -(2 ** 63),
          exclusiveMaximum: 2 ** 63,
          format: 'int64',
          description: 'Who.',
        },
        age: { type: 'integer', minimum: 0, maximum: 150, default: 18 },
        tags: { type: 'array', items: { type: 'string', maxLength: 5, pattern: '^a' }, minItems: 1, maxItems: 3 },
        mood: { anyOf: [{ type: 'null' }, { type: 'string', enum: ['good', 'bad'] }] },
        map: {
          type: 'object',
          additionalProperties: { type: 'integer', minimum: -2_147_483_648, maximum: 2_147_483_647 },
          maxProperties: 2,
        },
      },
      required: ['id', 'mood', 'map'],
      additionalProperties: false,
    });
  });
});
