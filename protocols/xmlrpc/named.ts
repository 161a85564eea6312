import { type Fields, unwrap } from '../../lib/descriptor.ts';

/** Whether parameters may come in one struct by name: the first one is not itself read from a struct. */
export function takesNamed(params: Fields): boolean {
  const [first] = Object.values(params);
  if (first === undefined) return true;
  const { kind } = unwrap(first).core;
  return kind !== 'object' && kind !== 'map' && kind !== 'json';
}
