import { Fault } from '../lib/fault.ts';
import { Issues } from '../lib/issues.ts';
import { checkTexts } from '../lib/walk.ts';
import { escapeText } from '../protocols/xml/write.ts';
import type { ClientCall } from './client.ts';

/**
 * Writes what goes into an XML message.
 * @throws Fault `invalid-params` with the paths of what XML cannot carry (XML 1.0 §2.2)
 */
export function carried<T>({ fn, params }: ClientCall, write: () => T): T {
  try {
    return write();
  } catch (reason) {
    if (!(reason instanceof Fault) || reason.code !== 'invalid-result') throw reason;
    const issues = new Issues();
    for (const [name, param] of Object.entries(fn.params)) {
      issues.enter(name);
      issues.collect(() => checkTexts(param, params[name], issues, problem));
      issues.leave();
    }
    throw issues.fault('invalid-params', `The parameters cannot be sent: ${reason.message}`);
  }
}

function problem(text: string): string | undefined {
  try {
    escapeText(text);
    return undefined;
  } catch (reason) {
    return `has ${(reason as Fault).message}`;
  }
}
