import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Cell, type Column, columns } from './edge.ts';
import { type FaultColumn, faultColumns } from './fault-cases.ts';
import { expectedForm, type RunFault, runFaults } from './fault-run.ts';
import { protocolColumns } from './protocols.ts';
import { type RunRow, runTable } from './run.ts';
import { kinds } from './table.ts';

/** Where the document is, from the root of the repository. */
export const documentPath = 'docs/conformance.md';

const intro = `# Conformance

What every value becomes in every protocol, and how every fault looks there. This page is generated: the tests send each
of these calls to a listening server as it stands on the wire, read the answer with a reader that is not Polywire's, and
compare what the handler got and what came back with what is written in \`test/conformance/\`. To write it again:
\`npm run build && node dist/test/conformance/document.js --write\`.
`;

const legend = `
| in a cell | it means |
|---|---|
| exact | the handler gets exactly this value, and it comes back exactly |
| loss | it arrives and comes back less what the note says |
| a code | it is refused with this code and the path of what is wrong, and nothing is lost silently |
| – | the protocol has no way to say it, as the note says; not counted |
| **wrong** | it is not yet as it should be |
`;

/** Numbered notes below a table. */
class Notes {
  readonly #texts: string[] = [];

  mark(text: string): string {
    const known = this.#texts.indexOf(text);
    const number = known === -1 ? this.#texts.push(text) : known + 1;
    return `(${number})`;
  }

  toString(): string {
    return this.#texts.map((text, index) => `(${index + 1}) ${escaped(text)}.`).join(' ');
  }
}

/** Text that Markdown takes as it is. */
function escaped(text: string): string {
  return text.replace(/[\\`*_<>|[\]]/g, '\\$&');
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

function head(titles: readonly string[]): string {
  return line(titles) + line(titles.map((_, index) => (index === 0 ? '---' : ':-:')));
}

type Sort = 'exact' | 'loss' | 'refused' | 'impossible' | 'wrong';

function sortOf(row: RunRow, column: Column): Sort {
  const cell = row.edge.cells[column];
  if (cell.is === 'impossible') return 'impossible';
  if (row.outcomes.get(column) !== undefined) return 'wrong';
  if (cell.is === 'refused') return 'refused';
  return cell.loss === undefined ? 'exact' : 'loss';
}

function cellText(cell: Cell, sort: Sort, notes: Notes): string {
  if (sort === 'wrong') return '**wrong**';
  if (cell.is === 'impossible') return `– ${notes.mark(cell.reason)}`;
  if (cell.is === 'refused') return cell.code;
  return cell.loss === undefined ? 'exact' : `loss ${notes.mark(cell.loss)}`;
}

function section(kind: string, rows: readonly RunRow[]): string {
  const notes = new Notes();
  const lines = rows.map((row) =>
    line([
      escaped(row.edge.name),
      ...columns.map((column) => cellText(row.edge.cells[column], sortOf(row, column), notes)),
    ]),
  );
  const titles = columns.map((column) => protocolColumns[column].title);
  return `\n### ${kind}\n\n${head(['', ...titles])}${lines.join('')}\n${notes}\n`.replace(/\n\n+$/, '\n');
}

function totals(rows: readonly RunRow[]): string {
  const sorts = ['exact', 'loss', 'refused', 'wrong', 'impossible'] as const;
  const lines = columns.map((column) => {
    const counts = sorts.map((sort) => rows.filter((row) => sortOf(row, column) === sort).length);
    return line([protocolColumns[column].title, ...counts.map(String)]);
  });
  return head(['', ...sorts]) + lines.join('');
}

interface Count {
  readonly right: number;
  readonly all: number;
}

/** Cells that are as they should be, and all that are possible. */
export function count(rows: readonly { readonly outcomes: ReadonlyMap<string, string | undefined> }[]): Count {
  const outcomes = rows.flatMap((row) => [...row.outcomes.values()]);
  return { right: outcomes.filter((outcome) => outcome === undefined).length, all: outcomes.length };
}

function faultCell({ one, outcomes }: RunFault, column: FaultColumn): string {
  const form = expectedForm(one, column);
  if (form === undefined) return '–';
  if (outcomes.get(column) !== undefined) return '**wrong**';
  return form.number === undefined ? String(form.status) : `${form.number}, ${form.status}`;
}

function faultSection(faults: readonly RunFault[]): string {
  const titles = [
    'code',
    'provoked by',
    'REST',
    ...faultColumns.slice(1).map((column) => protocolColumns[column].title),
  ];
  const lines = faults.map((fault) =>
    line([fault.one.code, escaped(fault.one.name), ...faultColumns.map((column) => faultCell(fault, column))]),
  );
  return `${head(titles)}${lines.join('')}`;
}

/** The document as it must be, given what the table came to. */
export function conformanceDocument(rows: readonly RunRow[], faults: readonly RunFault[]): string {
  const values = count(rows);
  const codes = count(faults);
  const impossible = rows.length * columns.length - values.all;
  const sections = kinds.map((kind) =>
    section(
      kind,
      rows.filter((row) => row.edge.kind === kind),
    ),
  );
  return [
    intro,
    `\n**Values: ${values.right} of ${values.all} cells are as they should be**; ${impossible} more are impossible. `,
    `**Faults: ${codes.right} of ${codes.all}.** ${rows.length} values, ${faults.length} faults.\n`,
    legend,
    `\n## Totals\n\n${totals(rows)}`,
    '\n## Values\n',
    ...sections,
    '\n## Faults\n\nThe number or name that the protocol gives the fault, and the status of HTTP. Every answer has Content-Length and\n',
    'X-Request-Id, and the id in its body is the same.\n\n',
    faultSection(faults),
  ].join('');
}

/** Runs everything and writes the document, or prints it. */
export async function writeDocument(write: boolean): Promise<void> {
  const text = conformanceDocument(await runTable(), await runFaults());
  if (write) await writeFile(resolve(documentPath), text);
  else process.stdout.write(text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeDocument(process.argv.includes('--write')).catch((reason: unknown) => {
    process.exitCode = 1;
    process.stderr.write(`${(reason as Error).stack}\n`);
  });
}
