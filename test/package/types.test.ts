import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { root } from '../lib/repository.ts';
import { compile } from './compiler.ts';

/** Instantiations that 500 functions may cost: what keeps an editor quick. */
const most = 350_000;

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
    mkdirSync(join(root, '.build'), { recursive: true });
    const folder = mkdtempSync(join(root, '.build', 'budget-'));
    try {
      const functions = Array.from({ length: 500 }, (_, i) => source(i)).join('');
      const entry = fileURLToPath(new URL('../../index.js', import.meta.url));
      writeFileSync(join(folder, 'functions.ts'), `import { define, t } from '${entry}';\n${functions}`);
      const options = {
        extends: '../../tsconfig.json',
        compilerOptions: { noEmit: true, rootDir: '../..' },
        include: ['functions.ts'],
        exclude: [],
      };
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(options));
      const { fine, said } = compile('--extendedDiagnostics', '-p', join(folder, 'tsconfig.json'));
      expect(fine, said.slice(0, 2_000)).equal(true);
      const spent = Number(/Instantiations:\s+(\d+)/.exec(said)?.[1]);
      expect(spent).within(1, most - 1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
