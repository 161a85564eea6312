import { Command } from 'commander';
import { packageVersion } from '../../lib/version.ts';
import type { nouns, reports } from './nouns.ts';

/** Gives a command its arguments, options and action. */
type Configure = (command: Command) => void | Promise<void>;

interface Entry {
  readonly description: string;
  /** Only the command that is called is loaded: the others cost nothing. */
  readonly load: () => Promise<Configure>;
}

/** A noun's commands, built from the functions about it. */
function noun(name: keyof typeof nouns, description: string): Entry {
  return {
    description,
    load: async () => {
      const [{ configureVerbs }, { nouns: all }] = await Promise.all([import('./noun.ts'), import('./nouns.ts')]);
      return (command) => configureVerbs(command, all[name]);
    },
  };
}

/** A command of one word, built from one function. */
function report(name: keyof typeof reports, description: string): Entry {
  return {
    description,
    load: async () => {
      const [{ configureReport }, { reports: all }] = await Promise.all([import('./noun.ts'), import('./nouns.ts')]);
      return (command) => configureReport(command, all[name]);
    },
  };
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
  setting: {
    description: 'everything else that can be set: list, show, set, unset',
    load: async () => (await import('./setting.ts')).configureSetting,
  },
  user: noun('user', 'who may log in: create, list, show, set, password, remove'),
  role: noun('role', 'what users may do: create, list, show, set, remove, assign, unassign'),
  token: noun('token', "users' tokens: create, list, show, set, revoke"),
  key: noun('key', "client programs' keys: create, list, show, set, rotate, revoke"),
  service: noun('service', 'named sets of functions: create, list, show, set, remove, add-user, remove-user'),
  explain: {
    description: 'say which gates a call passes and which refuses it',
    load: async () => (await import('./explain.ts')).configureExplain,
  },
  audit: report('audit', 'who called what, and how it ended'),
  events: report('events', 'what happened to users, keys, tokens and switches'),
  call: {
    description: 'call a function of a server and print the result as JSON',
    load: async () => (await import('./call.ts')).configureCall,
  },
  wsdl: {
    description: 'print the WSDL of the functions that are on',
    load: async () => (await import('./wsdl.ts')).configureWsdl,
  },
  xsd: {
    description: 'print the XML Schema of the SOAP messages of the functions that are on',
    load: async () => (await import('./xsd.ts')).configureXsd,
  },
  openapi: {
    description: 'print the OpenAPI document of the functions that are on',
    load: async () => (await import('./openapi.ts')).configureOpenapi,
  },
  openrpc: {
    description: 'print the OpenRPC document of the functions that are on',
    load: async () => (await import('./openrpc.ts')).configureOpenrpc,
  },
  catalog: {
    description: 'what the functions are, and whose clients a change breaks: export, diff',
    load: async () => (await import('./catalog.ts')).configureCatalog,
  },
  schema: {
    description: "print the JSON Schemas of a function's parameters and result",
    load: async () => (await import('./schema.ts')).configureSchema,
  },
};

/** The command line of `polywire`, ready for these words. */
export async function createProgram(words: readonly string[]): Promise<Command> {
  const program = new Command('polywire')
    .description(
      'Serves functions over SOAP, XML-RPC, JSON-RPC, REST and MCP, behind one set of switches, keys and quotas.',
    )
    .version(packageVersion())
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(oneLine(text)) })
    .helpCommand(false)
    .addHelpText('after', '\nTry it: polywire serve --demo');
  for (const [name, { description, load }] of Object.entries(commands)) {
    const command = program.command(name).description(description).helpCommand(false);
    if (words[0] === name) await (await load())(command);
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
