import type { FieldSpec } from './form-fields.ts';

/** From when until when, of everything that may end. */
export const validityFields: readonly FieldSpec[] = [
  { name: 'valid_until', kind: 'moment', label: 'Ends', hint: 'Without a moment it never ends.', nullable: true },
  {
    name: 'valid_from',
    kind: 'moment',
    label: 'Begins',
    hint: 'Without a moment it counts at once.',
    nullable: true,
    more: true,
  },
];

/** How often something may call. */
export const quotaFields: readonly FieldSpec[] = [
  {
    name: 'per_minute',
    kind: 'count',
    label: 'Calls a minute',
    hint: '0 is no limit; empty is as the settings say.',
    nullable: true,
    more: true,
  },
  {
    name: 'per_day',
    kind: 'count',
    label: 'Calls a day',
    hint: '0 is no limit; empty is as the settings say.',
    nullable: true,
    more: true,
  },
];

/** Where calls may come from. */
export const addressField: FieldSpec = {
  name: 'addresses',
  kind: 'list',
  label: 'Addresses',
  hint: 'Addresses and ranges that calls may come from, such as 192.0.2.7 or 10.0.0.0/8; none means all.',
  more: true,
};

/** What keys and tokens are good for. */
export const scopeFields: readonly FieldSpec[] = [
  {
    name: 'functions',
    kind: 'list',
    label: 'Functions',
    suggest: 'functions',
    hint: 'Names, or patterns such as users.*; none means all.',
  },
  { name: 'protocols', kind: 'picks', label: 'Protocols', suggest: 'protocols', hint: 'None means all.' },
  addressField,
];
