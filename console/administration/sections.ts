import type { VNode } from 'preact';
import { html } from '../html.ts';
import type { Route } from '../route.ts';
import { may, type Session } from '../session.ts';
import { KeysSection } from './records/keys.ts';
import { RefusalsSection } from './refusals/refusals.ts';
import { SwitchesSection } from './switches/switches.ts';

/** A part of administration. */
export interface Section {
  /** The segment of its address. */
  readonly name: string;
  readonly title: string;
  readonly group: string;
  /** The capability of the functions behind it. */
  readonly right: string;
  readonly view: (route: Route) => VNode;
}

const sections: readonly Section[] = [
  {
    name: 'switches',
    title: 'Switches',
    group: 'Site',
    right: 'admin:settings',
    view: (route) => html`<${SwitchesSection} route=${route} />`,
  },
  {
    name: 'keys',
    title: 'Keys',
    group: 'Callers',
    right: 'admin:keys',
    view: (route) => html`<${KeysSection} route=${route} />`,
  },
  {
    name: 'refusals',
    title: 'Why refused?',
    group: 'What happened',
    right: 'admin:audit',
    view: (route) => html`<${RefusalsSection} route=${route} />`,
  },
];

/** The parts that a user may see; the functions behind them refuse others too. */
export function sectionsFor(session: Session): readonly Section[] {
  return sections.filter(({ right }) => may(session, right));
}
