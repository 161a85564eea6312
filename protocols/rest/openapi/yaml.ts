import type { Json } from '../../../lib/descriptor.ts';
import { exactJson } from '../../../lib/json/exact-json.ts';

const isEmpty = (value: object): boolean => Object.keys(value).length === 0;

/** A key or text: plain where it cannot be taken for anything else, else quoted as JSON, whose texts are YAML's too. */
function scalar(text: string): string {
  const plain = /^[A-Za-z_/$][\w/.$-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return plain ? text : JSON.stringify(text);
}

function members(value: object): readonly (readonly [start: string, value: Json])[] {
  return Array.isArray(value)
    ? value.map((item: Json) => ['-', item] as const)
    : Object.entries(value).map(([key, member]) => [`${scalar(key)}:`, member as Json] as const);
}

/** JSON data as YAML 1.2 in block style. */
export function yaml(value: Json, indent = ''): string {
  if (typeof value === 'string') return ` ${scalar(value)}\n`;
  if (typeof value !== 'object' || value === null || isEmpty(value)) return ` ${exactJson(value)}\n`;
  const lines = members(value).map(([start, member]) => `${indent}${start}${yaml(member, `${indent}  `)}`);
  return `\n${lines.join('')}`;
}
