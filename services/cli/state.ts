import type { AnyFunction } from '../../lib/define.ts';
import type { Settings } from '../../lib/settings.ts';
import { createSite, type Site } from '../../lib/site.ts';
import { packageVersion } from '../../lib/version.ts';
import { protocols } from '../site.ts';
import type { Loaded } from './functions.ts';
import { type Home, homeWords } from './home.ts';
import { invocation, shellWord } from './output.ts';
import { isProtected, matches } from './patterns.ts';
import { homeName } from './switches.ts';

/** Hosts to listen at for this machine only. */
export const loopback: readonly string[] = ['127.0.0.1', '::1', 'localhost'];

/** Where `serve` listens: at which host, and by which address this machine reaches it. */
interface Place {
  readonly url: string;
  readonly host: string;
}

/** What `serve` prints once it listens: what is on and where it answers, what is off and how to switch it on. */
export function servingText(
  { url, host }: Place,
  { catalog }: Loaded,
  settings: Settings,
  home: Home,
  own: readonly AnyFunction[],
): string {
  const site = createSite(catalog, settings);
  const isOn = ({ name }: AnyFunction) => settings.enabledwsfunctions.some((pattern) => matches(pattern, name));
  const external = [...catalog.functions, ...own.filter(isOn)].filter((fn) => !fn.internal);
  const on = external.filter(isOn);
  const lines = [`Polywire ${packageVersion()} at ${url}, with the settings of ${homeName(home)}.`, ''];
  lines.push(`Web services: ${site.on ? 'on' : 'off'}`, 'Protocols:');
  for (const { name, routes } of protocols) {
    const place = site.protocolIsOn(name) ? `on   ${url}${routes[0]?.path}${tail(name)}` : 'off';
    lines.push(`  ${name.padEnd(8)} ${place}`);
  }
  lines.push(`Functions: ${on.length} of ${external.length} on${names(on)}`);
  const strangers = [
    ...settings.enabledwsprotocols.filter((protocol) => !protocols.some(({ name }) => name === protocol)),
    ...settings.enabledwsfunctions.filter((pattern) => !external.some((fn) => matches(pattern, fn.name))),
  ];
  if (strangers.length > 0) lines.push(`Switched on, but not to be found here: ${strangers.join(', ')}`);
  const commands = missing(site, external, on, homeWords(home));
  if (commands.length > 0) {
    lines.push('', 'To switch on what is off, in another terminal (it counts within two seconds):', ...commands);
  }
  if (!loopback.includes(host) && settings.publicUrl === undefined && settings.allowedHosts.length === 0) {
    lines.push('', 'Callers from elsewhere use a host that no setting names, so they are refused; to name it:');
    lines.push(`  ${invocation} setting set publicUrl https://api.example.org${homeWords(home)}`);
  }
  return lines.join('\n');
}

function tail(protocol: string): string {
  if (protocol === 'rest') return '<function>';
  return protocol === 'soap' ? '?wsdl' : '';
}

function names(functions: readonly AnyFunction[]): string {
  if (functions.length === 0) return '';
  const shown = functions.slice(0, 5).map((fn) => fn.name);
  return `: ${shown.join(', ')}${functions.length > shown.length ? ', …' : ''}`;
}

function missing(site: Site, external: readonly AnyFunction[], on: readonly AnyFunction[], file: string): string[] {
  const commands: string[] = [];
  if (!site.on) commands.push(`  ${invocation} site enable${file}`);
  if (!protocols.some(({ name }) => site.protocolIsOn(name))) {
    commands.push(`  ${invocation} protocol enable rest${file}`);
  }
  const [first] = external;
  if (on.length === 0 && first !== undefined) {
    commands.push(`  ${invocation} function enable ${shellWord(patternFor(first.name))}${file}`);
  }
  return commands;
}

/** The glob of a function's neighbours; the name itself where no glob matches. */
function patternFor(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot === -1 || isProtected(name) ? name : `${name.slice(0, dot)}.*`;
}
