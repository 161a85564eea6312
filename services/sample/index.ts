import type { AnyFunction } from '../../lib/define.ts';
import { apiList } from './api-list.ts';
import { kinds } from './kinds.ts';
import { createUsers, getUsers } from './records.ts';
import { add, echo, fail, greet, slow } from './tests.ts';

/** Functions to try a client with. */
export const sampleFunctions: readonly AnyFunction[] = [
  echo,
  greet,
  add,
  kinds,
  fail,
  slow,
  createUsers,
  getUsers,
  apiList,
];
