import { challenge } from '../../lib/auth/challenge.ts';
import { wrapText } from '../../lib/chunks.ts';
import type { AnyFunction } from '../../lib/define.ts';
import type { Descriptor } from '../../lib/descriptor.ts';
import { Fault } from '../../lib/fault.ts';
import { faultHeaders } from '../../lib/fault-headers.ts';
import { errorJson } from '../../lib/json/error.ts';
import { jsonPieces } from '../../lib/json/pieces.ts';
import { jsonWriter } from '../../lib/json/write.ts';
import type { Outcome, WireResponse } from '../../lib/protocol.ts';
import type { Site } from '../../lib/site.ts';
import { statusOf } from './fault.ts';
import type { RestNote } from './index.ts';

const json = 'application/json; charset=utf-8';

/** A long result piece by piece. */
export function pieces(fn: AnyFunction, value: unknown): Iterable<string> {
  return jsonPieces(fn.returns as Descriptor, value);
}

/** The result as JSON text. */
export function write(fn: AnyFunction, value: unknown): string {
  return fn.returns === undefined ? 'null' : jsonWriter(fn.returns)(value);
}

/** The envelope of DESIGN §4 under its true HTTP status. */
export function encode(outcomes: readonly Outcome[], note: RestNote, requestId: string, site: Site): WireResponse {
  const outcome = outcomes[0] ?? {
    ok: false as const,
    fn: undefined,
    fault: new Fault('internal', 'There is no outcome'),
  };
  if (outcome.ok) {
    return {
      status: 200,
      headers: note.cacheable
        ? { 'Content-Type': json, 'Cache-Control': cacheControl(outcome.fn) }
        : { 'Content-Type': json },
      body: wrapText('{"status":"ok","result":', outcome.written, `,"requestId":"${requestId}"}`),
    };
  }
  const status = statusOf(outcome.fault);
  return {
    status,
    headers: {
      'Content-Type': json,
      'Cache-Control': 'no-store',
      ...faultHeaders(outcome.fault),
      ...(status === 401 ? { 'WWW-Authenticate': challenge(site.settings) } : {}),
    },
    body: `{"status":"error","error":${errorJson(outcome.fault, outcome.fn, requestId)}}`,
  };
}

/** Cache-Control of a read function's answer (RFC 9111 §5.2.2): nothing is kept unless the function says so. */
function cacheControl({ cache }: AnyFunction): string {
  if (cache === undefined) return 'no-store';
  const shared = cache.sharedMaxAge === undefined ? '' : `, s-maxage=${cache.sharedMaxAge}`;
  return `${cache.mode}, max-age=${cache.maxAge ?? 0}${shared}`;
}
