import type { JsonDescriptor, ScalarDescriptor } from '../../lib/descriptor.ts';
import { Fault } from '../../lib/fault.ts';
import type { Issues } from '../../lib/issues.ts';
import { parseJson } from '../../lib/json/parse.ts';
import { jsonReader } from '../../lib/json/read.ts';
import type { Settings } from '../../lib/settings.ts';
import { readText, type Spelling } from '../../lib/text-value.ts';

/** XML Schema part 2: white space around values does not count, and a moment without zone is UTC with us (DESIGN §3). */
const spelling: Spelling = { xml: true, zoneless: 'utc' };

/** Reads simple content as the value of a scalar descriptor. */
export function readScalar(d: ScalarDescriptor, text: string, issues: Issues): unknown {
  switch (d.kind) {
    case 'string':
    case 'enum':
      return text;
    case 'int':
      return plainInt(text) ?? readText(d, text, issues, spelling);
    case 'boolean':
      if (text === 'true' || text === '1') return true;
      if (text === 'false' || text === '0') return false;
      return readText(d, text, issues, spelling);
    default:
      return readText(d, text, issues, spelling);
  }
}

/** An int in its usual form, of at most nine digits. */
function plainInt(text: string): number | undefined {
  const { length } = text;
  let value = text.charCodeAt(0) - 48;
  if (length === 1) return value >= 0 && value <= 9 ? value : undefined;
  if (length === 0 || length > 9 || value < 1 || value > 9) return undefined;
  for (let i = 1; i < length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

/** Reads simple content that holds JSON text (DESIGN §3, kind json). */
export function readJson(d: JsonDescriptor, text: string, issues: Issues, settings: Settings): unknown {
  try {
    return jsonReader(d)(parseJson(text, settings.limits).value, issues);
  } catch (reason) {
    if (reason instanceof Fault && reason.code !== 'invalid-params')
      return issues.add('type', `must hold JSON: ${reason.message}`);
    throw reason;
  }
}
