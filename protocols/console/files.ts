/** A file of the pages, in memory. */
export interface PageFile {
  readonly body: Buffer;
  /** Its media type. */
  readonly type: string;
  /** A strong one (RFC 9110 §8.8.3). */
  readonly etag: string;
  /** Whether its name changes with what is in it. */
  readonly lasting: boolean;
}

/** The files by their path below `/console/`; the pages themselves are all one, `index.html`. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/** The file that answers for every page. */
export const indexName = 'index.html';

/** What a browser takes for something else than the segment's own letters (RFC 3986 §3.3), or a path could climb by. */
const strange = /%2[ef]|%5c|%00|\\|(?:^|\/)\.{1,2}(?:\/|$)|^\/|\/\//i;

/**
 * The file for a path below `/console/`. A page is every path that is no file's and could be none's: one segment with a dot, and
 * whatever is in a folder of files, is a file that is missing.
 */
export function fileAt(files: PageFiles, tail: string): PageFile | undefined {
  const found = files.get(tail);
  if (found !== undefined) return found;
  if (strange.test(tail) || isMissing(files, tail)) return undefined;
  return files.get(indexName);
}

function isMissing(files: PageFiles, tail: string): boolean {
  const slash = tail.indexOf('/');
  if (slash === -1) return tail.includes('.');
  const folder = tail.slice(0, slash + 1);
  for (const name of files.keys()) if (name.startsWith(folder)) return true;
  return false;
}
