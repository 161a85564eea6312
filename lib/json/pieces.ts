import { chunkLength } from '../chunks.ts';
import { type Descriptor, type Fields, unwrap } from '../descriptor.ts';
import { fieldOf } from '../values.ts';
import { jsonWriter } from './write.ts';

/** Writes a checked value as `jsonWriter` does, in pieces: lists, and lists in objects, item by item. */
export function* jsonPieces(descriptor: Descriptor, value: unknown): Generator<string> {
  const { core, fallback } = unwrap(descriptor);
  const given = value === undefined && fallback !== undefined ? fallback.value : value;
  if (Array.isArray(given) && core.kind === 'list') yield* listPieces(core.item, given);
  else if (core.kind === 'object' && typeof given === 'object' && given !== null) {
    yield* objectPieces(core.fields, given);
  } else yield jsonWriter(descriptor)(given);
}

function* listPieces(item: Descriptor, items: readonly unknown[]): Generator<string> {
  const write = jsonWriter(item);
  let text = '[';
  for (let i = 0; i < items.length; i++) {
    text += i === 0 ? write(items[i]) : `,${write(items[i])}`;
    if (text.length < chunkLength) continue;
    yield text;
    text = '';
  }
  yield `${text}]`;
}

function* objectPieces(fields: Fields, object: object): Generator<string> {
  let before = '{';
  for (const [name, field] of Object.entries(fields)) {
    const value = fieldOf(object, name);
    if (value === undefined && unwrap(field).fallback === undefined) continue;
    yield `${before}${JSON.stringify(name)}:`;
    yield* jsonPieces(field, value);
    before = ',';
  }
  yield before === '{' ? '{}' : '}';
}
