import { child, type Node, readTree } from '../../../client/tree.ts';
import { isPythonWord } from './python-names.ts';
import { pythonFloat } from './python-soap.ts';
import { pythonText } from './quote.ts';
import { bracketed, credentialHeader, type Sample } from './sample.ts';

/** The call by xmlrpc.client of the standard library, its parameters as they stand in the request. */
export function xmlrpcCode({ fn, request, credential }: Sample): string {
  const root = readTree({ status: 200, contentType: 'text/xml', body: new TextEncoder().encode(request.body) });
  const params = (child(root, 'params')?.children ?? []).map((param) => valueCode(child(param, 'value')));
  const known = credentialHeader(credential);
  const code = params.join('\n');
  const imports = [
    ...(code.includes('base64.') ? ['import base64'] : []),
    ...(known === undefined ? [] : ['import os']),
    'import xmlrpc.client',
  ];
  const secret =
    known === undefined
      ? ''
      : `,\n    headers=[('${known.name}', ${known.prefix === '' ? '' : `'${known.prefix}' + `}os.environ['${known.variable}'])],\n`;
  return `${imports.join('\n')}

server = xmlrpc.client.ServerProxy(${known === undefined ? '' : '\n    '}${pythonText(request.url.href)}, allow_none=True${secret})
try:
    print(${methodOf(fn.name)}${bracketed('(', params, ')').replaceAll('\n', '\n    ')})
except xmlrpc.client.Fault as fault:
    print(fault.faultCode, fault.faultString)
`;
}

function methodOf(name: string): string {
  return name.split('.').some(isPythonWord) ? `getattr(server, ${pythonText(name)})` : `server.${name}`;
}

/** A `<value>` as what xmlrpc.client makes of the same. */
function valueCode(value: Node | undefined): string {
  const typed = value?.children[0];
  const text = typed?.text ?? value?.text ?? '';
  switch (typed?.local) {
    case 'nil':
      return 'None';
    case 'boolean':
      return text.trim() === '1' ? 'True' : 'False';
    case 'int':
    case 'i8':
      return text.trim();
    case 'double':
      return pythonFloat(Number(text));
    case 'dateTime.iso8601':
      return `xmlrpc.client.DateTime('${text}')`;
    case 'base64':
      return `xmlrpc.client.Binary(base64.b64decode('${text}'))`;
    case 'array':
      return bracketed('[', (child(typed, 'data')?.children ?? []).map(valueCode), ']');
    case 'struct':
      return bracketed('{', typed.children.map(memberCode), '}');
    default:
      return pythonText(text);
  }
}

function memberCode(member: Node): string {
  return `${pythonText(child(member, 'name')?.text ?? '')}: ${valueCode(child(member, 'value'))}`;
}
