import { isUtf8 } from 'node:buffer';
import { Fault } from '../../lib/fault.ts';
import { checkCharset } from '../../lib/json/parse.ts';
import type { Limits } from '../../lib/settings.ts';
import { type Pair, plant, type Texts } from './form.ts';

/** Bytes of headers that a part may have. */
const longestHeaders = 4_096;

/**
 * Reads multipart/form-data (RFC 7578): fields are texts, files are bytes for parameters of that kind.
 * @throws Fault `malformed`, `too-large`, `invalid-encoding`, `unsupported-encoding`
 */
export function parseMultipart(body: Buffer, contentType: string, limits: Limits): Texts {
  checkCharset(contentType, 'A form');
  const boundary = /;\s*boundary\s*=\s*(?:"([^"\r\n]{1,70})"|([^\s";,]{1,70}))/i.exec(contentType);
  const name = boundary?.[1] ?? boundary?.[2];
  if (name === undefined) throw broken('has no boundary');
  return plant(splitParts(body, Buffer.from(name, 'latin1'), limits), limits);
}

function broken(what: string): Fault {
  return new Fault('malformed', `The multipart body ${what}`);
}

function text(content: Buffer): string {
  if (!isUtf8(content)) throw new Fault('invalid-encoding', 'A field is not valid UTF-8');
  return content.toString('utf8');
}

/** The parts between the boundary lines (RFC 2046 §5.1.1); text before the first and after the last is nothing. */
function splitParts(body: Buffer, boundary: Buffer, limits: Limits): Pair[] {
  const dashes = Buffer.concat([Buffer.from('--'), boundary]);
  const delimiter = Buffer.concat([Buffer.from('\r\n'), dashes]);
  let at = body.subarray(0, dashes.length).equals(dashes) ? dashes.length : after(body, delimiter, 0);
  const parts: Pair[] = [];
  while (body.toString('latin1', at, at + 2) !== '--') {
    const line = /^[ \t]*\r\n/.exec(body.toString('latin1', at, at + 100));
    if (line === null) throw broken('has a broken boundary line');
    const start = at + line[0].length;
    const end = body.indexOf(delimiter, start - 2);
    if (end === -1) throw broken('has no end');
    if (parts.length >= limits.queryParameters)
      throw new Fault('too-large', `There are more than ${limits.queryParameters} fields`);
    parts.push(readPart(body.subarray(start, Math.max(start, end))));
    at = end + delimiter.length;
  }
  return parts;
}

function after(body: Buffer, delimiter: Buffer, from: number): number {
  const at = body.indexOf(delimiter, from);
  if (at === -1) throw broken('does not contain its boundary');
  return at + delimiter.length;
}

/** What says which field it is: of two, each reader could believe another. */
function dispositionOf(headers: string): string {
  const [disposition, second] = headers.matchAll(/^content-disposition:[ \t]*([^\r\n]*)$/gim);
  if (second !== undefined) throw broken('has a part with two dispositions');
  return /^form-data(.*)$/i.exec(disposition?.[1] ?? '')?.[1] ?? '';
}

function nameIn(disposition: string): string {
  const [name, second] = disposition.matchAll(/;[ \t]*name="((?:[^"\\\r\n]|\\.)*)"/gi);
  if (second !== undefined) throw broken('has a part with two names');
  if (name?.[1] === undefined) throw broken('has a part without a name');
  return name[1];
}

function readPart(part: Buffer): Pair {
  const blank = part.indexOf('\r\n\r\n');
  if (blank === -1 || blank > longestHeaders) throw broken('has a part without headers');
  const headers = part.toString('utf8', 0, blank);
  const disposition = dispositionOf(headers);
  const name = nameIn(disposition);
  if (/^content-transfer-encoding:[ \t]*(?!7bit|8bit|binary)/im.test(headers))
    throw broken('has a part with a transfer encoding');
  const content = part.subarray(blank + 4);
  const isFile = /;[ \t]*filename\*?=/i.test(disposition);
  if (!isFile) checkCharset(/^content-type:([^\r\n]*)$/im.exec(headers)?.[1], 'A field');
  return [name.replace(/%22/g, '"').replace(/\\(.)/g, '$1'), isFile ? new Uint8Array(content) : text(content)];
}
