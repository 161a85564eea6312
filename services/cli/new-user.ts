import { usage } from './failure.ts';
import type { Around } from './noun.ts';
import { invocation, note, shellWord } from './output.ts';
import { suggestion } from './suggest.ts';

interface Options {
  readonly role?: readonly string[];
}

/** `polywire user create ana --role administrator`: gives a new user roles, and says what is still missing. */
export const newUser: Around = {
  configure: (command) => {
    const collect = (word: string, before: readonly string[] = []): readonly string[] => [
      ...before,
      ...word.split(','),
    ];
    command.option('--role <list>', 'roles that the user has everywhere (commas between, or several times)', collect);
  },
  prepare: async (call, command) => {
    const { role: wanted = [] } = command.opts<Options>();
    const known = (await call('admin.list_roles', {})) as readonly { readonly name: string }[];
    const names = known.map(({ name }) => name);
    const strange = wanted.find((role) => !names.includes(role));
    if (strange !== undefined) throw usage(`there is no role '${strange}'${suggestion(strange, names)}`);
    return async ({ username, password }) => {
      for (const role of wanted) await call('admin.assign_role', { user: username, role });
      if (password !== undefined) return;
      const command = `${invocation} user password ${shellWord(String(username))}`;
      note(`${username} cannot log in by password yet: ${command}`);
    };
  },
};
