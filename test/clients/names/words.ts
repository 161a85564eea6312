/** Words that languages keep for themselves, or that their standard libraries and our own documents hold. */
const reserved = `
  abstract assert boolean break byte case catch char class const continue default do double else enum extends final finally
  float for goto if implements import instanceof int interface long native new package private protected public return short
  static strictfp super switch synchronized this throw throws transient try void volatile while true false null record yield
  auto register extern sizeof signed unsigned struct typedef union inline restrict bool namespace template typename using
  virtual friend operator explicit mutable delete and or not xor bitand compl alignas constexpr decltype noexcept nullptr
  static_assert thread_local wchar_t asm export errno stdin EOF main
  as base checked decimal delegate event fixed foreach implicit in internal is lock object out override params readonly ref
  sbyte sealed stackalloc string uint ulong unchecked unsafe ushort get set var async await dynamic partial where
  chan defer fallthrough func go map range select type nil iota len cap make append copy panic recover error rune uint8 init
  array callable clone declare die echo empty eval exit fn global include isset list match print require trait unset use
  parent def del elif except from lambda nonlocal pass raise with None exec self
  BEGIN END AUTOLOAD DESTROY can isa my our local sub unless until no wantarray tie y s m q qq qw tr x lt gt le ge eq ne cmp
  alias defined ensure module next redo rescue retry then undef when initialize send object_id
  arguments constructor prototype toString hasOwnProperty valueOf let debugger function typeof undefined NaN
  item entry key value parameters fault detail code message Result Body Header Envelope
  Exception Integer Boolean Byte Character Override Throwable Thread Iterable Runnable Deprecated Void Math
  Attribute Type Enum Array Delegate EventArgs Xml Web Component Serializable URL QName Service Holder Stub Locator
  PolywireBindingProxy PolywireIssues
  System NULL unix context soap xsd tns ns1 Client Request Response interface1 x1 a1B2
`;

/** Names with what only fields may have: they may start with an underscore. */
const fieldsOnly = '__init__ __class __dict__ _Bool __FILE__ __halt_compiler _ _x1y'.split(' ');

const long = (start: string): string => start.padEnd(100, 'x1y2z_w3');

const fold = (name: string): string => name.replaceAll('_', '').toLowerCase();

/** The first of the names that are equal once case and underscores are dropped. */
function distinct(names: readonly string[]): readonly string[] {
  const byFold = new Map<string, string>();
  for (const name of names) if (!byFold.has(fold(name))) byFold.set(fold(name), name);
  return [...byFold.values()];
}

export const words: readonly string[] = distinct([...reserved.trim().split(/\s+/), long('long_')]);
export const fieldWords: readonly string[] = distinct([...words, ...fieldsOnly]);
