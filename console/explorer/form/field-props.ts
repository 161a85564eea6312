import type { ComponentChildren, VNode } from 'preact';
import type { Descriptor } from '../../../lib/descriptor.ts';
import type { FieldState } from './field-state.ts';

/** Changes a field, whatever has become of it meanwhile. */
export type Change = (update: (state: FieldState) => FieldState) => void;

/** What is wrong, by the path of the field. */
export type Problems = ReadonlyMap<string, string>;

/** The field of one value. */
export interface FieldProps {
  readonly label: ComponentChildren;
  readonly descriptor: Descriptor;
  readonly state: FieldState;
  readonly change: Change;
  /** As in issues: `users/3/email`. */
  readonly path: string;
  readonly problems: Problems;
}

/** A component that shows a field; it is handed down, since fields hold fields. */
export type FieldComponent = (props: FieldProps) => VNode;
