import type { AnyFunction } from '../lib/define.ts';
import { operationName } from '../lib/operation-name.ts';
import {
  cMacros,
  goTypes,
  goWords,
  gowsdlTypes,
  javaMethods,
  javaWords,
  nodeSoapWords,
  proxyMembers,
} from './language-words.ts';
import { namedTypes } from './named-types.ts';

/** A name that documents can hold and that a generator of stubs cannot. */
export interface NameWarning {
  /** Function and path. */
  readonly at: string;
  /** The name, and what becomes of it where. */
  readonly problem: string;
}

/** What a name is for: the operation and its wrapper element, a parameter or field, the type of an object. */
type Role = 'operation' | 'member' | 'type';

interface Rule {
  readonly roles: readonly Role[];
  readonly concerns: (name: string) => boolean;
  readonly problem: string;
}

/** What was found with each generator at its current version, and what it then does (docs/protocols.md). */
const rules: readonly Rule[] = [
  {
    roles: ['operation'],
    concerns: (name) => javaWords.has(name),
    problem: 'is a word of Java: wsimport leaves the operation out',
  },
  {
    roles: ['operation', 'type'],
    concerns: (name) => /^_*s_*t_*r_*i_*n_*g_*$/i.test(name),
    problem: "becomes Java's String: what CXF generates does not compile",
  },
  {
    roles: ['operation'],
    concerns: (name) => javaMethods.has(name.replaceAll('_', '').toLowerCase()),
    problem: "is a method of Java's Object: stubs of CXF, wsimport and Axis do not compile",
  },
  {
    roles: ['operation'],
    concerns: (name) => proxyMembers.has(name),
    problem: "is a member of .NET's SoapHttpClientProtocol: the proxies of Mono's wsdl hide it",
  },
  {
    roles: ['operation', 'type'],
    concerns: (name) => goWords.has(name),
    problem: 'is a word of Go: what gowsdl generates does not compile',
  },
  {
    roles: ['operation', 'type'],
    concerns: (name) => goTypes.has(name),
    problem: "is a type of Go: what gowsdl generates has it in that one's place",
  },
  {
    roles: ['operation'],
    concerns: (name) => nodeSoapWords.has(name),
    problem: "is a member of JavaScript's objects or of npm's soap client: npm's soap cannot use the document",
  },
  {
    roles: ['type'],
    concerns: (name) => gowsdlTypes.has(name.toLowerCase()),
    problem: 'is the name of a type of XML Schema: gowsdl takes it for that one',
  },
  {
    roles: ['operation', 'member', 'type'],
    concerns: (name) => name === 'async' || name === 'await' || name === 'System',
    problem: "is a word of C#: what Mono's wsdl generates does not compile",
  },
  {
    roles: ['member'],
    concerns: (name) => cMacros.has(name),
    problem: "is a macro of C's headers: what gSOAP generates does not compile",
  },
  {
    roles: ['member'],
    concerns: (name) => name === 'throws',
    problem: 'ends the parameters for Axis: what it generates does not compile',
  },
  {
    roles: ['member'],
    concerns: (name) => /^_+$/.test(name),
    problem: 'has no letter: what CXF generates does not compile',
  },
  {
    roles: ['operation', 'member', 'type'],
    concerns: (name) => /^xml/i.test(name),
    problem: 'starts with xml, which XML 1.0 §2.3 reserves: gSOAP warns of it',
  },
];

/** The names that some generator cannot make stubs of, each with its function and path. */
export function generatorNameWarnings(functions: readonly AnyFunction[]): readonly NameWarning[] {
  const warnings = new Map<string, NameWarning>();
  for (const { name, role, at } of names(functions)) {
    for (const { roles, concerns, problem } of rules) {
      if (roles.includes(role) && concerns(name))
        warnings.set(`${at} ${problem}`, { at, problem: `${name} ${problem}` });
    }
  }
  return [...warnings.values(), ...proxyPairs(functions)];
}

/** Functions whose names Mono's proxies need for the asynchronous call of another one. */
function* proxyPairs(functions: readonly AnyFunction[]): Generator<NameWarning> {
  const operations = new Map(functions.map(({ name }) => [operationName(name), name]));
  for (const [operation, name] of operations) {
    for (const ending of ['Async', 'Completed']) {
      const other = operations.get(`${operation}${ending}`);
      if (other === undefined) continue;
      const problem = `${operation}${ending} is what the proxies of Mono's wsdl have for ${name}: they do not compile`;
      yield { at: `${other}: name`, problem };
    }
  }
}

interface Name {
  readonly name: string;
  readonly role: Role;
  readonly at: string;
}

function* names(functions: readonly AnyFunction[]): Generator<Name> {
  for (const fn of functions) {
    yield { name: operationName(fn.name), role: 'operation', at: `${fn.name}: name` };
    for (const name of Object.keys(fn.params)) yield { name, role: 'member', at: `${fn.name}: params/${name}` };
  }
  for (const { name, core, at } of namedTypes(functions)) {
    if (core.kind !== 'object') continue;
    yield { name, role: 'type', at };
    for (const field of Object.keys(core.fields)) yield { name: field, role: 'member', at: `${at}/${field}` };
  }
}
