import { jsonText } from '../../../client/json.ts';
import { type Descriptor, unwrap } from '../../../lib/descriptor.ts';
import { shellWord } from './quote.ts';
import type { Sample } from './sample.ts';

/** Texts that the command line would take for something else: `@` reads a file, `-` asks for a secret. */
const taken = /^(?:@|-$)/;

/** The namespace that the command line takes for SOAP unless it is told another. */
const usual = 'urn:polywire';

/** The call by `polywire call`; it takes keys and tokens from the environment by itself. */
export function commandLineCode({ fn, values, way, origin, namespace, credential }: Sample): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  const asWords = given.every(([name, value]) => isWord(fn.params[name] as Descriptor, value));
  const words = asWords
    ? given.map(([name, value]) => shellWord(`${name}=${wordOf(fn.params[name] as Descriptor, value)}`))
    : [`--json ${shellWord(jsonText(Object.fromEntries(given)))}`];
  const variable = { key: 'POLYWIRE_KEY', token: 'POLYWIRE_TOKEN' }[credential as string];
  const note = variable === undefined ? '' : `# takes ${variable} from the environment\n`;
  const place = `--protocol ${way.name} --url ${shellWord(origin)}`;
  const other = way.wsdl !== undefined && namespace !== usual ? ` --namespace ${shellWord(namespace)}` : '';
  return `${note}npx --no polywire call ${[shellWord(fn.name), ...words].join(' ')} ${place}${other}`;
}

/** Whether a value can be said as `name=value`. */
function isWord(descriptor: Descriptor, value: unknown): boolean {
  const { core } = unwrap(descriptor);
  if (value === null) return false;
  return !(core.kind === 'string' || core.kind === 'enum' || core.kind === 'bytes') || !taken.test(String(value));
}

function wordOf(descriptor: Descriptor, value: unknown): string {
  const { core } = unwrap(descriptor);
  const json = jsonText(value);
  const structured = core.kind === 'json' || core.kind === 'list' || core.kind === 'map' || core.kind === 'object';
  return structured || !json.startsWith('"') ? json : (JSON.parse(json) as string);
}
