import { expect } from 'chai';
import { frameOf, type Measure } from '../../../../console/usage/chart/frame.ts';
import type { Kind, Layer } from '../../../../console/usage/chart/layer.ts';

const measure: Measure = { whole: true, least: 1, axis: String, text: String };
const layer = (values: Layer['values']): Layer => ({ name: 'a', title: 'A', look: 1, whole: '', values });
const frame = (kind: Kind, values: readonly Layer['values'][], more: Partial<Measure> = {}, width = 600) =>
  frameOf({ kind, layers: values.map(layer), measure: { ...measure, ...more }, width });

describe('console/usage/chart/frame', () => {
  it('reaches to the highest stack of bars, and to the highest of lines', () => {
    const values = [
      [3, 9],
      [9, null],
    ];
    expect(frame('bars', values).ticks.at(-1)).to.equal(15);
    expect(frame('lines', values).ticks.at(-1)).to.equal(10);
  });

  it('has zero at the bottom and the last mark at the top', () => {
    const { y, ticks, height } = frame('bars', [[100]]);
    expect([y(0), y(ticks.at(-1) ?? 0)]).to.deep.equal([height, 0]);
  });

  it('reaches as far as it should where there is nothing', () => {
    expect(frame('lines', [[null, null]], { least: 0.02, whole: false }).ticks.at(-1)).to.equal(0.02);
    expect(frame('bars', []).ticks).to.deep.equal([0, 1]);
  });

  it('leaves room for the longest text of the axis, and a plot however narrow it is', () => {
    const short = frame('bars', [[1]]);
    const long = frame('bars', [[1]], { axis: (value) => `${value} calls of all` });
    expect(long.left).to.be.greaterThan(short.left + 80);
    expect(long.left + long.width).to.equal(short.left + short.width);
    expect(frame('bars', [[1]], {}, 0).width).to.be.greaterThan(0);
  });
});
