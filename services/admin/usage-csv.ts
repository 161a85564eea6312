import { t } from '../../lib/builders.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import type { RecordFilter, StoredRecord } from '../../lib/store/records.ts';
import { giveWay } from '../../lib/turn.ts';
import { held } from './form.ts';
import { type AdminHouse, guarded } from './house.ts';
import { timesOf, usageRange } from './usage.ts';

/** Records of one look into the store: others have their turn in between. */
const page = 2_500;

const columns = [
  'time',
  'request_id',
  'function',
  'protocol',
  'client',
  'user',
  'address',
  'code',
  'gate',
  'duration',
] as const;

/**
 * A cell (RFC 4180 §2). What a spreadsheet would take for a formula begins with an apostrophe: callers make up names
 * (OWASP, CSV injection).
 */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function csvLine(record: StoredRecord): string {
  const { time, requestId, client = '', user = '', gate = '', duration } = record;
  const texts = [requestId, record.function, record.protocol, client, user, record.address, record.code, gate];
  return [new Date(time).toISOString(), ...texts.map(csvCell), String(duration)].join(',');
}

async function csv({ custody }: AdminHouse, filter: RecordFilter, limit: number): Promise<string> {
  const lines: string[] = [columns.join(',')];
  let before: RecordFilter['before'];
  for (let left = limit; left > 0; ) {
    const wanted = Math.min(left, page);
    const more = before === undefined ? {} : { before };
    const found = await custody.store.audit.find({ ...filter, ...more, limit: wanted });
    lines.push(...found.map(csvLine));
    before = found.at(-1);
    left = found.length < wanted ? 0 : left - found.length;
    await giveWay();
  }
  return `${lines.join('\r\n')}\r\n`;
}

function usageCsv(house: AdminHouse) {
  return define('admin.usage_csv', {
    description: 'Gives records of calls as CSV text, the newest first.',
    effect: 'read',
    ...guarded('admin:audit'),
    params: {
      ...usageRange,
      limit: t.default(t.int({ min: 1, max: 50_000 }), 10_000, { description: 'The newest so many.' }),
    },
    returns: t.string({ description: 'Lines that end with CR LF, the first with the names of the columns.' }),
    handler: ({ limit, ...range }) => csv(house, { ...held(range), ...timesOf(range) } as RecordFilter, limit),
  });
}

/** Functions that hand records on to other programs. */
export function usageCsvFunctions(house: AdminHouse): readonly AnyFunction[] {
  return [usageCsv(house) as AnyFunction];
}
