import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';

/** An element of a document to be: plain data until it is serialised. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
}

/** Makes an element; children that are undefined are left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Element | string | undefined)[]
): Element {
  return { name, attributes, children: children.filter((child) => child !== undefined) };
}

/** The document as text: UTF-8 declared (WS-I BP 1.1, R1012), no DTD; characters that XML 1.0 §2.2 excludes become U+FFFD. */
export function serialise(root: Element): string {
  const document = create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '\uFFFD' });
  append(document, root);
  return `${document.end({ prettyPrint: true, indent: ' ' })}\n`;
}

function append(parent: XMLBuilder, { name, attributes, children }: Element): void {
  const values = Object.entries(attributes).map(([key, value]) => [key, attributeValue(value)]);
  const node = parent.ele(name, Object.fromEntries(values));
  for (const child of children) {
    if (typeof child === 'string') node.txt(ampersands(child.replace(/\r\n?/g, '\n')));
    else append(node, child);
  }
}

/** xmlbuilder2 takes `&…;` for a reference that its caller wrote, so every ampersand of ours has to be one. */
function ampersands(text: string): string {
  return text.replaceAll('&', '&amp;');
}

/** White space other than the space survives in an attribute only as a reference (XML 1.0 §3.3.3). */
function attributeValue(text: string): string {
  return ampersands(text).replace(/[\t\n\r]/g, (char) => `&#${char.charCodeAt(0)};`);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML excludes
const excluded = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF\p{Cs}]/gu;

/** Whether a text has only characters that an XML 1.0 document can hold (§2.2). */
export function isXmlText(text: string): boolean {
  return text.search(excluded) === -1;
}

/** Text as the value of an attribute in double quotes (XML 1.0 §2.3, §3.3.3). */
export function escapeAttribute(text: string): string {
  return attributeValue(text)
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(excluded, '\uFFFD');
}
