import { expect } from 'chai';
import { dialects } from '../../processes/call-over.ts';
import { hold } from '../misbehaving.ts';
import { expectNoted } from '../wellbeing.ts';
import { Attacked, record } from './attacked.ts';

const many = 100;
const mebibyte = 1_048_576;
/** Megabytes that V8 may use for what it collects. */
const heap = 256;

/** What comes close to the limit of a body in every protocol: one long text, or many small things. */
const bodies = {
  'a long text': () => ({ text: 'x'.repeat(1_047_000), things: [] }),
  'many things': () => ({
    text: '',
    things: Array.from({ length: 4_900 }, (_, i) => ({ id: BigInt(i), name: `thing ${i}` })),
  }),
} as const;

describe(`${many} bodies of 1 MiB at once with --max-old-space-size=${heap}`, function () {
  this.timeout(60_000);
  let attacked: Attacked;
  before(async () => {
    attacked = await Attacked.start({}, { execArgv: [`--max-old-space-size=${heap}`] });
  });
  after(() => attacked?.stop());

  for (const dialect of dialects) {
    for (const [what, make] of Object.entries(bodies)) {
      it(`${what}, held all together, over ${dialect}`, async () => {
        const { text, things } = make();
        const params = { text, things, ms: 1_500 };
        const size = attacked.bytes(dialect, hold, params).length;
        expect(size).within(mebibyte / 8, mebibyte);
        const endings = await Promise.all(
          Array.from({ length: many }, () => attacked.site.call(dialect, hold, params)),
        );
        for (const { code, value, text: body } of endings) {
          expect({ code, value }, body.slice(0, 300)).deep.equal({ code: 'ok', value: text.length + things.length });
        }
        await expectNoted(() => attacked.site.log, endings);
        await attacked.expectUnmoved();
        await attacked.expectPrompt();
        expect(attacked.site.lives).equal(true);
      });
    }
  }

  it('leaves memory as bounded as the heap is', async () => {
    const { peak } = await attacked.health();
    record('peak of the resident memory', peak);
    expect(peak, 'bytes').below(1_024 * mebibyte);
  });
});
