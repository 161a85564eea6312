import { expect } from 'chai';
import { groupsOf, type ListedFunction, piecesOf, searchOf } from '../../console/explorer/search.ts';

function listed(name: string, title = '', more: Partial<ListedFunction> = {}): ListedFunction {
  return { name, title, description: title, effect: 'read', on: true, listed: true, protocols: [], ...more };
}

const functions = [
  listed('admin.users', 'Lists users.'),
  listed('test.greet', 'Greets somebody.'),
  listed('test.add', 'Adds two numbers.'),
  listed('users.add', 'Creates a user.'),
  listed('users.get_users', 'Finds users by one field.'),
  listed('users.old_get', 'Finds users.', { deprecated: { since: '1' } }),
  listed('users.off_get', 'Finds users.', { on: false }),
  listed('ping', 'Says that the server is there.'),
];
const search = searchOf(functions);
const names = (query: string): readonly string[] => search(query).map(({ name }) => name);

describe('the search over functions', () => {
  it('puts names before what is said of them, and beginnings before what is inside', () => {
    expect(names('users')).to.deep.equal([
      'users.add',
      'users.get_users',
      'users.off_get',
      'users.old_get',
      'admin.users',
    ]);
    expect(names('users.get_users')[0]).to.equal('users.get_users');
    expect(names('user')[0]).to.equal('users.add');
    expect(names('somebody')).to.deep.equal(['test.greet']);
  });

  it('wants every word, in any order and any case', () => {
    expect(names('ADD users')).to.deep.equal(['users.add']);
    expect(names('greet test')).to.deep.equal(['test.greet']);
    expect(names('greet nothing')).to.deep.equal([]);
  });

  it('finds by letters that stand apart when nothing is nearer', () => {
    expect(names('tgrt')).to.deep.equal(['test.greet']);
    expect(names('zz')).to.deep.equal([]);
  });

  it('puts what is off or deprecated behind its equals', () => {
    expect(names('finds')).to.deep.equal(['users.get_users', 'users.off_get', 'users.old_get']);
  });

  it('marks every place of a word and loses no letter', () => {
    const marked = (text: string, ...words: string[]) =>
      piecesOf(text, words)
        .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
        .join('');
    expect(marked('users.get_users', 'users')).to.equal('[users].get_[users]');
    expect(marked('Greets', 'gree', 'eets')).to.equal('[Greets]');
    expect(marked('plain', 'x')).to.equal('plain');
    expect(marked('', 'x')).to.equal('');
    expect(marked('İstanbul', 'i')).to.equal('İstanbul');
  });

  it('groups by the first part of the name', () => {
    expect(groupsOf(functions).map(({ title, functions: { length } }) => [title, length])).to.deep.equal([
      ['admin', 1],
      ['test', 2],
      ['users', 4],
      ['Others', 1],
    ]);
  });
});
