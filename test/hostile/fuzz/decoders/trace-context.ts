import { expect } from 'chai';
import fc from 'fast-check';
import { incoming, passedOn } from '../../../../lib/observe/trace.ts';
import { readTraceparent, readTracestate, writeTraceparent } from '../../../../lib/observe/trace-context.ts';
import { trimSpace } from '../../../../lib/trim.ts';
import type { Decoder, Shot } from '../decoder.ts';
import { expectClean } from '../exchange.ts';
import { header, headerPiece } from '../header-language.ts';
import { type Language, type Piece, textPiece } from '../piece.ts';
import { bytesOf, texts } from '../shots.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const parentId = '00f067aa0ba902b7';
const right = `00-${traceId}-${parentId}-01`;

/** Fields between dashes, which the words of other headers run together. */
function parentPiece(text: string): Piece {
  const root = textPiece('');
  for (const [token] of text.matchAll(/[^-]+|-/g)) root.inner.push(textPiece(token));
  return root;
}

const parents = [right, `00-${traceId}-${parentId}-00`, `cc-${traceId}-${parentId}-ff-more-to-come`].map(parentPiece);
const parentWords = [
  '00',
  'ff',
  '01',
  'FF',
  '-',
  '',
  '0'.repeat(32),
  '0'.repeat(16),
  traceId,
  parentId,
  'a',
  'g',
  ',',
  ' ',
];
const parent: Language = {
  alter: (piece, pick) => {
    piece.open = parentWords[pick % parentWords.length] as string;
  },
  tokens: [...parentWords, ...header.tokens],
};

const long = (name: string) => `${name}=${'v'.repeat(200)}`;
const states = [
  'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE',
  'fw529a3039@dt=FfffffffI12345,a/b*c_d-e=!~ x ,\t1tenant@sys=1',
  ['one', 'two', 'three', 'four'].map(long).join(', '),
  Array.from({ length: 32 }, (_, i) => `k${i}=${i}`).join(','),
].map(headerPiece);

/** The header that a shot is, the other one being right. */
function act({ bytes, form }: Shot) {
  const headers =
    form === 'parent' ? { traceparent: bytes, tracestate: 'a=1' } : { traceparent: right, tracestate: bytes };
  const caller = incoming(headers);
  return { caller, sent: caller && passedOn(caller).headers() };
}

const isHex = (text: string, length: number): boolean =>
  text.length === length && [...text].every((one) => '0123456789abcdef'.includes(one));
const isId = (text: string, length: number): boolean => isHex(text, length) && text !== '0'.repeat(length);

/** W3C Trace Context §3.2.2, read by its fields. */
function isParent(text: string): boolean {
  const [version = '', trace = '', span = '', flags = '', ...more] = text.split('-');
  if (!isHex(version, 2) || version === 'ff' || !isId(trace, 32) || !isId(span, 16) || !isHex(flags, 2)) return false;
  return more.length === 0 || (version !== '00' && !more.join('').includes(','));
}

/** The members of a list, in their order. */
function membersOf(text: string): readonly string[] {
  return text.split(',').flatMap((part) => trimSpace(part) || []);
}

/** §3.3.1.3: a member by its signs. */
function isMember(member: string): boolean {
  const [name = '', ...rest] = member.split('=');
  const [tenant = '', system, ...more] = name.split('@');
  const lengths = system === undefined ? tenant.length <= 256 : tenant.length <= 241 && system.length <= 14;
  const first = system === undefined ? /[a-z]/ : /[a-z0-9]/;
  const signs = [...tenant, ...(system ?? '')].every((one) => /[a-z0-9_\-*/]/.test(one));
  const begins = first.test(tenant[0] ?? '') && (system === undefined || /[a-z]/.test(system[0] ?? ''));
  const value = rest[0] ?? '';
  const visible = [...value].every((one) => one >= ' ' && one <= '~');
  return (
    lengths &&
    more.length === 0 &&
    signs &&
    begins &&
    rest.length === 1 &&
    value.length <= 256 &&
    value !== '' &&
    visible
  );
}

function isState(text: string): boolean {
  const members = membersOf(text);
  const names = new Set(members.map((member) => member.split('=')[0]));
  return members.length > 0 && members.length <= 32 && names.size === members.length && members.every(isMember);
}

function expectState(text: string, state: string | undefined): void {
  const members = membersOf(text);
  if (text.split(',').length > 1_000) return; // nobody reads to the end of such a list
  const isLong = members.join(',').length > 512;
  if (state === undefined) expect(isState(text) && !isLong, 'a right list is passed on').to.equal(false);
  else {
    expect(isState(text), 'what is passed on is right').to.equal(true);
    expect(state.length).to.be.at.most(512);
    const kept = state.split(',');
    expect(isLong ? members.filter((member) => kept.includes(member)) : members).to.deep.equal(kept);
    expect(readTracestate(state), 'read again').to.equal(state);
  }
}

/** `traceparent` and `tracestate` (W3C Trace Context), against a second reading: what is wrong is never passed on. */
export const traceContextDecoder: Decoder = {
  name: 'trace-context',
  shots: fc.oneof(
    bytesOf(texts(parents, parent)).map((bytes): Shot => ({ bytes, form: 'parent' })),
    bytesOf(texts(states, header)).map((bytes): Shot => ({ bytes, form: 'state' })),
  ),
  act,
  check: (shot) => {
    const { bytes, form } = shot;
    const { caller, sent } = act(shot);
    expectClean();
    if (form === 'parent') expect(caller !== undefined, 'whether it is a parent').to.equal(isParent(bytes));
    if (caller === undefined || sent === undefined) return 'refused';
    expect(caller.parent.flags).to.be.within(0, 3);
    expect(readTraceparent(writeTraceparent(caller.parent)), 'read again').to.deep.equal(caller.parent);
    const onward = sent.traceparent.split('-');
    expect(isParent(sent.traceparent) && onward[0] === '00', sent.traceparent).to.equal(true);
    expect(onward[1], 'the same trace').to.equal(form === 'parent' ? bytes.split('-')[1] : traceId);
    expect(onward[2], 'a span of our own').to.not.equal(caller.parent.parentId);
    if (form === 'parent') return 'accepted';
    expectState(bytes, sent.tracestate);
    return sent.tracestate === undefined ? 'refused' : 'accepted';
  },
  tokens: [...parent.tokens, 'a=1,', 'k', '='],
  most: 65_536,
};
