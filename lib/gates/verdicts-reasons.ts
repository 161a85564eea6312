import type { Fault } from '../fault.ts';
import type { Supposition } from './verdicts-supposition.ts';

/** What one gate has to say, for administrators. */
export interface Reasons {
  pass(supposed: Supposition): string;
  refuse(supposed: Supposition, fault: Fault): string;
  /** Why the gate is not asked, or cannot be without a real request; undefined where it is. */
  idle?(supposed: Supposition): string | undefined;
}

/** A list for people. */
export function words(list: readonly string[]): string {
  return list.length === 0 ? 'none' : list.join(', ');
}

/** What is said of a gate that only a real request can come to. */
export function onlyReal(text: (supposed: Supposition) => string): Reasons {
  return { pass: text, refuse: text, idle: text };
}
