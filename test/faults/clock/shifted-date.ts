/** Preloaded into a process (`--import`), imported by none: its clock goes by as much wrong as it is told, for everything that asks `Date`. */
const RealDate = globalThis.Date;
let shift = 0;

const now = (): number => RealDate.now() + shift;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, words, made) => Reflect.construct(target, words.length === 0 ? [now()] : words, made),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});

/** Sets the clock so many milliseconds ahead of the right time, or back. */
function setClock(milliseconds: number): void {
  shift = milliseconds;
}
Object.assign(globalThis, { setClock });
