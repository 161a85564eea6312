import { expect } from 'chai';
import {
  functionOff,
  globsOf,
  patternOn,
  patternsOff,
  protocolChange,
  siteChange,
  switchesIn,
} from '../../../console/administration/switches/changes.ts';
import {
  covers,
  patternProblem,
  patternsFor,
  withoutFunction,
} from '../../../console/administration/switches/patterns.ts';
import {
  consequenceOf,
  filteredRows,
  groupedRows,
  isPublic,
  obstaclesTo,
  rowsOf,
  type SwitchedFunction,
  type Switches,
  wantsAsking,
} from '../../../console/administration/switches/switch-state.ts';
import { namePatterns, covers as serverCovers } from '../../../lib/gates/patterns.ts';

const free = { client: 'none', user: 'none', capabilities: [] } as const;

function fn(name: string, more: Partial<SwitchedFunction> = {}): SwitchedFunction {
  return { name, title: `About ${name}.`, effect: 'read', listed: true, access: free, ...more };
}

const functions = [
  fn('admin.audit'),
  fn('users.get'),
  fn('users.list'),
  fn('users.update', { effect: 'write' }),
  fn('users.remove', { effect: 'write', access: { ...free, client: 'required' } }),
  fn('echo'),
];
const names = functions.map(({ name }) => name);
const off: Switches = { enablewebservices: false, enabledwsprotocols: [], enabledwsfunctions: [] };

describe('console: switches', () => {
  it('understands patterns as the gates do', () => {
    const patterns = [
      '*',
      'users.*',
      '*.get',
      'users.get',
      'admin.*',
      'admin.audit',
      'u*s.l*',
      'echo',
      '*ers.update',
      'a.b',
    ];
    for (const pattern of patterns) {
      const server = namePatterns([pattern]);
      expect(
        names.filter((name) => patternsFor([pattern])(name).length > 0),
        pattern,
      ).to.deep.equal(names.filter(server));
      for (const inner of patterns) {
        expect(covers(pattern, inner), `${pattern} ${inner}`).to.equal(serverCovers(pattern, inner));
      }
    }
  });

  it('names the others where a glob has to go for one function', () => {
    const list = withoutFunction('users.get', ['users.*', 'echo', 'users.get'], names);
    expect(list).to.deep.equal(['echo', 'users.list', 'users.update', 'users.remove']);
    expect(names.filter(namePatterns(list))).to.deep.equal(
      names.filter((name) => name !== 'users.get' && !name.startsWith('admin.')),
    );
    expect(withoutFunction('users.get', ['*', 'users.l*'], names)).to.deep.equal([
      'users.l*',
      'users.update',
      'users.remove',
      'echo',
    ]);
  });

  it('says what is wrong with a pattern before it is sent', () => {
    expect(patternProblem('', names)).to.equal(undefined);
    expect(patternProblem('users.*', names)).to.equal(undefined);
    expect(patternProblem('users get', names)).to.match(/Letters/);
    expect(patternProblem('admin.*', names)).to.match(/by name/);
    expect(patternProblem('orders.*', names)).to.equal('No function matches.');
  });

  it('tells every switch that keeps a function from answering', () => {
    const [row] = rowsOf([fn('echo')], off);
    expect(obstaclesTo(row!, 'soap', off)).to.deep.equal(['site', 'protocol', 'function']);
    const on = { enablewebservices: true, enabledwsprotocols: ['soap'], enabledwsfunctions: ['*'] };
    const [open] = rowsOf([fn('echo')], on);
    expect(open!.by).to.deep.equal(['*']);
    expect(obstaclesTo(open!, 'soap', on)).to.deep.equal([]);
    expect(obstaclesTo(open!, 'rest', on)).to.deep.equal(['protocol']);
  });

  it('asks before public functions that write begin to answer, by whichever switch', () => {
    const ready = { ...off, enabledwsprotocols: ['rest'], enabledwsfunctions: ['users.*'] };
    const site = consequenceOf(functions, ready, siteChange(ready).after);
    expect(site.opens).to.deep.equal(['users.update']);
    expect(wantsAsking(site)).to.equal(true);
    const on = { ...ready, enablewebservices: true };
    expect(consequenceOf(functions, on, protocolChange(on, 'soap').after).opens).to.deep.equal(['users.update']);
    const reads = { ...on, enabledwsfunctions: ['users.get'] };
    expect(wantsAsking(consequenceOf(functions, reads, patternOn(reads, 'echo').after))).to.equal(false);
    expect(consequenceOf(functions, reads, patternOn(reads, 'users.update').after).opens).to.deep.equal([
      'users.update',
    ]);
    expect(
      wantsAsking(consequenceOf(functions, off, patternOn(off, 'users.update').after)),
      'nothing answers yet',
    ).to.equal(false);
  });

  it('asks before nothing answers any more', () => {
    const on = {
      enablewebservices: true,
      enabledwsprotocols: ['rest', 'soap'],
      enabledwsfunctions: ['users.get', 'echo'],
    };
    expect(consequenceOf(functions, on, siteChange(on).after)).to.deep.equal({ opens: [], silences: true, ends: 2 });
    expect(wantsAsking(consequenceOf(functions, on, protocolChange(on, 'soap').after))).to.equal(false);
    const one = { ...on, enabledwsprotocols: ['rest'] };
    expect(consequenceOf(functions, one, protocolChange(one, 'rest').after).silences).to.equal(true);
    expect(consequenceOf(functions, on, patternsOff(on, ['echo']).after)).to.deep.equal({
      opens: [],
      silences: false,
      ends: 1,
    });
  });

  it('makes changes whose outcome is what the server makes of them', () => {
    const held = { ...off, enabledwsfunctions: ['users.*', 'users.get', 'echo'] };
    expect(patternsOff(held, ['users.*']).after.enabledwsfunctions).to.deep.equal(['echo']);
    expect(patternOn(held, 'echo').after.enabledwsfunctions).to.deep.equal(held.enabledwsfunctions);
    const only = functionOff(held, 'users.list', names);
    expect(only.call).to.equal('admin.update_settings');
    expect(only.params).to.deep.equal({
      changes: { enabledwsfunctions: ['users.get', 'echo', 'users.update', 'users.remove'] },
    });
    expect(globsOf(['users.*', 'users.get'])).to.deep.equal(['users.*']);
    expect(switchesIn({ settings: { ...held, limits: {} } as Switches })).to.deep.equal(held);
    expect(switchesIn(held)).to.deep.equal(held);
  });

  it('knows what is public', () => {
    expect(isPublic(fn('a'))).to.equal(true);
    expect(isPublic(fn('a', { access: { ...free, capabilities: ['x:y'] } }))).to.equal(false);
    expect(isPublic(fn('a', { access: { ...free, client: 'optional', user: 'required' } }))).to.equal(false);
  });

  it('finds rows by every word and groups them, those of administration last', () => {
    const rows = rowsOf(functions, { ...off, enabledwsfunctions: ['users.*'] });
    expect(filteredRows(rows, 'USERS about list', 'all').map(({ name }) => name)).to.deep.equal(['users.list']);
    expect(filteredRows(rows, '', 'off').map(({ name }) => name)).to.deep.equal(['admin.audit', 'echo']);
    expect(filteredRows(rows, 'users.*', 'on')).to.have.length(4);
    expect(groupedRows(rows).map(({ name, count, on, drawn }) => [name, count, on, drawn.length])).to.deep.equal([
      ['users', 4, 4, 4],
      ['', 1, 0, 1],
      ['admin', 1, 0, 1],
    ]);
    expect(groupedRows(rows, 5).map(({ name, count, drawn }) => [name, count, drawn.length])).to.deep.equal([
      ['users', 4, 4],
      ['', 1, 1],
    ]);
  });
});
