import type { AnyFunction, ListedFunction } from '../../lib/define.ts';
import type { Descriptor } from '../../lib/descriptor.ts';
import { jsonPieces } from '../../lib/json/pieces.ts';
import { jsonWriter } from '../../lib/json/write.ts';

/** Whether a result is no object by itself, so that it is the member `result` of one (MCP "Structured Content"). */
export function isWrapped({ returns }: Pick<ListedFunction, 'returns'>): boolean {
  return returns?.kind !== 'object' && returns?.kind !== 'map';
}

/** A checked result: structured, and the same as text for clients that know no other (MCP "Structured Content"). */
export function toolResult(fn: AnyFunction, value: unknown): string {
  const own = fn.returns === undefined ? 'null' : jsonWriter(fn.returns)(value);
  const object = isWrapped(fn) ? `{"result":${own}}` : own;
  return `"content":[{"type":"text","text":${JSON.stringify(object)}}],"structuredContent":${object}`;
}

/** A part of a JSON text as it stands inside of a JSON string. */
function quoted(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** The same, piece by piece. */
export function* toolPieces(fn: AnyFunction, value: unknown): Generator<string> {
  const [before, after] = isWrapped(fn) ? ['{"result":', '}'] : ['', ''];
  const returns = fn.returns as Descriptor;
  yield `"content":[{"type":"text","text":"${quoted(before)}`;
  for (const piece of jsonPieces(returns, value)) yield quoted(piece);
  yield `${quoted(after)}"}],"structuredContent":${before}`;
  yield* jsonPieces(returns, value);
  if (after !== '') yield after;
}
