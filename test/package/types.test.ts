import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { root } from '../lib/repository.ts';
import { compile } from './compiler.ts';

/** Instantiations that 500 functions may cost: what keeps an editor quick. */
const most = 350_000;
/** The same for a program that calls them. */
const mostOfClient = 450_000;

/** The source of one function as people write them: six parameters, an object type, an enumeration, an error, a caller. */
function source(i: number): string {
  return `
export const User${i} = t.object('User${i}', { id: t.int64(), name: t.string({ max: 50 }), photo: t.optional(t.bytes()) });
export const fn${i} = define('users${i}.get', {
  description: 'Function ${i}.',
  effect: 'read',
  access: { user: 'required' },
  params: {
    field: t.enum(['id', 'name', 'mail${i}']),
    values: t.list(t.string(), { max: 100 }),
    limit: t.default(t.int({ min: 1 }), 50),
    since: t.optional(t.datetime()),
    exact: t.boolean(),
    like: t.nullable(t.string()),
  },
  returns: t.list(User${i}),
  errors: { 'gone-${i}': { number: ${i + 1}, status: 404, data: t.object('Gone${i}', { value: t.string() }) } },
  handler: async ({ field, values, limit, like }, call) => {
    if (like === null || values.length > limit) call.fail('gone-${i}', { value: field });
    return [];
  },
});
`;
}

describe('types', () => {
  it('are inferred, and refuse what is wrong', function () {
    this.timeout(60_000);
    const { fine, said } = compile('--noEmit', '-p', 'test/types/tsconfig.json');
    expect(fine, said).equal(true);
  });

  it(`cost fewer than ${most} instantiations for 500 functions`, function () {
    this.timeout(60_000);
    expect(instantiations({ 'functions.ts': manyFunctions })).within(1, most - 1);
  });

  it(`cost fewer than ${mostOfClient} with a client of them`, function () {
    this.timeout(60_000);
    expect(instantiations({ 'functions.ts': manyFunctions, 'app.ts': calling })).within(1, mostOfClient - 1);
  });
});

const entryOf = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const manyFunctions = `import { define, t } from '${entryOf('index.js')}';
${Array.from({ length: 500 }, (_, i) => source(i)).join('')}`;

/** A program that calls some of the functions in every way. */
const calling = `import { createClient } from '${entryOf('client/typed/index.js')}';
import type * as functions from './functions.ts';
const client = createClient<typeof functions>({ url: 'https://api.example.org', protocol: 'jsonrpc' });
const params = { field: 'id', values: [], exact: true, like: null } as const;
export async function calls(): Promise<string | bigint | undefined> {
${[1, 2, 3, 4, 5].map((i) => `  await client.users${i}.get(params);\n  await client['users${i}.get'](params);`).join('\n')}
  const [first] = await client.batch((calls) => [calls.users6.get(params), calls['users7.get'](params)]);
  if (!first.ok && first.error.name === 'ClientError' && first.error.code === 'gone-6') return first.error.data.value;
  return client.users8.get(params).then(
    ([user]) => user?.id,
    (error: unknown) => (client.isError(error, 'gone-8') ? error.data.value : undefined),
  );
}
`;

/** Type instantiations that files cost together, in one thread: others would count what they share again. */
function instantiations(files: Readonly<Record<string, string>>): number {
  mkdirSync(join(root, '.build'), { recursive: true });
  const folder = mkdtempSync(join(root, '.build', 'budget-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const options = {
      extends: '../../tsconfig.json',
      compilerOptions: { noEmit: true, rootDir: '../..' },
      include: Object.keys(files),
      exclude: [],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(options));
    const { fine, said } = compile('--singleThreaded', '--extendedDiagnostics', '-p', join(folder, 'tsconfig.json'));
    expect(fine, said.slice(0, 2_000)).equal(true);
    return Number(/Instantiations:\s+(\d+)/.exec(said)?.[1]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
