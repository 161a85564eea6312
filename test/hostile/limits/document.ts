import { type ObjectDescriptor, unwrap } from '../../../lib/descriptor.ts';
import { settingsType } from '../../../lib/settings.ts';
import { groups } from './groups.ts';
import type { Came, Row } from './row.ts';

/** What came back beyond a limit, over each way to reach it, in the order of the row's cells. */
export type Beyond = readonly { readonly over: string; readonly came: Came }[];

/** The limits among the settings, with their defaults: what must have a row. */
export const settingDefaults: ReadonlyMap<string, number> = new Map(
  ['limits', 'logins', 'quotas'].flatMap((group) => {
    const { core } = unwrap((settingsType as ObjectDescriptor).fields[group] as never);
    return Object.entries((core as ObjectDescriptor).fields).flatMap(([name, field]): [string, number][] => {
      const { fallback } = unwrap(field);
      return typeof fallback?.value === 'number' ? [[`${group}.${name}`, fallback.value]] : [];
    });
  }),
);

/** docs/hardening.md, out of what came back when the limits were tried. */
export function hardeningDocument(tried: ReadonlyMap<Row, Beyond>): string {
  return `# Hardening: every limit

Each row is a test: as much as the limit allows is carried out, one more is answered as the row says, by every protocol in
which the limit can be reached, on a listening server. \`npm run test:hostile -- --grep "hostile: limits"\` runs them all, and
with the name of a limit instead that one; \`WRITE_DOCS=1\` writes this page anew out of what came back. Where the default would
take too long, the row is tried with the number in brackets. A default of 0 is no limit. How to set a setting stands in
[settings.md](settings.md), what the codes mean in [errors.md](errors.md), what else protects in [security.md](security.md).

${groups.map(({ title, file, rows }) => `## ${title}\n\nTests: \`test/hostile/limits/rows/${file}\`\n\n${table(rows, tried)}`).join('\n\n')}
`;
}

function table(rows: readonly Row[], tried: ReadonlyMap<Row, Beyond>): string {
  const lines = rows.map(
    (row) => `| ${row.limit} | ${defaultOf(row)} | ${settingOf(row)} | ${answers(tried.get(row) ?? [])} |`,
  );
  return ['| limit | default | setting | one more is answered by |', '|---|---|---|---|', ...lines].join('\n');
}

const spaced = (value: number): string => value.toLocaleString('en-US');

function defaultOf({ value, settings }: Row): string {
  if ('fixed' in value) return value.fixed;
  const [group = '', name = ''] = value.setting.split('.');
  const tried = (settings as Readonly<Record<string, Readonly<Record<string, number>>>> | undefined)?.[group]?.[name];
  const known = spaced(settingDefaults.get(value.setting) ?? Number.NaN);
  return tried === undefined ? known : `${known} (${spaced(tried)})`;
}

function settingOf({ value }: Row): string {
  return 'fixed' in value ? '' : `\`${value.setting}\``;
}

/** Answers that are alike together: the code, HTTP's status, then who answers so, with the protocol's own code. */
function answers(beyond: Beyond): string {
  const alike = new Map<string, string[]>();
  for (const { over, came } of beyond) {
    const head = headOf(came);
    const own = came.number === undefined ? over : `${over} (${came.number})`;
    alike.set(head, [...(alike.get(head) ?? []), own]);
  }
  return [...alike].map(([head, list]) => `${head}: ${list.join(', ')}`).join('; ');
}

function headOf({ code, status }: Came): string {
  if (code !== undefined) return `\`${code}\` ${status}`;
  return status === 0 ? 'the connection is closed' : `HTTP ${status} without a body`;
}
