import type { Edge } from './edge.ts';
import { bytesEdges } from './edges/bytes.ts';
import { callEdges } from './edges/calls.ts';
import { integerEdges } from './edges/integers.ts';
import { jsonEdges } from './edges/json.ts';
import { listEdges } from './edges/lists.ts';
import { mapEdges } from './edges/maps.ts';
import { objectEdges } from './edges/objects.ts';
import { realEdges } from './edges/reals.ts';
import { textEdges } from './edges/text.ts';
import { timeEdges } from './edges/times.ts';
import { wrapperEdges } from './edges/wrappers.ts';

/** All kinds, in the order of DESIGN §3, and what calls as a whole are about. */
export const kinds = [
  'string',
  'boolean',
  'int',
  'int64',
  'float',
  'decimal',
  'date',
  'datetime',
  'bytes',
  'enum',
  'list',
  'map',
  'object',
  'json',
  'nullable',
  'optional',
  'default',
  'no-returns',
  'parameters',
] as const;

const edges: readonly Edge[] = [
  ...textEdges,
  ...integerEdges,
  ...realEdges,
  ...timeEdges,
  ...bytesEdges,
  ...listEdges,
  ...mapEdges,
  ...objectEdges,
  ...jsonEdges,
  ...wrapperEdges,
  ...callEdges,
];

/** Every row, kind by kind. */
export const table: readonly Edge[] = kinds.flatMap((kind) => edges.filter((edge) => edge.kind === kind));
