import { expect } from 'chai';
import { type AnyFunction, createServer, define, t } from '../../index.ts';
import type { Descriptor, Fields } from '../../lib/descriptor.ts';
import { generatorNameWarnings } from '../../wsdl/generator-names.ts';
import { sample } from './sample.ts';

function fn(name: string, params: Fields, returns?: Descriptor): AnyFunction {
  return define(name, {
    description: name,
    effect: 'read',
    params,
    returns,
    handler: () => undefined as never,
  }) as AnyFunction;
}

const warned = (...functions: AnyFunction[]) =>
  generatorNameWarnings(functions).map(({ at, problem }) => `${at}: ${problem}`);
const where = (...functions: AnyFunction[]) => generatorNameWarnings(functions).map(({ at }) => at);

describe('names that generators cannot hold', () => {
  it('are none in a sound catalog, even where they are words of languages', () => {
    expect(generatorNameWarnings(sample)).to.deep.equal([]);
    const members =
      'class default void register func def end self this int String Object type range nil BEGIN __init__ _x x_'.split(
        ' ',
      );
    const fields = Object.fromEntries(members.map((name) => [name, t.string()]));
    expect(warned(fn('words.all', fields, t.object('Words', fields)))).to.deep.equal([]);
    expect(warned(fn('users.class', {}), fn('default.value', {}), fn('echo', {}), fn('end', {}))).to.deep.equal([]);
    expect(warned(fn('f', {}, t.object('class', { Exception: t.object('Object', {}) })))).to.deep.equal([]);
  });

  it('are functions and types named as a language has a word', () => {
    expect(warned(fn('class', {}))).to.deep.equal([
      'class: name: class is a word of Java: wsimport leaves the operation out',
    ]);
    expect(warned(fn('chan', {}, t.object('func', {})))).to.deep.equal([
      'chan: name: chan is a word of Go: what gowsdl generates does not compile',
      'chan: returns: func is a word of Go: what gowsdl generates does not compile',
    ]);
    expect(where(fn('constructor', {}), fn('then', {}))).to.deep.equal(['constructor: name', 'then: name']);
    expect(where(fn('bool', {}), fn('uint16', {}))).to.deep.equal(['bool: name', 'uint16: name']);
    expect(where(fn('async', { await: t.int() }, t.object('System', {})))).to.deep.equal([
      'async: name',
      'async: params/await',
      'async: returns',
    ]);
  });

  it('are functions that have a place in stubs already', () => {
    expect(where(fn('get.class', {}), fn('notify_all', {}), fn('Url', {}))).to.deep.equal([
      'get.class: name',
      'notify_all: name',
      'Url: name',
    ]);
    expect(warned(fn('users.find', {}), fn('users.findAsync', {}), fn('users.findCompleted', {}))).to.deep.equal([
      "users.findAsync: name: users_findAsync is what the proxies of Mono's wsdl have for users.find: they do not compile",
      "users.findCompleted: name: users_findCompleted is what the proxies of Mono's wsdl have for users.find: they do not compile",
    ]);
    expect(warned(fn('users.find', {}), fn('users.findall', {}), fn('timeout', {}), fn('url', {}))).to.deep.equal([]);
  });

  it('are types named as XML Schema or Java name theirs', () => {
    expect(warned(fn('f', { a: t.list(t.object('Date', {})) }))).to.deep.equal([
      'f: params/a/item: Date is the name of a type of XML Schema: gowsdl takes it for that one',
    ]);
    expect(where(fn('f', {}, t.object('STRING', {})))).to.deep.equal(['f: returns', 'f: returns']);
  });

  it('are parameters and fields', () => {
    const odd = { NULL: t.int(), unix: t.int(), throws: t.int(), _: t.int(), xml_id: t.int() };
    const names = Object.keys(odd);
    expect(where(fn('f', odd))).to.deep.equal(names.map((name) => `f: params/${name}`));
    expect(where(fn('f', {}, t.object('O', odd)))).to.deep.equal(names.map((name) => `f: returns/${name}`));
  });

  it('are warned of at start, with function and path', async () => {
    const lines: string[] = [];
    const log = { write: (line: string) => void lines.push(line) };
    const server = await createServer({ functions: [fn('users.get', { NULL: t.int() }), fn('import', {})], log });
    await server.close(100);
    const messages = lines.map((line) => (JSON.parse(line) as { readonly msg: string }).msg);
    expect(messages).to.include('import: name: import is a word of Java: wsimport leaves the operation out');
    expect(
      messages.filter((message) => message.startsWith('users.get: params/NULL: NULL is a macro of C')),
    ).to.have.length(1);
  });
});
