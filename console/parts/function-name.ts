import { Fragment, type VNode } from 'preact';
import { html } from '../html.ts';

/** A function's name that breaks, where it must, after its dots, strokes and underscores. */
export function FunctionName({ name }: { readonly name: string }): VNode {
  const [first = '', ...others] = name.split(/(?<=[./_])/);
  return html`${first}${others.map((part) => html`<${Fragment}><wbr />${part}<//>`)}`;
}
