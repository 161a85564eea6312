import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { failed, usage } from './failure.ts';

/** Whether somebody sits at a terminal who can be asked. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** Asks at the terminal, without showing what is typed. */
export function askSecret(question: string): Promise<string> {
  return atTerminal((ask) => ask(question));
}

/**
 * Asks for a new password twice.
 * @throws CommandFailure if the two differ
 */
export function askNewSecret(what: string): Promise<string> {
  return atTerminal(async (ask) => {
    const first = await ask(`${what}: `);
    if (first !== '' && (await ask(`${what} again: `)) !== first) {
      throw usage('the two are not the same: nothing is changed');
    }
    return first;
  });
}

/** One reader for all questions, so that what is typed ahead is not lost. Questions go to stderr: the output may be redirected. */
async function atTerminal(work: (ask: (question: string) => Promise<string>) => Promise<string>): Promise<string> {
  const output = new Writable({ write: (_, __, done) => done() });
  const terminal = createInterface({ input: process.stdin, output, terminal: true });
  terminal.once('SIGINT', () => terminal.close());
  const lines = terminal[Symbol.asyncIterator]();
  try {
    return await work(async (question) => {
      process.stderr.write(question);
      const { value, done } = await lines.next();
      process.stderr.write('\n');
      if (done === true) throw failed('nothing is changed');
      return value;
    });
  } finally {
    terminal.close();
  }
}

let read: Promise<string> | undefined;

/**
 * The first line of the standard input, without its end.
 * @throws CommandFailure if there is none
 */
export async function secretFromStdin(option: string): Promise<string> {
  read ??= readFirstLine();
  const line = await read;
  if (line === '') throw usage(`${option} reads a line from the standard input, which has none`);
  return line;
}

async function readFirstLine(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) {
    text += chunk;
    if (text.includes('\n')) break;
  }
  return text.split('\n', 1)[0]?.replace(/\r$/, '') ?? '';
}
