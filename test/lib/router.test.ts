import { expect } from 'chai';
import type { Protocol } from '../../lib/protocol.ts';
import { createRouter } from '../../lib/router.ts';

const protocol = (name: string, ...routes: Protocol['routes']) => ({ name, routes }) as unknown as Protocol;
const match = createRouter([
  protocol('a', { path: '/a', methods: ['POST'] }, { path: '/A', methods: ['POST'] }),
  protocol('b', { path: '/b/', prefix: true, methods: ['GET'] }),
  protocol('c', { path: '/b/c/', prefix: true, methods: ['GET'] }),
]);
const found = (path: string) => {
  const it = match(path);
  return it === undefined ? undefined : `${it.protocol.name} ${it.tail}`;
};

describe('lib/router', () => {
  it('finds exact paths, then the longest prefix', () => {
    expect(['/a', '/A', '/b/x.y', '/b/', '/b/c/d/e', '/b/c'].map(found)).eql([
      'a ',
      'a ',
      'b x.y',
      'b ',
      'c d/e',
      'b c',
    ]);
  });

  it('finds nothing else', () => {
    for (const path of ['/', '', '/a/', '/aa', '/b', '//a', '/B/x', 'a', '/%61', 'http://x/a', 'constructor', '*'])
      expect(found(path), path).equal(undefined);
  });
});
