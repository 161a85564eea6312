import { jsonText } from '../../../client/json.ts';
import { toBase64 } from '../../../lib/base64.ts';
import { type Descriptor, type Fields, unwrap } from '../../../lib/descriptor.ts';
import { isPythonWord, pythonAccess } from './python-names.ts';
import { pythonText } from './quote.ts';
import { bracketed, credentialHeader, type Sample, wsdlAddress } from './sample.ts';

/** The call by zeep. */
export function zeepCode(sample: Sample): string {
  const { fn, values, way, credential } = sample;
  const known = credentialHeader(credential);
  const params = given(fn.params, values);
  const named = params.every(([name]) => !isPythonWord(name));
  const list = params.map(([name, value]) => (named ? `${name}=${value}` : `${pythonText(name)}: ${value}`));
  const words = named ? bracketed('(', list, ')') : `(**${bracketed('{', list, '}')})`;
  const code = [...params.map(([, value]) => value), ''].join('\n');
  const imports = [
    ...(code.includes('base64.') ? ['import base64'] : []),
    ...(known === undefined ? [] : ['import os']),
    ...(code.includes('Decimal(') ? ['from decimal import Decimal'] : []),
    ...(known === undefined ? [] : ['import requests']),
    'import zeep',
  ];
  const session =
    known === undefined
      ? ''
      : `session = requests.Session()
session.headers['${known.name}'] = ${known.prefix === '' ? '' : `'${known.prefix}' + `}os.environ['${known.variable}']\n`;
  const transport = known === undefined ? '' : ', transport=zeep.Transport(session=session)';
  return `# pip install zeep
${imports.join('\n')}

${session}client = zeep.Client(${pythonText(wsdlAddress(sample))}${transport})
try:
    print(client.service${pythonAccess(way.operation)}${words.replaceAll('\n', '\n    ')})
except zeep.exceptions.Fault as fault:
    print(fault.code, fault.message)
`;
}

/** What is sent, as pairs of name and code. */
function given(fields: Fields, values: object): readonly (readonly [name: string, code: string])[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const value = Object.hasOwn(values, name) ? (values as Readonly<Record<string, unknown>>)[name] : undefined;
    return value === undefined ? [] : [[name, zeepValue(field, value)] as const];
  });
}

/** A value as zeep takes it: lists and maps as their wrappers, moments as text, since zeep would lose their zone's name. */
export function zeepValue(descriptor: Descriptor, value: unknown): string {
  const { core } = unwrap(descriptor);
  if (value === null) return 'None';
  switch (core.kind) {
    case 'boolean':
      return value === true ? 'True' : 'False';
    case 'int':
    case 'int64':
      return String(value);
    case 'float':
      return pythonFloat(value as number);
    case 'decimal':
      return `Decimal('${value}')`;
    case 'bytes':
      return `base64.b64decode('${toBase64(value as Uint8Array)}')`;
    case 'datetime':
      return pythonText((value as Date).toISOString());
    case 'json':
      return pythonText(jsonText(value));
    case 'list':
      return `{'item': ${bracketed(
        '[',
        (value as readonly unknown[]).map((item) => zeepValue(core.item, item)),
        ']',
      )}}`;
    case 'map': {
      const entries = Object.entries(value as object);
      const pairs = entries.map(
        ([key, item]) => `{'key': ${pythonText(key)}, 'value': ${zeepValue(core.value, item)}}`,
      );
      return `{'entry': ${bracketed('[', pairs, ']')}}`;
    }
    case 'object':
      return bracketed(
        '{',
        given(core.fields, value as object).map(([name, code]) => `'${name}': ${code}`),
        '}',
      );
    default:
      return pythonText(String(value));
  }
}

/** A float of Python, which has a point or an exponent. */
export function pythonFloat(value: number): string {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
