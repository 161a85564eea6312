import { expect } from 'chai';
import type { Protocol } from '../../lib/protocol.ts';
import { createRouter } from '../../lib/router.ts';

const protocol = (name: string, ...routes: Protocol['routes']) => ({ name, routes }) as unknown as Protocol;
const match = createRouter([
  protocol('a', { path: '/a', methods: ['POST'] }, { path: '/A', methods: ['POST'] }),
  protocol('b', { path: '/b/', prefix: true, methods: ['GET'] }),
  protocol('c', { path: '/b/c/', prefix: true, methods: ['GET'] }),
  protocol('d', { path: '/d', methods: ['POST'] }, { path: '/d/*', methods: ['POST'] }),
  protocol('e', { path: '/b/e/*', methods: ['POST'] }),
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

  it('finds one segment, and no more than one', () => {
    expect(['/d', '/d/x', '/d/x%2Fy', '/d/*', '/d/..'].map(found)).eql(['d ', 'd x', 'd x%2Fy', 'd *', 'd ..']);
    for (const path of ['/d/', '/d//', '/d/x/', '/d/x/y', '/d//x', '/dx']) expect(found(path), path).equal(undefined);
    expect(['/b/e/x', '/b/e/', '/b/e/x/y'].map(found)).eql(['e x', 'b e/', 'b e/x/y']);
  });

  it('finds nothing else', () => {
    for (const path of ['/', '', '/a/', '/aa', '/b', '//a', '/B/x', 'a', '/%61', 'http://x/a', 'constructor', '*'])
      expect(found(path), path).equal(undefined);
  });
});
