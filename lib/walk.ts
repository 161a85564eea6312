import { type Descriptor, unwrap } from './descriptor.ts';
import type { Issues } from './issues.ts';

/**
 * Calls `check` for every text in a value that fits its descriptor, keys of maps included, and notes what it returns
 * under the text's path. For protocols that cannot carry every character; run only once writing has failed.
 */
export function checkTexts(
  descriptor: Descriptor,
  value: unknown,
  issues: Issues,
  check: (text: string) => string | undefined,
): void {
  const { core } = unwrap(descriptor);
  if (value === undefined || value === null) return;
  if (core.kind === 'string' || core.kind === 'enum') note(value as string, issues, check);
  else if (core.kind === 'json') checkJson(value, issues, check);
  else if (core.kind === 'list') entries(value as unknown[], () => core.item, issues, check);
  else if (core.kind === 'map') {
    for (const key of Object.keys(value)) note(key, issues, check);
    entries(value, () => core.value, issues, check);
  } else if (core.kind === 'object') entries(value, (name) => core.fields[name], issues, check);
}

/** Texts and names inside a JSON value. */
function checkJson(value: unknown, issues: Issues, check: (text: string) => string | undefined): void {
  if (typeof value === 'string') note(value, issues, check);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, item] of Object.entries(value)) {
    if (!Array.isArray(value)) note(name, issues, check);
    issues.enter(name);
    checkJson(item, issues, check);
    issues.leave();
  }
}

function note(text: string, issues: Issues, check: (text: string) => string | undefined): void {
  const wrong = check(text);
  if (wrong !== undefined) issues.add('character', wrong);
}

function entries(
  value: object,
  of: (name: string) => Descriptor | undefined,
  issues: Issues,
  check: (text: string) => string | undefined,
): void {
  for (const [name, item] of Object.entries(value)) {
    const descriptor = of(name);
    if (descriptor === undefined) continue;
    issues.enter(name);
    checkTexts(descriptor, item, issues, check);
    issues.leave();
  }
}
