import { jsonText } from '../../../client/json.ts';
import { toBase64 } from '../../../lib/base64.ts';
import { type Descriptor, type Fields, unwrap } from '../../../lib/descriptor.ts';
import { int64Min } from '../../../lib/text-value.ts';
import { phpText } from './quote.ts';
import { bracketed, credentialHeader, type Sample, wsdlAddress } from './sample.ts';

/** The call by PHP's own SoapClient. */
export function phpCode(sample: Sample): string {
  const { fn, values, way, credential } = sample;
  const known = credentialHeader(credential);
  const options = [
    ...(way.name === 'soap12' ? ["'soap_version' => SOAP_1_2"] : []),
    "'features' => SOAP_SINGLE_ELEMENT_ARRAYS",
    ...(known === undefined ? [] : ["'stream_context' => $context"]),
  ];
  const context =
    known === undefined
      ? ''
      : `$context = stream_context_create(['http' => ['header' => '${known.name}: ${known.prefix}' . getenv('${known.variable}')]]);\n`;
  return `<?php
${context}$client = new SoapClient(${phpText(wsdlAddress(sample))}, ${bracketed('[', options, ']')});
try {
    $answer = $client->__soapCall(${phpText(way.operation)}, [${membersOf(fn.params, values)}]);
    var_dump($answer->result ?? null);
} catch (SoapFault $fault) {
    echo $fault->getMessage(), "\\n";
    var_dump($fault->detail ?? null);
}
`;
}

function membersOf(fields: Fields, values: object): string {
  const members = Object.entries(fields).flatMap(([name, field]) => {
    const value = Object.hasOwn(values, name) ? (values as Readonly<Record<string, unknown>>)[name] : undefined;
    return value === undefined ? [] : [`${phpText(name)} => ${phpValue(field, value)}`];
  });
  return bracketed('[', members, ']');
}

/** A value as SoapClient takes it: lists and maps as their wrappers, an object as an array of its fields. */
export function phpValue(descriptor: Descriptor, value: unknown): string {
  const { core } = unwrap(descriptor);
  if (value === null) return 'null';
  switch (core.kind) {
    case 'int64':
      return value === int64Min ? 'PHP_INT_MIN' : String(value);
    case 'boolean':
    case 'int':
      return String(value);
    case 'float':
      return Number.isInteger(value) && !String(value).includes('e') ? `${value}.0` : String(value);
    case 'bytes':
      return `base64_decode('${toBase64(value as Uint8Array)}')`;
    case 'datetime':
      return phpText((value as Date).toISOString());
    case 'json':
      return phpText(jsonText(value));
    case 'list':
      return `['item' => ${bracketed(
        '[',
        (value as readonly unknown[]).map((item) => phpValue(core.item, item)),
        ']',
      )}]`;
    case 'map': {
      const entries = Object.entries(value as object);
      const pairs = entries.map(
        ([key, item]) => `['key' => ${phpText(key)}, 'value' => ${phpValue(core.value, item)}]`,
      );
      return `['entry' => ${bracketed('[', pairs, ']')}]`;
    }
    case 'object':
      return membersOf(core.fields, value as object);
    default:
      return phpText(String(value));
  }
}
