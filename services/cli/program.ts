import { Command } from 'commander';
import { packageVersion } from './version.ts';

/** Gives a command its arguments, options and action. */
type Configure = (command: Command) => void;

interface Entry {
  readonly description: string;
  /** Only the command that is called is loaded: the others cost nothing. */
  readonly load: () => Promise<Configure>;
}

const commands: Readonly<Record<string, Entry>> = {
  serve: {
    description: 'serve functions as the settings say; with --demo everything, to this machine',
    load: async () => (await import('./serve.ts')).configureServe,
  },
  site: {
    description: 'the switch of all web services: enable, disable, show',
    load: async () => (await import('./site.ts')).configureSite,
  },
  protocol: {
    description: 'which protocols answer: enable, disable, list',
    load: async () => (await import('./protocol.ts')).configureProtocol,
  },
  function: {
    description: 'which functions may be called: enable, disable, list',
    load: async () => (await import('./function.ts')).configureFunction,
  },
  call: {
    description: 'call a function of a server and print the result as JSON',
    load: async () => (await import('./call.ts')).configureCall,
  },
  wsdl: {
    description: 'print the WSDL of the functions that are on',
    load: async () => (await import('./wsdl.ts')).configureWsdl,
  },
};

/** The command line of `polywire`, ready for these words. */
export async function createProgram(words: readonly string[]): Promise<Command> {
  const program = new Command('polywire')
    .description('Serves functions over SOAP, XML-RPC, JSON-RPC and REST, behind one set of switches.')
    .version(packageVersion())
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(oneLine(text)) })
    .helpCommand(false)
    .addHelpText('after', '\nTry it: polywire serve --demo');
  for (const [name, { description, load }] of Object.entries(commands)) {
    const command = program.command(name).description(description).helpCommand(false);
    if (words[0] === name) (await load())(command);
  }
  return program;
}

/** What commander finds wrong, as our one line. */
function oneLine(text: string): string {
  const words = text
    .trim()
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ');
  return `polywire: ${words}\n`;
}
