/** A part of a message as a tree: a tag with its content, an object with its members, a text. What it says is rendered. */
export interface Piece {
  open: string;
  readonly between: string;
  close: string;
  inner: Piece[];
}

/** A piece that is text and nothing more. */
export function textPiece(open: string): Piece {
  return { open, between: '', close: '', inner: [] };
}

/** The text that a tree stands for. */
export function render({ open, between, close, inner }: Piece): string {
  return inner.length === 0 ? open + close : open + inner.map(render).join(between) + close;
}

/** How a format is spoken, for changes that keep its form: what may stand where. */
export interface Language {
  /** Puts another word, name or attribute into a piece; which one, `pick` says. */
  alter(piece: Piece, pick: number): void;
  /** Bits of syntax that are thrown into rendered text. */
  readonly tokens: readonly string[];
}

/** Changes of a tree, which keep its form for the most part. */
export const treeChanges = [
  'drop',
  'double',
  'repeat',
  'swap',
  'nest',
  'move',
  'unwrap',
  'empty',
  'alter',
  'alter',
  'alter',
  'edit',
  'digits',
] as const;

/** Changes of the text, which do not. */
export const textChanges = ['insert', 'cut', 'twice', 'truncate'] as const;

/** One thing that is done to a tree or its text; numbers choose among what there is. */
export interface Change {
  readonly how: (typeof treeChanges)[number] | (typeof textChanges)[number];
  readonly at: number;
  readonly to: number;
  readonly pick: number;
}

interface Place {
  readonly piece: Piece;
  /** The list in which it stands, and where. */
  readonly siblings: Piece[];
  readonly index: number;
}

function placesOf(siblings: Piece[], found: Place[] = []): Place[] {
  for (const [index, piece] of siblings.entries()) {
    found.push({ piece, siblings, index });
    placesOf(piece.inner, found);
  }
  return found;
}

function copy({ open, between, close, inner }: Piece): Piece {
  return { open, between, close, inner: inner.map(copy) };
}

/** Makes changes one after the other: a tree in, a text out. */
export function change(root: Piece, list: readonly Change[], language: Language): string {
  const whole = { ...textPiece(''), inner: [copy(root)] };
  for (const one of list) changeTree(whole, one, language);
  return list.reduce((text, one) => changeText(text, one, language.tokens), render(whole));
}

function changeTree(whole: Piece, { how, at, to, pick }: Change, language: Language): void {
  const places = placesOf(whole.inner);
  const place = places[at % Math.max(places.length, 1)];
  const other = places[to % Math.max(places.length, 1)];
  if (place === undefined || other === undefined) return;
  const { piece, siblings, index } = place;
  switch (how) {
    case 'drop':
      siblings.splice(index, 1);
      break;
    case 'double':
      siblings.splice(index, 0, copy(piece));
      break;
    case 'repeat':
      siblings.splice(index, 0, ...Array.from({ length: pick % 70 }, () => copy(piece)));
      break;
    case 'swap':
      siblings[index] = copy(other.piece);
      other.siblings[other.index] = copy(piece);
      break;
    case 'nest':
      siblings[index] = { ...piece, inner: [piece] };
      break;
    case 'move':
      other.piece.inner.splice(pick % (other.piece.inner.length + 1), 0, copy(piece));
      break;
    case 'unwrap':
      siblings.splice(index, 1, ...piece.inner);
      break;
    case 'empty':
      piece.inner = [];
      break;
    case 'alter':
      language.alter(piece, pick);
      break;
    case 'edit':
      piece.open = edited(piece.open, to, pick, language.tokens);
      break;
    case 'digits':
      piece.open = piece.open.replace(/[0-9]+/, (digits) => redigited(digits, to, pick));
  }
}

/** A few characters of a text cut out or put in. */
function edited(text: string, to: number, pick: number, tokens: readonly string[]): string {
  const at = to % (text.length + 1);
  return text.slice(0, at) + (tokens[pick % tokens.length] ?? '') + text.slice(at + (pick % 3));
}

function redigited(digits: string, to: number, pick: number): string {
  const at = to % digits.length;
  const forms = [
    digits.slice(0, at) + String(pick % 10) + digits.slice(at + 1),
    `0${digits}`,
    `-${digits}`,
    `+${digits}`,
    digits + '0'.repeat(pick % 1_200),
    `${digits}.${'0'.repeat(pick % 30)}1`,
    `${digits}e${to % 400}`,
    `${digits}E-${to % 400}`,
    `0x${digits}`,
    ` ${digits}`,
    `${digits}\n`,
    `${digits}.`,
    `.${digits}`,
    '9'.repeat(pick % 40),
    '2147483648',
    '9223372036854775808',
    '٣',
  ];
  return forms[pick % forms.length] as string;
}

function changeText(text: string, { how, at, to, pick }: Change, tokens: readonly string[]): string {
  const from = at % (text.length + 1);
  const length = 1 + (to % 12);
  switch (how) {
    case 'insert':
      return text.slice(0, from) + (tokens[pick % tokens.length] ?? '') + text.slice(from);
    case 'cut':
      return text.slice(0, from) + text.slice(from + length);
    case 'twice':
      return text.slice(0, from + length) + text.slice(from);
    case 'truncate':
      return text.slice(0, from);
    default:
      return text;
  }
}
