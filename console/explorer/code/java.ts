import { jsonText } from '../../../client/json.ts';
import { toBase64 } from '../../../lib/base64.ts';
import { type Descriptor, type Fields, unwrap } from '../../../lib/descriptor.ts';
import { entryTypeName, memberScope, typeName } from '../../../wsdl/names.ts';
import { javaClass, javaProperty, javaVariable } from './java-names.ts';
import { javaText } from './quote.ts';
import { credentialHeader, type Sample, wsdlAddress } from './sample.ts';

/** The call by JAX-WS, with the classes that its tools make of the WSDL. */
export function javaCode(sample: Sample): string {
  const { fn, values, way, credential } = sample;
  const writer = new JavaWriter();
  const given = values as Readonly<Record<string, unknown>>;
  const params = Object.entries(fn.params).map(([name, param]) =>
    given[name] === undefined ? 'null' : writer.value(param, given[name], name, memberScope(way.operation, name)),
  );
  const method = `port.${javaVariable(way.operation)}(${params.join(', ')})`;
  const imports = new Set(['client.*', ...writer.imports, ...(credentialHeader(credential) ? credentialImports : [])]);
  const extension = way.name === 'soap12' ? ' -extension' : ''; // without it ports of SOAP 1.2 are passed over
  return `// wsimport${extension} -keep -p client "${wsdlAddress(sample)}"   (or wsdl2java of Apache CXF)
${[...imports].map((name) => `import ${name};`).join('\n')}

public class Call {
    public static void main(String[] args) throws Exception {
        PolywirePortType port = new PolywireService().getPolywirePort();
${[...credentialLines(credential), ...writer.lines].map((line) => `        ${line}\n`).join('')}        ${fn.returns === undefined ? `${method};` : `System.out.println(${method});`}
    }
}
`;
}

/** Before JAX-WS 3 it is javax.xml.ws. */
const credentialImports = ['jakarta.xml.ws.BindingProvider', 'jakarta.xml.ws.handler.MessageContext', 'java.util.*'];

function credentialLines(kind: Sample['credential']): readonly string[] {
  const known = credentialHeader(kind);
  if (known === undefined) return [];
  const secret = `${known.prefix === '' ? '' : `"${known.prefix}" + `}System.getenv("${known.variable}")`;
  return [
    '((BindingProvider) port).getRequestContext().put(MessageContext.HTTP_REQUEST_HEADERS,',
    `    Map.of("${known.name}", List.of(${secret})));`,
  ];
}

/** Collects the statements that make the objects of a call. */
class JavaWriter {
  readonly lines: string[] = [];
  readonly imports = new Set<string>();
  readonly #taken = new Map<string, number>();

  /** The expression of a value; what it is made of is stated before. */
  value(descriptor: Descriptor, value: unknown, name: string, scope: string): string {
    const { core } = unwrap(descriptor);
    if (value === null) return 'null';
    switch (core.kind) {
      case 'object':
        return this.#object(core.name, core.fields, value as Readonly<Record<string, unknown>>, name);
      case 'list':
        return this.#list(core.item, value as readonly unknown[], name, javaClass(typeName(core, scope)), scope);
      case 'map': {
        const types = { map: javaClass(typeName(core, scope)), entry: javaClass(entryTypeName(core, scope)) };
        return this.#map(core.value, value as object, name, types, scope);
      }
      case 'enum':
        return `${javaClass(scope)}.fromValue(${javaText(String(value))})`;
      default:
        return this.#scalar(core, value);
    }
  }

  #variable(name: string): string {
    const plain = javaVariable(name);
    const count = (this.#taken.get(plain) ?? 0) + 1;
    this.#taken.set(plain, count);
    return `${plain === 'port' || plain === 'args' || count > 1 || isJavaWord(plain) ? `${plain}${count}` : plain}`;
  }

  #object(type: string, fields: Fields, value: Readonly<Record<string, unknown>>, name: string): string {
    const variable = this.#variable(name);
    this.lines.push(`${javaClass(type)} ${variable} = new ${javaClass(type)}();`);
    for (const [field, descriptor] of Object.entries(fields)) {
      const item = Object.hasOwn(value, field) ? value[field] : undefined;
      if (item === undefined) continue;
      const code = this.#member(type, field, descriptor, this.value(descriptor, item, field, memberScope(type, field)));
      this.lines.push(`${variable}.set${javaProperty(field)}(${code});`);
    }
    return variable;
  }

  /** What may be absent and null too is a JAXBElement, since null alone says that it is absent. */
  #member(type: string, field: string, descriptor: Descriptor, code: string): string {
    const { nullable, optional } = unwrap(descriptor);
    if (!nullable || !optional) return code;
    return `new ObjectFactory().create${javaClass(type)}${javaProperty(field)}(${code})`;
  }

  #list(item: Descriptor, value: readonly unknown[], name: string, type: string, scope: string): string {
    const variable = this.#variable(name);
    this.lines.push(`${type} ${variable} = new ${type}();`);
    for (const one of value) {
      const code = this.value(item, one, `${name}Item`, scope);
      this.lines.push(`${variable}.getItem().add(${code});`);
    }
    return variable;
  }

  #map(
    of: Descriptor,
    value: object,
    name: string,
    types: { readonly map: string; readonly entry: string },
    scope: string,
  ): string {
    const variable = this.#variable(name);
    this.lines.push(`${types.map} ${variable} = new ${types.map}();`);
    for (const [key, item] of Object.entries(value)) {
      const code = this.value(of, item, `${name}Value`, scope);
      const entry = this.#variable(`${name}Entry`);
      this.lines.push(
        `${types.entry} ${entry} = new ${types.entry}();`,
        `${entry}.setKey(${javaText(key)});`,
        `${entry}.setValue(${code});`,
        `${variable}.getEntry().add(${entry});`,
      );
    }
    return variable;
  }

  #scalar(core: ReturnType<typeof unwrap>['core'], value: unknown): string {
    switch (core.kind) {
      case 'boolean':
      case 'int':
        return String(value);
      case 'int64':
        return `${value}L`;
      case 'float':
        return Number.isInteger(value) && !String(value).includes('e') ? `${value}.0` : String(value);
      case 'decimal':
        this.imports.add('java.math.BigDecimal');
        return `new BigDecimal("${value}")`;
      case 'date':
        return this.#calendar(String(value));
      case 'datetime':
        return this.#calendar((value as Date).toISOString());
      case 'bytes':
        this.imports.add('java.util.*');
        return `Base64.getDecoder().decode("${toBase64(value as Uint8Array)}")`;
      case 'json':
        return javaText(jsonText(value));
      default:
        return javaText(String(value));
    }
  }

  #calendar(text: string): string {
    this.imports.add('javax.xml.datatype.DatatypeFactory');
    return `DatatypeFactory.newInstance().newXMLGregorianCalendar("${text}")`;
  }
}

const javaWords = new Set(
  (
    'abstract assert boolean break byte case catch char class const continue default do double else enum extends final finally ' +
    'float for goto if implements import instanceof int interface long native new package private protected public return short ' +
    'static strictfp super switch synchronized this throw throws transient try void volatile while true false null _'
  ).split(' '),
);

function isJavaWord(name: string): boolean {
  return javaWords.has(name);
}
