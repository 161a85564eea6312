import type { VNode } from 'preact';
import { html } from '../html.ts';
import type { Route } from '../route.ts';
import { may, type Session } from '../session.ts';
import { EventsSection } from './events/events.ts';
import { OwnSessionsSection } from './own-sessions.ts';
import { AppPasswordsSection } from './records/app-passwords.ts';
import { KeysSection } from './records/keys.ts';
import { RolesSection } from './records/roles.ts';
import { ServicesSection } from './records/services.ts';
import { TokensSection } from './records/tokens.ts';
import { UsersSection } from './records/users.ts';
import { RefusalsSection } from './refusals/refusals.ts';
import { SettingsSection } from './settings/settings.ts';
import { SwitchesSection } from './switches/switches.ts';

/** A part of administration. */
export interface Section {
  /** The segment of its address. */
  readonly name: string;
  readonly title: string;
  readonly group: string;
  /** The capability of the functions behind it; without one, everybody who is signed in has it. */
  readonly right: string | undefined;
  readonly view: (route: Route) => VNode;
}

type View = (props: { readonly route: Route }) => VNode;

function section(group: string, name: string, title: string, right: string | undefined, Page: View): Section {
  return { name, title, group, right, view: (route) => html`<${Page} route=${route} />` };
}

/** Every section, in the order of the list beside them. */
const sections: readonly Section[] = [
  section('Site', 'switches', 'Switches', 'admin:settings', SwitchesSection),
  section('Site', 'services', 'Services', 'admin:services', ServicesSection),
  section('Site', 'settings', 'Settings', 'admin:settings', SettingsSection),
  section('Callers', 'keys', 'Keys', 'admin:keys', KeysSection),
  section('Callers', 'users', 'Users', 'admin:users', UsersSection),
  section('Callers', 'roles', 'Roles', 'admin:roles', RolesSection),
  section('Callers', 'tokens', 'Tokens', 'admin:tokens', TokensSection),
  section('Callers', 'app-passwords', 'App passwords', 'admin:users', AppPasswordsSection),
  section('What happened', 'refusals', 'Why refused?', 'admin:audit', RefusalsSection),
  section('What happened', 'events', 'Events', 'admin:audit', EventsSection),
  section('You', 'sessions', 'Your sessions', undefined, OwnSessionsSection),
];

/** The parts that a user may see; the functions behind them refuse others too. */
export function sectionsFor(session: Session): readonly Section[] {
  return sections.filter(({ right }) => (right === undefined ? session.user !== undefined : may(session, right)));
}
