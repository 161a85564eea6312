import { expect } from 'chai';
import type { Descriptor } from '../../index.ts';
import type { Column } from './edge.ts';
import type { XmlElement } from './infoset.ts';

/** Checks that an answer's result is the expected one; texts of numbers and of JSON may be spelt in any way that means the same. */
export function sameResult(returns: Descriptor | undefined, column: Column, result: unknown, expected: unknown): void {
  if (column === 'xmlrpc') {
    checkPlainDoubles(result as XmlElement);
    expect(plainDoubles(result as XmlElement), 'the result').to.deep.equal(plainDoubles(expected as XmlElement));
  } else if (column === 'soap11' || column === 'soap12') {
    const read = textReader(returns);
    expect(texts(result as XmlElement, read), 'the result').to.deep.equal(texts(expected as XmlElement, read));
  } else expect(result, 'the result').to.deep.equal(expected);
}

type Comparable = Omit<XmlElement, 'text' | 'children'> & {
  readonly value: unknown;
  readonly children: readonly Comparable[];
};

function texts(element: XmlElement, read: (text: string) => unknown): Comparable {
  const { name, attributes, children, text } = element;
  return {
    name,
    attributes,
    value:
      children.length === 0 && attributes['{http://www.w3.org/2001/XMLSchema-instance}nil'] === undefined
        ? read(text)
        : text,
    children: children.map((one) => texts(one, read)),
  };
}

/** What the text of a leaf means. */
function textReader(returns: Descriptor | undefined): (text: string) => unknown {
  if (returns?.kind === 'float') return Number;
  if (returns?.kind === 'json') return (text) => JSON.parse(text);
  return (text) => text;
}

function plainDoubles(element: XmlElement): Comparable {
  const { name, attributes, children, text } = element;
  return { name, attributes, value: name === 'double' ? Number(text) : text, children: children.map(plainDoubles) };
}

/** The XML-RPC specification has no exponents in a double. */
function checkPlainDoubles(element: XmlElement): void {
  if (element.name === 'double') expect(element.text, 'a double').to.match(/^[+-]?[0-9]+(?:\.[0-9]+)?$/);
  for (const one of element.children) checkPlainDoubles(one);
}
