import { isSpace, ncNameEnd } from './characters.ts';
import { exceed, fail } from './failure.ts';

/** Finds where the CDATA section at `start` ends: at its `]]>` (XML 1.0 §2.7). */
export function cdataEnd(input: string, start: number): number {
  const end = input.indexOf(']]>', start + 9);
  if (end < 0) fail(input, start, 'A CDATA section is not closed');
  return end;
}

/** Passes the comment at `start` (XML 1.0 §2.5). */
export function commentEnd(input: string, start: number): number {
  const end = input.indexOf('--', start + 4);
  if (end < 0) fail(input, start, 'A comment is not closed');
  if (input[end + 2] !== '>') fail(input, end, '-- is not allowed in a comment');
  return end + 3;
}

/** Passes the processing instruction at `start` (XML 1.0 §2.6; Namespaces in XML §7: no colon in the target). */
export function instructionEnd(input: string, start: number, nameLimit: number): number {
  const end = input.indexOf('?>', start + 2); // before the name is looked at: so that it ends before the input does
  if (end < 0) fail(input, start, 'A processing instruction is not closed');
  const nameEnd = ncNameEnd(input, start + 2);
  if (nameEnd === start + 2) fail(input, start, 'A processing instruction has no target');
  if (nameEnd - start - 2 > nameLimit) exceed(input, start, nameLimit, 'characters in a name');
  if (nameEnd === start + 5 && input.slice(start + 2, nameEnd).toLowerCase() === 'xml') {
    fail(input, start, 'The XML declaration belongs at the very start, and no instruction has its name');
  }
  if (end > nameEnd && !isSpace(input.charCodeAt(nameEnd))) {
    fail(input, nameEnd, 'The target of a processing instruction is not a name without colon');
  }
  return end + 2;
}

/** Passes a comment, and refuses what else begins with `<!` where no CDATA may be: DOCTYPE above all (DESIGN §8). */
export function declarationEnd(input: string, start: number): number {
  if (input.startsWith('<!--', start)) return commentEnd(input, start);
  if (input.startsWith('<!DOCTYPE', start)) fail(input, start, 'DOCTYPE is not allowed');
  return fail(input, start, '<! begins neither a comment nor a CDATA section that is allowed here');
}

const xmlDeclaration =
  /<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.[0-9]+"|'1\.[0-9]+')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/y;

/** Passes the XML declaration if there is one (XML 1.0 §2.8, §2.9, §4.3.3). */
export function xmlDeclarationEnd(input: string): number {
  if (!input.startsWith('<?xml') || !isSpace(input.charCodeAt(5))) return 0;
  xmlDeclaration.lastIndex = 0;
  if (!xmlDeclaration.test(input)) fail(input, 0, 'The XML declaration is not well formed');
  return xmlDeclaration.lastIndex;
}

/** After the root: only white space, comments and instructions (XML 1.0 §2.8, Misc). Tells if there was an instruction. */
export function passEpilog(input: string, start: number, nameLimit: number): boolean {
  let instructed = false;
  let p = start;
  while (p < input.length) {
    if (isSpace(input.charCodeAt(p))) p++;
    else if (input.startsWith('<?', p)) {
      p = instructionEnd(input, p, nameLimit);
      instructed = true;
    } else if (input.startsWith('<!', p)) p = declarationEnd(input, p);
    else fail(input, p, 'Nothing may follow the root element');
  }
  return instructed;
}
