import { jsonText } from '../../../client/json.ts';
import { toBase64 } from '../../../lib/base64.ts';
import { type Descriptor, type Fields, unwrap } from '../../../lib/descriptor.ts';
import { entryTypeName, memberScope, typeName } from '../../../wsdl/names.ts';
import { javaText } from './quote.ts';
import { credentialHeader, indented, type Sample, wsdlAddress } from './sample.ts';

type Core = ReturnType<typeof unwrap>['core'];

/** The call by the classes that `wsdl` of .NET Framework or Mono makes of the WSDL. */
export function csharpCode(sample: Sample): string {
  const { fn, values, way, credential } = sample;
  const given = values as Readonly<Record<string, unknown>>;
  const params = Object.entries(fn.params).flatMap(([name, param]) =>
    argumentsOf(param, given[name], memberScope(way.operation, name)),
  );
  const call = `service.${way.operation}(${params.join(', ')})`;
  const protocol = way.name === 'soap12' ? ' /protocol:Soap12' : '';
  const known = credentialHeader(credential);
  const made = `new ${known === undefined ? 'PolywireService' : 'KnownService'} { Url = ${javaText(sample.request.url.href)} }`;
  return `// wsdl /namespace:Client${protocol} "${wsdlAddress(sample)}"
using System;
using System.Globalization;
${known === undefined ? '' : 'using System.Net;\n'}using System.Web.Services.Protocols;
using Client;
${known === undefined ? '' : knownService(known)}
static class Call {
    static void Main() {
        var service = ${made};
        try {
            ${indented(fn.returns === undefined ? `${call};` : `Console.WriteLine(${call});`, '            ')}
        } catch (SoapException fault) {
            Console.WriteLine(fault.Message);
            if (fault.Detail != null) Console.WriteLine(fault.Detail.OuterXml);
        }
    }
}
`;
}

/** The proxy, saying who calls in a header. */
function knownService({ name, prefix, variable }: NonNullable<ReturnType<typeof credentialHeader>>): string {
  const secret = `${prefix === '' ? '' : `"${prefix}" + `}Environment.GetEnvironmentVariable("${variable}")`;
  return `
class KnownService : PolywireService {
    protected override WebRequest GetWebRequest(Uri uri) {
        var request = base.GetWebRequest(uri);
        request.Headers["${name}"] = ${secret};
        return request;
    }
}
`;
}

/** Kinds that are value types: where one may be absent, a boolean beside it says whether it is there. */
function isValueType({ kind }: Core): boolean {
  return ['boolean', 'int', 'int64', 'float', 'decimal', 'date', 'datetime', 'enum'].includes(kind);
}

function argumentsOf(descriptor: Descriptor, value: unknown, scope: string): readonly string[] {
  const { core, optional } = unwrap(descriptor);
  const code = value === undefined ? absent(descriptor, scope) : csharpValue(descriptor, value, scope);
  return optional && isValueType(core) ? [code, String(value !== undefined)] : [code];
}

function absent(descriptor: Descriptor, scope: string): string {
  const { core, nullable } = unwrap(descriptor);
  return isValueType(core) && !nullable ? `default(${csharpType(core, scope)})` : 'null';
}

/** The type of a value in the proxy. */
function csharpType(descriptor: Descriptor, scope: string): string {
  const { core, nullable } = unwrap(descriptor);
  const suffix = nullable && isValueType(core) ? '?' : '';
  return `${coreType(core, scope)}${suffix}`;
}

const simple = {
  string: 'string',
  boolean: 'bool',
  int: 'int',
  int64: 'long',
  float: 'double',
  decimal: 'decimal',
  date: 'DateTime',
  datetime: 'DateTime',
  bytes: 'byte[]',
  json: 'string',
} as const;

function coreType(core: Core, scope: string): string {
  switch (core.kind) {
    case 'list':
      return `${csharpType(core.item, scope)}[]`;
    case 'map':
      return `${entryTypeName(core, scope)}[]`;
    case 'object':
    case 'enum':
      return typeName(core, scope);
    default:
      return simple[core.kind];
  }
}

/** A value as an expression. */
function csharpValue(descriptor: Descriptor, value: unknown, scope: string): string {
  const { core } = unwrap(descriptor);
  if (value === null) return 'null';
  switch (core.kind) {
    case 'list': {
      const items = (value as readonly unknown[]).map((item) => csharpValue(core.item, item, scope));
      return braced(`new ${coreType(core, scope)}`, items);
    }
    case 'map': {
      const entries = Object.entries(value as object).map(([key, item]) =>
        braced(`new ${entryTypeName(core, scope)}`, [
          `key = ${javaText(key)}`,
          ...member('value', core.value, item, scope),
        ]),
      );
      return braced(`new ${coreType(core, scope)}`, entries);
    }
    case 'object':
      return braced(`new ${core.name}`, membersOf(core.name, core.fields, value as object));
    case 'enum':
      return `${scope}.${identifier(String(value).replace(/\W/g, ''))}`;
    default:
      return scalarOf(core, value);
  }
}

/** What stands in braces: on one line where it is short. */
function braced(start: string, members: readonly string[]): string {
  const line = members.length === 0 ? `${start} {}` : `${start} { ${members.join(', ')} }`;
  if (line.length <= 72 && !line.includes('\n')) return line;
  return `${start} {\n    ${members.map((item) => indented(item)).join(',\n    ')}\n}`;
}

function membersOf(type: string, fields: Fields, value: object): readonly string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const item = Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
    return item === undefined ? [] : member(name, field, item, memberScope(type, name));
  });
}

function member(name: string, descriptor: Descriptor, value: unknown, scope: string): readonly string[] {
  const { core, optional } = unwrap(descriptor);
  const set = `${identifier(name)} = ${csharpValue(descriptor, value, scope)}`;
  return optional && isValueType(core) ? [set, `${name}Specified = true`] : [set];
}

function scalarOf(core: Core, value: unknown): string {
  switch (core.kind) {
    case 'boolean':
    case 'int':
      return String(value);
    case 'int64':
      return `${value}L`;
    case 'float':
      return `${value}d`;
    case 'decimal':
      return `decimal.Parse("${value}", CultureInfo.InvariantCulture)`;
    case 'date':
      return `DateTime.Parse("${value}", CultureInfo.InvariantCulture)`;
    case 'datetime':
      return `DateTime.Parse("${(value as Date).toISOString()}", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)`;
    case 'bytes':
      return `Convert.FromBase64String("${toBase64(value as Uint8Array)}")`;
    case 'json':
      return javaText(jsonText(value));
    default:
      return javaText(String(value));
  }
}

const words = new Set(
  (
    'abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum ' +
    'event explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock long ' +
    'namespace new null object operator out override params private protected public readonly ref return sbyte sealed short ' +
    'sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual ' +
    'void volatile while'
  ).split(' '),
);

/** A name that may be a word of the language. */
function identifier(name: string): string {
  if (/^[0-9]/.test(name)) return `Item${name}`;
  return words.has(name) ? `@${name}` : name;
}
