import fc from 'fast-check';
import type { Shot } from './decoder.ts';
import { type Change, change, type Language, type Piece, textChanges, treeChanges } from './piece.ts';

const amount = fc.nat(1_000_000);
const step = (how: readonly Change['how'][]): fc.Arbitrary<Change> =>
  fc.record({ how: fc.constantFrom(...how), at: amount, to: amount, pick: amount });
const any = step([...treeChanges, ...textChanges]);
const inTree = step(treeChanges);
/** Few changes more often than many: most of what matters lies next to a valid message. */
const steps = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Change[]>([]) },
  { weight: 5, arbitrary: fc.array(inTree, { minLength: 1, maxLength: 2 }) },
  { weight: 2, arbitrary: fc.array(inTree, { minLength: 1, maxLength: 8 }) },
  { weight: 3, arbitrary: fc.array(any, { minLength: 1, maxLength: 5 }) },
);

/** Texts of a language: seeds by turns, changed. */
export function texts(seeds: readonly Piece[], language: Language): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat(seeds.length - 1), steps)
    .map(([at, list]) => change(seeds[at] as Piece, list, language).slice(0, 300_000));
}

/** How a text becomes bytes, the character sets that are read among them and some that are not. */
const encoders = {
  utf8: (text: string) => Buffer.from(text),
  utf8mark: (text: string) => Buffer.from(`\ufeff${text}`),
  utf16le: (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  utf16be: (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  utf16bare: (text: string) => Buffer.from(text, 'utf16le'),
  latin1: (text: string) => Buffer.from(text, 'latin1'),
} as const;

const encoding = fc.oneof(
  { weight: 12, arbitrary: fc.constant('utf8' as const) },
  { weight: 1, arbitrary: fc.constantFrom('utf8mark', 'utf16le', 'utf16be', 'utf16bare', 'latin1') },
);

interface Damage {
  readonly how: 'flip' | 'byte' | 'cut' | 'copy' | 'end';
  readonly at: number;
  readonly value: number;
}

const damage: fc.Arbitrary<Damage> = fc.record({
  how: fc.constantFrom('flip', 'byte', 'cut', 'copy', 'end'),
  at: amount,
  value: fc.nat(255),
});
const damages = fc.oneof(
  { weight: 9, arbitrary: fc.constant<Damage[]>([]) },
  { weight: 1, arbitrary: fc.array(damage, { minLength: 1, maxLength: 5 }) },
);

/** One thing that is done to bytes, each of them a character. */
function damaged(bytes: string, { how, at, value }: Damage): string {
  const from = at % (bytes.length + 1);
  const code = bytes.charCodeAt(from) || 0;
  switch (how) {
    case 'flip':
      return bytes.slice(0, from) + String.fromCharCode(code ^ (1 << (value % 8))) + bytes.slice(from + 1);
    case 'byte':
      return bytes.slice(0, from) + String.fromCharCode(value) + bytes.slice(from + 1);
    case 'cut':
      return bytes.slice(0, from) + bytes.slice(from + value);
    case 'copy':
      return bytes.slice(0, from) + bytes.slice(at % 97, (at % 97) + value) + bytes.slice(from);
    case 'end':
      return bytes.slice(0, from);
  }
}

/** Texts as bytes: in a character set, a few bytes of some damaged. */
export function bytesOf(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(text, encoding, damages)
    .map(([whole, how, list]) => list.reduce(damaged, encoders[how](whole).toString('latin1')));
}

/** Bytes that a shot has at most: larger messages are carried out in turns, which `large.test.ts` looks at. */
const most = 131_072;

/** Shots with the right Content-Type, the first, or now and then another. */
export function shots(text: fc.Arbitrary<string>, types: readonly string[], form?: string): fc.Arbitrary<Shot> {
  const type = fc.oneof(
    { weight: 9, arbitrary: fc.constant(types[0] as string) },
    { weight: 1, arbitrary: fc.constantFrom(...types) },
  );
  const small = bytesOf(text).filter((bytes) => bytes.length <= most);
  return fc.tuple(small, type).map(([bytes, type]) => ({ bytes, type, ...(form !== undefined && { form }) }));
}
