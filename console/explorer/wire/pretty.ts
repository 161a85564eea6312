/** How many characters of a message are drawn at once. */
const mostShown = 200_000;

/** A message that is not too long to be drawn. */
export function cut(text: string): string {
  return text.length > mostShown ? `${text.slice(0, mostShown)}\n… ${text.length - mostShown} more characters` : text;
}

/** A message as people read it: JSON and XML on lines of their own, anything else as it is. */
export function pretty(text: string): string {
  const start = text.trimStart();
  if (start.startsWith('{') || start.startsWith('[')) return prettyJson(text);
  return start.startsWith('<') ? prettyXml(text) : text;
}

const jsonToken = /"(?:[^"\\]|\\.)*"|\{\s*\}|\[\s*\]|[[\]{}:,]|[^\s[\]{}:,"]+/g;
const indent = '  ';

/** JSON on lines of its own, to the digit and letter as it was. */
export function prettyJson(text: string): string {
  let depth = 0;
  const line = (by = 0): string => {
    depth = Math.max(0, depth + by);
    return `\n${indent.repeat(depth)}`;
  };
  const parts = (text.match(jsonToken) ?? []).map((token) => {
    if (token === ',') return `,${line()}`;
    if (token === ':') return ': ';
    if (token === '{' || token === '[') return token + line(1);
    return token === '}' || token === ']' ? line(-1) + token : token;
  });
  return parts.join('');
}

const xmlToken = /<!--[\s\S]*?-->|<(?:[^>"']|"[^"]*"|'[^']*')*>|[^<]+/g;

/** XML with an element a line, where elements hold elements; text stands beside its tags. */
export function prettyXml(text: string): string {
  const tokens = (text.match(xmlToken) ?? []).filter((token) => token.startsWith('<') || token.trim() !== '');
  const lines: string[] = [];
  let depth = 0;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] ?? '';
    if (token.startsWith('</')) depth = Math.max(0, depth - 1);
    const leaf = leafAt(tokens, i);
    lines.push(indent.repeat(depth) + leaf.join(''));
    i += leaf.length - 1;
    if (leaf.length === 1 && isStart(token)) depth++;
  }
  return lines.join('\n');
}

/** An element that holds no other, whole; else the one token. */
function leafAt(tokens: readonly string[], at: number): readonly string[] {
  const [token = '', second = '', third = ''] = tokens.slice(at, at + 3);
  if (!isStart(token)) return [token];
  if (second.startsWith('</')) return [token, second];
  return !second.startsWith('<') && third.startsWith('</') ? [token, second, third] : [token];
}

function isStart(token: string): boolean {
  return /^<[^/?!]/.test(token) && !token.endsWith('/>');
}
