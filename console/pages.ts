import type { VNode } from 'preact';
import { Administration } from './administration/administration.ts';
import { Explorer } from './explorer/explorer.ts';
import { html } from './html.ts';
import type { Route } from './route.ts';
import type { Session } from './session.ts';
import { Setup } from './sign-in/setup.ts';
import { SignIn } from './sign-in/sign-in.ts';
import { Usage } from './usage/usage.ts';

/** A part of the console. */
export interface Page {
  /** What the bar calls it; without, it is not in the bar. */
  readonly title?: string;
  /** The first segment of its address; empty for the start. */
  readonly place: string;
  /** Its name among the pages of a session; without, everyone may see it. */
  readonly name?: string;
  /** Whether it uses the whole width. */
  readonly wide?: boolean;
  readonly view: (route: Route) => VNode;
}

/** Every part, in the order of the bar. */
export const pages: readonly Page[] = [
  {
    title: 'Functions',
    place: 'functions',
    name: 'explorer',
    wide: true,
    view: (route) => html`<${Explorer} route=${route} />`,
  },
  { title: 'Usage', place: 'usage', name: 'usage', wide: true, view: (route) => html`<${Usage} route=${route} />` },
  {
    title: 'Administration',
    place: 'administration',
    name: 'administration',
    wide: true,
    view: (route) => html`<${Administration} route=${route} />`,
  },
  { place: 'sign-in', view: (route) => html`<${SignIn} route=${route} />` },
  { place: 'setup', view: () => html`<${Setup} />` },
];

/** Whether a session may see a part; the functions behind it refuse others too. */
export function isSeen(page: Page, session: Session): boolean {
  return page.name === undefined || session.pages.includes(page.name);
}

/** Whether an address names a part that this session may not see. */
export function isHidden({ segments }: Route, session: Session): boolean {
  return pages.some((page) => page.place === segments[0] && !isSeen(page, session));
}

/** The part that an address names, if this session may see it. */
export function pageFor({ segments }: Route, session: Session): Page | undefined {
  const place = segments[0] ?? 'functions';
  const page = pages.find((one) => one.place === place);
  return page !== undefined && isSeen(page, session) ? page : undefined;
}
