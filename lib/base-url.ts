import type { RequestHead } from './protocol.ts';
import type { Site } from './site.ts';

/**
 * The address that callers use, without a slash at its end, for documents: the public URL, else the host by which they have
 * called, which the door has checked.
 */
export function baseUrl({ origin }: Pick<RequestHead, 'origin'>, { settings }: Site): string {
  return settings.publicUrl === undefined ? origin : settings.publicUrl.replace(/\/+$/, '');
}
