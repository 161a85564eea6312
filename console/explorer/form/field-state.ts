import { toBase64 } from '../../../lib/base64.ts';
import { type Descriptor, type Fields, type Unwrapped, unwrap } from '../../../lib/descriptor.ts';

/** What a person has put into the controls of one value; which of the members count is told by the value's kind. */
export interface FieldState {
  /** Whether it is sent: what is optional may be left out. */
  readonly sent: boolean;
  /** Whether null is sent in its place. */
  readonly isNull: boolean;
  /** Of a scalar as it was typed, of bytes in base64, of JSON. */
  readonly text: string;
  /** The file that the bytes came from. */
  readonly file?: { readonly name: string; readonly size: number };
  /** Of a list or a map, in order. */
  readonly items: readonly ItemState[];
  /** Of an object, by their names. */
  readonly fields: FormState;
}

/** An item of a list, or an entry of a map; its id stays the same wherever it is moved. */
export interface ItemState {
  readonly id: number;
  readonly key: string;
  readonly state: FieldState;
}

/** The fields of an object, or the parameters of a function. */
export type FormState = Readonly<Record<string, FieldState>>;

type Core = Unwrapped['core'];

const nothing: FieldState = { sent: true, isNull: false, text: '', items: [], fields: {} };

/** A field as it stands there first: what is optional is not sent, lists are empty, a boolean is false. */
export function blankField(descriptor: Descriptor): FieldState {
  const { core, optional } = unwrap(descriptor);
  return {
    ...nothing,
    sent: !optional,
    text: core.kind === 'boolean' ? 'false' : '',
    fields: core.kind === 'object' ? blankForm(core.fields) : {},
  };
}

/** A form as it stands there first. */
export function blankForm(fields: Fields): FormState {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, blankField(field)]));
}

/** A form that holds values as handlers have them; what they leave out is not sent. */
export function formOf(fields: Fields, values: Readonly<Record<string, unknown>>): FormState {
  const states = Object.entries(fields).map(([name, field]) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return [name, value === undefined ? { ...blankField(field), sent: false } : fieldOf(field, value)] as const;
  });
  return Object.fromEntries(states);
}

/** A field that holds a value. */
function fieldOf(descriptor: Descriptor, value: unknown): FieldState {
  if (value === null && unwrap(descriptor).nullable) return { ...blankField(descriptor), sent: true, isNull: true };
  const { core } = unwrap(descriptor);
  switch (core.kind) {
    case 'list':
      return {
        ...nothing,
        items: (value as unknown[]).map((item, id) => ({ id, key: '', state: fieldOf(core.item, item) })),
      };
    case 'map':
      return {
        ...nothing,
        items: Object.entries(value as object).map(([key, item], id) => ({
          id,
          key,
          state: fieldOf(core.value, item),
        })),
      };
    case 'object':
      return { ...nothing, fields: formOf(core.fields, value as Record<string, unknown>) };
    default:
      return { ...nothing, text: textOf(core, value) };
  }
}

/** A value as it is typed into its control. */
export function textOf(core: Core, value: unknown): string {
  switch (core.kind) {
    case 'datetime':
      return (value as Date).toISOString();
    case 'bytes':
      return toBase64(value as Uint8Array);
    case 'json':
    case 'list':
    case 'map':
    case 'object':
      return JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner));
    default:
      return String(value);
  }
}

/** A list or map with one more item at its end. */
export function withItem(state: FieldState, item: Descriptor): FieldState {
  const id = Math.max(-1, ...state.items.map((other) => other.id)) + 1;
  return { ...state, items: [...state.items, { id, key: '', state: { ...blankField(item), sent: true } }] };
}

/** A list or map without an item. */
export function withoutItem(state: FieldState, id: number): FieldState {
  return { ...state, items: state.items.filter((item) => item.id !== id) };
}

/** A list whose item has changed places with its neighbour. */
export function withItemMoved(state: FieldState, id: number, by: 1 | -1): FieldState {
  const items = [...state.items];
  const from = items.findIndex((item) => item.id === id);
  const [moved, other] = [items[from], items[from + by]];
  if (moved === undefined || other === undefined) return state;
  items[from] = other;
  items[from + by] = moved;
  return { ...state, items };
}

/** A list or map one of whose items has changed. */
export function withItemChanged(state: FieldState, id: number, change: (item: ItemState) => ItemState): FieldState {
  return { ...state, items: state.items.map((item) => (item.id === id ? change(item) : item)) };
}
