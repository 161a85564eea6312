import { clockText, dateText, day, fieldsOf, hour, minute, second, timeOf, type Zone } from '../clock.ts';

/** A mark on the axis of time. */
export interface TimeTick {
  readonly time: number;
  readonly text: string;
  /** Whether a day begins here. */
  readonly strong: boolean;
}

const inDay = [1, 2, 5, 10, 15, 30]
  .map((count) => count * second)
  .concat([1, 2, 5, 10, 15, 30].map((count) => count * minute))
  .concat([1, 2, 3, 6, 12].map((count) => count * hour));
const ofDays = [1, 2, 7, 14, 28, 91, 182, 364].map((count) => count * day);

/** Times to mark, at hours and days of the zone's own clock, `most` at most. */
export function timeTicks(since: number, until: number, most: number, zone: Zone): readonly TimeTick[] {
  if (until <= since || most < 1) return [];
  const wanted = (until - since) / most;
  const interval = [...inDay, ...ofDays].find((one) => one >= wanted) ?? Math.ceil(wanted / day) * day;
  return marksOf(since, until, interval, zone).map((time, i) => tickAt(time, interval, zone, i === 0, until - since));
}

function marksOf(since: number, until: number, interval: number, zone: Zone): readonly number[] {
  const fields = fieldsOf(since, zone);
  const days = interval / day;
  const seconds = fields.hour * 3_600 + fields.minute * 60 + fields.second;
  const start = Math.floor((seconds * second) / interval) * (interval / second);
  const found: number[] = [];
  for (let i = 0, time = since; time < until; i++) {
    time = timeOf(
      days < 1
        ? { ...fields, hour: 0, minute: 0, second: start + (i * interval) / second }
        : { ...fields, day: fields.day + i * days, hour: 0, minute: 0, second: 0 },
      zone,
    );
    if (time >= since && time < until && time > (found.at(-1) ?? -Infinity)) found.push(time);
  }
  return found;
}

function tickAt(time: number, interval: number, zone: Zone, first: boolean, length: number): TimeTick {
  const { hour: hours, minute: minutes, second: seconds } = fieldsOf(time, zone);
  const midnight = hours + minutes + seconds === 0;
  if (interval >= day) return { time, text: dateText(time, zone, length > 360 * day && first), strong: false };
  if (midnight) return { time, text: dateText(time, zone), strong: true };
  return { time, text: clockText(time, zone, interval < minute), strong: false };
}
