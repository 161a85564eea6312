/** By whose clock times are shown. */
export type Zone = 'local' | 'utc';

/** The fields of a calendar and a clock; months count from 0. */
export interface Fields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** Milliseconds. */
export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** What a clock of the zone shows at a time. */
export function fieldsOf(time: number, zone: Zone): Fields {
  const date = new Date(time);
  if (zone === 'utc') {
    return {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth(),
      day: date.getUTCDate(),
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
      second: date.getUTCSeconds(),
    };
  }
  return {
    year: date.getFullYear(),
    month: date.getMonth(),
    day: date.getDate(),
    hour: date.getHours(),
    minute: date.getMinutes(),
    second: date.getSeconds(),
  };
}

/** The time at which a clock of the zone shows the fields; fields beyond their range carry over. */
export function timeOf({ year, month, day, hour, minute, second }: Fields, zone: Zone): number {
  return zone === 'utc'
    ? Date.UTC(year, month, day, hour, minute, second)
    : new Date(year, month, day, hour, minute, second).getTime();
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');

/** `28 Nov`, or with the year `28 Nov 2026`. */
export function dateText(time: number, zone: Zone, withYear = false): string {
  const { year, month, day } = fieldsOf(time, zone);
  return `${day} ${months[month]}${withYear ? ` ${year}` : ''}`;
}

/** `14:05`, or with seconds `14:05:30`. */
export function clockText(time: number, zone: Zone, withSeconds = false): string {
  const { hour, minute, second } = fieldsOf(time, zone);
  return `${two(hour)}:${two(minute)}${withSeconds ? `:${two(second)}` : ''}`;
}

/** A stretch of time, told as shortly as it stays exact: `28 Nov 2026, 14:05–14:10`. */
export function spanText(since: number, until: number, zone: Zone): string {
  const seconds = since % minute !== 0 || until % minute !== 0;
  const from = `${dateText(since, zone, true)}, ${clockText(since, zone, seconds)}`;
  const sameDay = dateText(since, zone, true) === dateText(until - 1, zone, true);
  const endOfDay = sameDay && clockText(until, zone) === '00:00';
  if (endOfDay) return `${from}–24:00`;
  const to = clockText(until, zone, seconds);
  return sameDay ? `${from}–${to}` : `${from} – ${dateText(until, zone, true)}, ${to}`;
}

/** How far the zone's clock is ahead of UTC at a time: `UTC`, `UTC+1`, `UTC−3:30`. */
export function offsetText(time: number, zone: Zone): string {
  const ahead = zone === 'utc' ? 0 : -new Date(time).getTimezoneOffset();
  if (ahead === 0) return 'UTC';
  const minutes = Math.abs(ahead) % 60;
  const hours = Math.floor(Math.abs(ahead) / 60);
  return `UTC${ahead < 0 ? '−' : '+'}${hours}${minutes === 0 ? '' : `:${two(minutes)}`}`;
}

/** What a control of kind `datetime-local` holds for a time. */
export function inputText(time: number, zone: Zone): string {
  const { year, month, day, hour, minute } = fieldsOf(time, zone);
  return `${String(year).padStart(4, '0')}-${two(month + 1)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

/** The time that a control of kind `datetime-local` holds; undefined while it is incomplete. */
export function inputTime(text: string, zone: Zone): number | undefined {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?/.exec(text);
  if (found === null) return undefined;
  const [year, month, day, hour, minute, second] = found.slice(1).map((part) => Number(part ?? 0));
  const fields = { year, month: (month ?? 1) - 1, day, hour, minute, second } as Fields;
  return timeOf(fields, zone);
}
