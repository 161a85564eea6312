/** What the programs for Node.js share: the names of the values, and a line for each check. */
import { isDeepStrictEqual } from 'node:util';

export const odd = 'Zoë & <Bob> ]]> \u{1F600}';

/** The client cannot do it, for the reason given. */
export class Impossible extends Error {}

function say(name, status, note = '') {
  console.log([name, status, note.split(/\s+/).join(' ').trim()].join('\t'));
}

/** Runs one check: it fails by an exception, and what it returns is told. */
export async function check(name, step) {
  try {
    say(name, 'ok', await step());
  } catch (reason) {
    if (reason instanceof Impossible) say(name, 'impossible', reason.message);
    else say(name, 'wrong', String(reason));
  }
}

export function expectSame(value, wanted) {
  if (!isDeepStrictEqual(value, wanted)) throw new Error(`${JSON.stringify(value)} is not ${JSON.stringify(wanted)}`);
}

/** Gets every value and sends it back; the server says what it makes of it. */
export async function values(get, put) {
  for (const both of process.env['POLYWIRE_VALUES'].split(' ')) {
    const [kind, name] = both.split('.');
    await check(both, async () => {
      const said = await put(kind, name, await get(kind, name));
      if (said !== 'exact' && said !== 'loss') throw new Error(said);
    });
  }
}
