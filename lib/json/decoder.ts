import { Fault } from '../fault.ts';
import type { Decoded, Protocol, WireRequest } from '../protocol.ts';
import type { Site } from '../site.ts';
import type { Turn } from '../turn.ts';
import { type ParsedJson, parseJsonBody } from './parse.ts';
import { parseJsonInTurns } from './parse-in-turns.ts';

/** What is a protocol's own where its messages are JSON documents. */
interface JsonMessages<Note> {
  /** The media types they may have, in lower case. No form's: one of another site can be no call, even without an Origin. */
  readonly mediaTypes: readonly string[];
  /**
   * What one asks for.
   * @throws Fault if it is no message of the protocol
   */
  readonly message: (parsed: ParsedJson, request: WireRequest, site: Site) => Decoded<Note>;
  /** What the answer repeats where there was no message. */
  readonly blank: Note;
}

/** The decoder of such a protocol, at once and in turns: made once, so that a call makes nothing more. */
export function jsonDecoder<Note>({
  mediaTypes,
  message,
  blank,
}: JsonMessages<Note>): Required<Pick<Protocol<Note>, 'decode' | 'decodeInTurns'>> {
  const contentType = ({ headers }: WireRequest): string => {
    const type = headers['content-type'] ?? '';
    if (mediaTypes.includes(type)) return type; // as most callers write it
    if (mediaTypes.includes(type.split(';', 1)[0]?.trim().toLowerCase() ?? '')) return type;
    throw new Fault('unsupported-media-type', 'Send application/json');
  };
  const refused = (reason: unknown): Decoded<Note> => ({ calls: [Fault.from(reason)], note: blank });
  return {
    decode(request: WireRequest, site: Site): Decoded<Note> {
      try {
        return message(parseJsonBody(request.body, contentType(request), site.settings.limits), request, site);
      } catch (reason) {
        return refused(reason);
      }
    },
    async decodeInTurns(request: WireRequest, site: Site, turn: Turn): Promise<Decoded<Note>> {
      try {
        const parsed = await parseJsonInTurns(request.body, contentType(request), site.settings.limits, turn);
        return message(parsed, request, site);
      } catch (reason) {
        return refused(reason);
      }
    },
  };
}
