import type { Bookmark } from '../../lib/bookmarks.ts';
import type { Issues } from '../../lib/issues.ts';
import type { XmlMark, XmlScanner } from './scanner.ts';

/** Goes back to where a walk over a message has begun, when it is begun again (`lib/bookmarks.ts`). */
export function beginAgain(scanner: XmlScanner, issues: Issues): void {
  const start = issues.bookmarks?.once(() => scanner.place());
  if (start !== undefined) scanner.resume(start);
}

/** Enters a list, and goes on where its bookmark is. */
export function enterList(scanner: XmlScanner, issues: Issues): Bookmark<XmlMark> | undefined {
  const bookmark = issues.bookmarks?.open<XmlMark>();
  if (bookmark?.place !== undefined) scanner.resume(bookmark.place);
  return bookmark;
}

/** After an item: ends the turn if it is over. */
export function stopIfOver(bookmark: Bookmark<XmlMark> | undefined, scanner: XmlScanner): void {
  if (bookmark?.isOver()) bookmark.stop(scanner.place());
}
