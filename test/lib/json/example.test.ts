import { expect } from 'chai';
import { t } from '../../../lib/builders.ts';
import { exampleJson } from '../../../lib/json/example.ts';
import { fn, problems } from '../catalog-problems.ts';

const params = {
  at: t.datetime(),
  raw: t.nullable(t.bytes()),
  list: t.list(t.object('Example', { day: t.date(), at: t.optional(t.datetime()), id: t.int64() })),
  any: t.optional(t.json()),
};
const json = {
  at: '2026-02-28T12:00:00.000Z',
  raw: 'AP8=',
  list: [{ day: '2026-02-28', at: '2026-02-28T12:00:00.000Z', id: '9007199254740993' }],
};

describe('lib/json/example', () => {
  const at = new Date('2026-02-28T12:00:00Z');
  const values = { at, raw: Uint8Array.of(0, 255), list: [{ day: '2026-02-28', at, id: 9_007_199_254_740_993n }] };

  for (const [name, example] of [
    ['as handlers get them', values],
    ['as JSON has them', json],
  ] as const) {
    it(`takes values ${name}`, () => {
      expect(problems(fn({ params, examples: [{ params: example }] }))).to.deep.equal([]);
      expect(exampleJson({ params }, example)).to.deep.equal(json);
    });
  }

  it('refuses what is none of both', () => {
    const wrong = { at: new Date(Number.NaN), raw: [0, 255], list: [] };
    expect(problems(fn({ params, examples: [{ params: wrong }] })).join())
      .to.contain('at')
      .and.to.contain('raw');
  });
});
