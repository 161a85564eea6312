import type { AttackClass } from '../attack.ts';
import { xmlEntities } from './xml-entities.ts';

/** Every class of attacks, under the name that it has in the table of classes. */
export const attackClasses: readonly AttackClass[] = [xmlEntities];
