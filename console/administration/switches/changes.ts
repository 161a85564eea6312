import { covers, isGlob, withoutFunction } from './patterns.ts';
import type { Switches } from './switch-state.ts';

/** A change of switches: how it is made, and what the switches are after it. */
export interface Change {
  /** The question, if one has to be asked. */
  readonly title: string;
  /** What the button says. */
  readonly action: string;
  /** What is said when it is done. */
  readonly done: string;
  readonly call: 'admin.enable' | 'admin.disable' | 'admin.update_settings';
  readonly params: Readonly<Record<string, unknown>>;
  readonly after: Switches;
}

/** Switches the site on, or off. */
export function siteChange(switches: Switches): Change {
  const on = !switches.enablewebservices;
  return {
    title: `Switch web services ${on ? 'on' : 'off'}?`,
    action: `Switch web services ${on ? 'on' : 'off'}`,
    done: `Web services are ${on ? 'on' : 'off'}.`,
    call: on ? 'admin.enable' : 'admin.disable',
    params: { kind: 'site' },
    after: { ...switches, enablewebservices: on },
  };
}

/** Switches a protocol on, or off. */
export function protocolChange(switches: Switches, name: string): Change {
  const held = switches.enabledwsprotocols;
  const on = !held.includes(name);
  return {
    title: `Switch ${name} ${on ? 'on' : 'off'}?`,
    action: `Switch ${name} ${on ? 'on' : 'off'}`,
    done: `${name} is ${on ? 'on' : 'off'}.`,
    call: on ? 'admin.enable' : 'admin.disable',
    params: { kind: 'protocol', names: [name] },
    after: { ...switches, enabledwsprotocols: on ? [...held, name] : held.filter((one) => one !== name) },
  };
}

/** Switches a function, or all that a glob means, on. */
export function patternOn(switches: Switches, pattern: string): Change {
  const held = switches.enabledwsfunctions;
  return {
    title: `Switch ${pattern} on?`,
    action: `Switch ${pattern} on`,
    done: `${pattern} is on.`,
    call: 'admin.enable',
    params: { kind: 'function', names: [pattern] },
    after: { ...switches, enabledwsfunctions: held.includes(pattern) ? held : [...held, pattern] },
  };
}

/** Takes names and globs off the list, and with them all that they cover. */
export function patternsOff(switches: Switches, patterns: readonly string[]): Change {
  const names = patterns.join(', ');
  const kept = switches.enabledwsfunctions.filter((held) => !patterns.some((pattern) => covers(pattern, held)));
  return {
    title: `Switch ${names} off?`,
    action: `Switch ${names} off`,
    done: `${names} ${patterns.length === 1 ? 'is' : 'are'} off.`,
    call: 'admin.disable',
    params: { kind: 'function', names: [...patterns] },
    after: { ...switches, enabledwsfunctions: kept },
  };
}

/** Switches one function off that globs switch on: the others that they mean are named from then on, in one change. */
export function functionOff(switches: Switches, name: string, known: readonly string[]): Change {
  const list = withoutFunction(name, switches.enabledwsfunctions, known);
  return {
    title: `Switch ${name} off?`,
    action: `Switch ${name} off`,
    done: `${name} is off; the others are on by their names.`,
    call: 'admin.update_settings',
    params: { changes: { enabledwsfunctions: [...list] } },
    after: { ...switches, enabledwsfunctions: list },
  };
}

/** The globs among what switches a function on: where there are some, switching off has two meanings. */
export function globsOf(by: readonly string[]): readonly string[] {
  return by.filter(isGlob);
}

/** The switches in the answer of any of the functions that change them. */
export function switchesIn(answer: Switches | { readonly settings: Switches }): Switches {
  const found = 'settings' in answer ? answer.settings : answer;
  const { enablewebservices, enabledwsprotocols, enabledwsfunctions } = found;
  return { enablewebservices, enabledwsprotocols, enabledwsfunctions };
}
