import { expect } from 'chai';
import {
  changesOf,
  type FieldSpec,
  localMoment,
  paramsOf,
  problemsIn,
  problemsOf,
  valuesOf,
} from '../../../console/administration/records/form-fields.ts';
import { distance, quotaText, standingOf } from '../../../console/administration/records/standing.ts';

const fields: readonly FieldSpec[] = [
  { name: 'name', kind: 'text', label: 'Name', required: true },
  { name: 'notes', kind: 'area', label: 'Notes' },
  { name: 'functions', kind: 'list', label: 'Functions' },
  { name: 'valid_from', kind: 'moment', label: 'Begins', nullable: true },
  { name: 'valid_until', kind: 'moment', label: 'Ends', nullable: true },
  { name: 'per_day', kind: 'count', label: 'Calls a day', nullable: true },
  { name: 'signing', kind: 'flag', label: 'It signs' },
  {
    name: 'state',
    kind: 'choice',
    label: 'State',
    choices: [
      ['active', 'Active'],
      ['suspended', 'Suspended'],
    ],
  },
  { name: 'password', kind: 'password', label: 'Password' },
];
const moment = '2031-05-06T07:08:00.000Z';
const record = {
  name: 'Shop',
  notes: '',
  functions: ['users.*'],
  valid_until: moment,
  per_day: 10,
  signing: false,
  state: 'active',
};

describe('console: forms of records', () => {
  it('sends what is filled in and leaves out what is not', () => {
    const empty = valuesOf(fields);
    expect(paramsOf(fields, { ...empty, name: ' Shop ' })).to.deep.equal({
      name: 'Shop',
      signing: false,
      state: 'active',
    });
    const full = {
      ...empty,
      name: 'Shop',
      functions: ['a.b'],
      valid_until: localMoment(moment),
      per_day: '0',
      password: ' 8 spaces ',
    };
    expect(paramsOf(fields, full)).to.deep.equal({
      name: 'Shop',
      functions: ['a.b'],
      valid_until: moment,
      per_day: 0,
      signing: false,
      state: 'active',
      password: ' 8 spaces ',
    });
  });

  it('sends of a change only what is another value, and null for what is taken away', () => {
    const values = valuesOf(fields, record);
    expect(changesOf(fields, values, record)).to.deep.equal({});
    const changed = { ...values, functions: [], valid_until: '', per_day: '', notes: 'new', signing: true };
    expect(changesOf(fields, changed, record)).to.deep.equal({
      notes: 'new',
      functions: [],
      valid_until: null,
      per_day: null,
      signing: true,
    });
    expect(changesOf(fields, { ...values, notes: '' }, { ...record, notes: 'old' })).to.deep.equal({ notes: '' });
  });

  it('keeps the seconds of a moment that nobody has touched', () => {
    const exact = { ...record, valid_until: '2031-05-06T07:08:09.123Z' };
    expect(changesOf(fields, valuesOf(fields, exact), exact)).to.deep.equal({});
  });

  it('says what is wrong before anything is sent', () => {
    const empty = valuesOf(fields);
    expect(Object.keys(problemsOf(fields, empty))).to.deep.equal(['name']);
    const wrong = {
      ...empty,
      name: 'x',
      per_day: '-1',
      password: 'short',
      valid_from: '2031-01-02T00:00',
      valid_until: '2031-01-01T00:00',
    };
    expect(Object.keys(problemsOf(fields, wrong)).sort()).to.deep.equal(['password', 'per_day', 'valid_until']);
    expect(problemsOf(fields, { ...empty, name: 'x', per_day: ' 0 ' })).to.deep.equal({});
  });

  it('puts what the server found beside its field, and tells what belongs to none', () => {
    const issue = (path: string) => ({ path, code: 'x', message: 'must be another' });
    const { byField, others } = problemsIn(fields, { issues: [issue('functions/1'), issue('name')] });
    expect(byField).to.deep.equal({ functions: 'Item 2 must be another.', name: 'Must be another.' });
    expect(others).to.equal(false);
    const nested = [{ name: 'limits/body', kind: 'count', label: 'Body' }] as const;
    expect(problemsIn(nested, { issues: [issue('limits/body')] }).byField).to.have.key('limits/body');
    expect(problemsIn(nested, { issues: [issue('limits/body2')] }).others).to.equal(true);
    expect(problemsIn(fields, { issues: [issue('id')] }).others).to.equal(true);
    expect(problemsIn(fields, {}).others).to.equal(true);
  });
});

describe('console: whether a record counts', () => {
  const now = Date.parse('2030-06-01T00:00:00Z');
  const word = (counted: Parameters<typeof standingOf>[0]) => standingOf(counted, now).word;

  it('says it in a word, the strongest reason first', () => {
    expect(word({})).to.equal('Active');
    expect(word({ enabled: true })).to.equal('Enabled');
    expect(word({ enabled: false })).to.equal('Disabled');
    expect(word({ revoked: '2030-01-01T00:00:00Z', state: 'suspended' })).to.equal('Revoked');
    expect(word({ state: 'suspended', valid_until: '2020-01-01T00:00:00Z' })).to.equal('Suspended');
    expect(word({ state: 'active' })).to.equal('Active');
    expect(word({ valid_until: '2030-06-01T00:00:00Z' })).to.equal('Ended');
    expect(word({ valid_from: '2030-06-03T00:00:00Z' })).to.equal('Begins in 2 days');
    expect(word({ valid_until: '2030-06-04T01:00:00Z' })).to.equal('Ends in 3 days');
  });

  it('warns within two weeks of the end', () => {
    expect(standingOf({ valid_until: '2030-06-14T23:59:59Z' }, now).tone).to.equal('warn');
    expect(standingOf({ valid_until: '2030-06-15T00:00:00Z' }, now).tone).to.equal('good');
  });

  it('tells distances and quotas for people', () => {
    expect(distance('2030-05-31T22:00:00Z', now)).to.equal('2 hours ago');
    expect(distance('2032-06-02T00:00:00Z', now)).to.equal('in 2 years');
    expect(distance('2030-05-31T23:59:30Z', now)).to.equal('just now');
    expect(distance('2030-08-29T23:59:59Z', now)).to.equal('in 90 days');
    expect(distance('2031-06-01T00:00:00Z', now)).to.equal('in 12 months');
    expect(distance('2030-06-02T00:00:00Z', now)).to.equal('in 24 hours');
    expect(quotaText(undefined, undefined)).to.equal('as the settings say');
    expect(quotaText(0, undefined)).to.equal('not limited');
    expect(quotaText(60, 1000)).to.equal('60 a minute, 1000 a day');
  });
});
