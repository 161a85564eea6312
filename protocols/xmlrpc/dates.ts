import { Fault } from '../../lib/fault.ts';
import type { Issues } from '../../lib/issues.ts';
import { makeMoment } from '../../lib/text-value.ts';

const moment =
  /^([0-9]{4})(-?)([0-9]{2})\2([0-9]{2})[Tt]([0-9]{2})(:?)([0-9]{2})\6([0-9]{2})(?:\.([0-9]{1,100}))?([Zz]|[+-][0-9]{2}:?[0-9]{2})?$/;

/** Reads a `dateTime.iso8601`: with or without hyphens, colons, fraction and zone; the specification leaves the zone open, ours is UTC. */
export function readDatetime(text: string, issues: Issues): unknown {
  const found = moment.exec(text);
  if (!found) return issues.add('type', 'must be a date and time as YYYYMMDDTHH:MM:SS');
  const [, year = '', , month = '', date = '', hour = '', , minute = '', second = '', fraction = '', zone] = found;
  return makeMoment([year, month, date, hour, minute, second, fraction], zone, issues);
}

const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`);

/** Writes a moment as the XML-RPC specification shows it, `19980717T14:08:55`, in UTC and whole seconds. */
export function writeDatetime(value: Date): string {
  const year = value.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) throw new Fault('invalid-result', 'A date lies outside of the years 0 to 9999');
  const day = `${String(year).padStart(4, '0')}${two(value.getUTCMonth() + 1)}${two(value.getUTCDate())}`;
  return `${day}T${two(value.getUTCHours())}:${two(value.getUTCMinutes())}:${two(value.getUTCSeconds())}`;
}
