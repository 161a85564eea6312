import { commandLineCode } from './command-line.ts';
import { csharpCode } from './csharp.ts';
import { curlCode } from './curl.ts';
import { javaCode } from './java.ts';
import { fetchCode, typedCode } from './javascript.ts';
import { phpCode } from './php.ts';
import { zeepCode } from './python-soap.ts';
import { xmlrpcCode } from './python-xmlrpc.ts';
import type { Sample } from './sample.ts';

/** A language, or a program, in which a call can be made. */
export interface Language {
  readonly name: string;
  readonly title: string;
  /** The ways that it can call by. */
  readonly ways: readonly string[];
  readonly code: (sample: Sample) => string;
}

const soap = ['soap', 'soap12'];
const dialects = ['rest', 'jsonrpc', 'xmlrpc', ...soap, 'mcp'];

/** Everything that a call is written in, the likeliest first. */
const languages: readonly Language[] = [
  { name: 'curl', title: 'curl', ways: dialects, code: curlCode },
  { name: 'php', title: 'PHP', ways: soap, code: phpCode },
  { name: 'zeep', title: 'Python (zeep)', ways: soap, code: zeepCode },
  { name: 'python', title: 'Python', ways: ['xmlrpc'], code: xmlrpcCode },
  { name: 'java', title: 'Java', ways: soap, code: javaCode },
  { name: 'csharp', title: 'C#', ways: soap, code: csharpCode },
  { name: 'javascript', title: 'JavaScript', ways: dialects, code: fetchCode },
  { name: 'typescript', title: 'TypeScript', ways: ['rest', 'jsonrpc', 'xmlrpc', 'soap'], code: typedCode },
  { name: 'command', title: 'polywire call', ways: dialects, code: commandLineCode },
];

/** What a call by one way can be written in. */
export function languagesOf(way: string): readonly Language[] {
  return languages.filter(({ ways }) => ways.includes(way));
}
