import htm from 'htm';
import { h, type VNode } from 'preact';

/** Templates of elements and components. */
export const html = htm.bind(h) as unknown as (strings: TemplateStringsArray, ...values: readonly unknown[]) => VNode;
