import { isUtf8 } from 'node:buffer';
import qs from 'qs';
import { Fault } from '../../lib/fault.ts';
import type { Limits } from '../../lib/settings.ts';
import type { Texts } from './read.ts';

/** Percent-decoding as forms have it (WHATWG URL §5.1), but a broken escape or invalid UTF-8 is refused. */
function decoder(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (cause) {
    throw new Fault('invalid-encoding', 'A parameter has a broken escape or is not UTF-8', { cause });
  }
}

/**
 * Reads `a=1&b[0]=2&c[k]=3` into a tree of texts. Every limit is a refusal, never another shape of the input.
 * @throws Fault `too-large`, `invalid-encoding`
 */
export function parseForm(text: string, limits: Limits): Texts {
  if (text === '') return {};
  // biome-ignore lint/suspicious/noControlCharactersInRegex: anything but ASCII is looked at as bytes
  if (!/[^\x00-\x7f]/.test(text)) return parsePairs(text, limits);
  const bytes = Buffer.from(text, 'latin1');
  if (!isUtf8(bytes)) throw new Fault('invalid-encoding', 'The parameters are not UTF-8');
  return parsePairs(bytes.toString('utf8'), limits);
}

function parsePairs(text: string, limits: Limits): Texts {
  try {
    return qs.parse(text, {
      decoder,
      depth: limits.queryDepth,
      strictDepth: true,
      arrayLimit: limits.queryItems,
      parameterLimit: limits.queryParameters,
      throwOnLimitExceeded: true,
      allowSparse: true,
      allowPrototypes: true,
      plainObjects: true,
      comma: false,
    }) as Texts;
  } catch (reason) {
    if (reason instanceof RangeError) {
      throw new Fault(
        'too-large',
        `Parameters nest at most ${limits.queryDepth} deep, number at most ${limits.queryParameters}, and lists have at most ${limits.queryItems} items`,
        { cause: reason },
      );
    }
    throw reason;
  }
}
