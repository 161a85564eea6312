import { covers } from '../../lib/gates/patterns.ts';
import { usage } from './failure.ts';

const name = /^[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*$/;
const glob = /^[A-Za-z*][A-Za-z0-9_.*]*$/;

/** Whether a pattern is a glob: `*` stands for any characters. */
export function isGlob(pattern: string): boolean {
  return pattern.includes('*');
}

/** Functions that no glob switches on: each is named. */
export function isProtected(functionName: string): boolean {
  return /^(?:admin|auth)\./.test(functionName);
}

/**
 * Refuses what can be neither the name of a function nor a glob.
 * @throws CommandFailure
 */
export function checkPattern(pattern: string): void {
  const possible = isGlob(pattern) ? glob.test(pattern) : name.test(pattern) && pattern.length <= 100;
  if (!possible) throw usage(`'${pattern}' is neither the name of a function nor a glob such as 'test.*'`);
}

/**
 * Refuses what cannot switch on any function.
 * @throws CommandFailure
 */
export function checkUsefulPattern(pattern: string): void {
  checkPattern(pattern);
  if (isGlob(pattern) && isProtected(pattern)) {
    throw usage(`no glob matches admin.* and auth.*: name each function instead of '${pattern}'`);
  }
}

/** Whether a pattern switches a function on, as the server has it. */
export function matches(pattern: string, functionName: string): boolean {
  if (!isGlob(pattern)) return pattern === functionName;
  return !isProtected(functionName) && covers(pattern, functionName);
}

/** Whether there is a name that both patterns match. */
export function overlap(a: string, b: string): boolean {
  const unmatched = (isProtected(a) && isGlob(b)) || (isProtected(b) && isGlob(a));
  return !unmatched && meet([...a], [...b]);
}

/** Whether two patterns have a text in common; `row[j]` says whether what is read of `a` meets `j` characters of `b`. */
function meet(a: readonly string[], b: readonly string[]): boolean {
  let row = [true];
  for (const [j, d] of b.entries()) row.push(row[j] === true && d === '*');
  for (const c of a) {
    const next = [row[0] === true && c === '*'];
    b.forEach((d, j) => {
      const free = c === '*' || d === '*';
      const here = row[j] === true && (free || c === d);
      next.push(here || (free && (row[j + 1] === true || next[j] === true)));
    });
    row = next;
  }
  return row[b.length] === true;
}
