import type { Node } from './tree.ts';

/**
 * The items of an array. One of several dimensions is sent as a single run of items: it becomes rows, each of them an
 * array with the dimensions that are left (SOAP 1.1 §5.4.2). Nothing is made by the sizes that a message announces;
 * undefined if the items that are there are not as many.
 */
export function arrayRows(node: Node): readonly Node[] | undefined {
  const { children, attributes } = node;
  const { dimensions } = attributes;
  if (dimensions === undefined || /^\[[ \t]*\]$/.test(dimensions)) return children;
  const sizes = dimensions
    .slice(1, -1)
    .split(',')
    .map((size) => size.trim());
  if (sizes.some((size) => !/^[0-9]{1,9}$/.test(size))) return undefined;
  const product = sizes.reduce((all, size) => all * Number(size), 1);
  if (product !== children.length) return undefined;
  if (sizes.length === 1) return children;
  if (product === 0) return Number(sizes[0]) === 0 ? [] : undefined;
  const width = product / Number(sizes[0]);
  const rest = `[${sizes.slice(1).join(',')}]`;
  return Array.from({ length: Number(sizes[0]) }, (_, row) => ({
    ...node,
    children: children.slice(row * width, (row + 1) * width),
    attributes: { dimensions: rest },
  }));
}
