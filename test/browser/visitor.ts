import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  type Browser,
  type BrowserContext,
  type ConsoleMessage,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core';
import { violationsAt } from './axe.ts';

/** Where pictures of pages go, for people to look at. */
const pictures = process.env['POLYWIRE_SCREENSHOTS'] ?? join('.build', 'screenshots');

/** Sizes of screens, in CSS pixels. */
export const screens = {
  phone: { width: 360, height: 740 },
  desktop: { width: 1440, height: 900 },
} as const;

/** The size of a screen by its name. */
export type Screen = keyof typeof screens;
export const screenNames = Object.keys(screens) as readonly Screen[];

export type Scheme = 'light' | 'dark';

/** Debian's Chromium, without a window. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['POLYWIRE_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
}

/** What `/console/call` answers. */
export interface Called {
  readonly status: number;
  /** `ok` or the code of the error. */
  readonly code: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into results of every shape
  readonly result: any;
}

/** Somebody at a browser, who sees to it that nothing goes wrong unseen. */
export class Visitor {
  readonly page: Page;
  readonly screen: Screen;
  readonly scheme: Scheme;
  /** Messages of the browser's console that are errors, what the policy forbade, and requests that left the origin. */
  readonly problems: string[] = [];
  readonly #context: BrowserContext;

  private constructor(page: Page, screen: Screen, scheme: Scheme, context: BrowserContext, origin: string) {
    this.page = page;
    this.screen = screen;
    this.scheme = scheme;
    this.#context = context;
    page.on('console', (message) => {
      if (message.type() === 'error' && !isRefusal(message)) this.problems.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.problems.push(`page: ${error.stack ?? error.message}`));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol !== 'data:' && url.protocol !== 'blob:' && url.origin !== origin)
        this.problems.push(`a request to ${url.origin}`);
    });
  }

  /** Opens a browser of its own cookies at a site. */
  static async come(browser: Browser, origin: string, screen: Screen, scheme: Scheme = 'light'): Promise<Visitor> {
    const context = await browser.newContext({
      viewport: screens[screen],
      colorScheme: scheme,
      baseURL: origin,
      hasTouch: screen === 'phone',
      acceptDownloads: true,
    });
    context.setDefaultTimeout(30_000);
    await context.addInitScript(
      "addEventListener('securitypolicyviolation', (e) => console.error('policy:', e.violatedDirective, e.blockedURI, e.sample))",
    );
    return new Visitor(await context.newPage(), screen, scheme, context, origin);
  }

  /** Takes a picture of a page, has axe-core look at it, and holds that it is no wider than the screen. */
  async look(name: string): Promise<void> {
    const state = `${name}-${this.screen}-${this.scheme}`;
    mkdirSync(pictures, { recursive: true });
    await this.page.screenshot({ path: join(pictures, `${state}.png`), fullPage: true, animations: 'disabled' });
    expect(await violationsAt(this.page, state), `what axe-core finds at ${state}`).deep.equal([]);
    const wide = (await this.page.evaluate('document.documentElement.scrollWidth')) as number;
    expect(wide, `the width of ${state}`).most(screens[this.screen].width);
  }

  /** Goes to a part of administration: by the list beside the page, or on a phone by the field above it. */
  async section(title: string): Promise<void> {
    const sections = this.page.getByRole('navigation', { name: 'Administration' });
    if (this.screen === 'phone') await sections.getByRole('combobox').selectOption({ label: title });
    else await sections.getByRole('link', { name: title, exact: true }).click();
  }

  /** Goes to a part of the console by the bar above. */
  part(title: string): Promise<void> {
    return this.page
      .getByRole('navigation', { name: 'Parts of the console' })
      .getByRole('link', { name: title })
      .click();
  }

  /** Fills and sends the form of the page to sign in at. */
  async signIn(username: string, password: string): Promise<void> {
    await this.page.getByLabel('User name').fill(username);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.button('Sign in').click();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Calls a function behind the console by what the session of this browser may, without its pages. */
  call(name: string, params: object = {}): Promise<Called> {
    return this.page.evaluate(`(async () => {
      const ask = (csrf, name, params) => fetch('/console/call', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...(csrf ? { 'X-CSRF-Token': csrf } : {}) },
        body: JSON.stringify({ function: name, params }),
      });
      const { csrf } = (await (await ask(undefined, 'console.session', {})).json()).result;
      const answer = await ask(csrf, ${JSON.stringify(name)}, ${JSON.stringify(params)});
      const envelope = await answer.json();
      return { status: answer.status, code: envelope.error?.code ?? envelope.status, result: envelope.result };
    })()`) as Promise<Called>;
  }

  /** The same where it must succeed. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into results of every shape
  async done(name: string, params: object = {}): Promise<any> {
    const { code, result } = await this.call(name, params);
    expect(code, name).equal('ok');
    return result;
  }

  /** Takes back problems that a test has made on purpose; there must be one. */
  forgive(wanted: RegExp): void {
    const kept = this.problems.filter((problem) => !wanted.test(problem));
    expect(kept.length, `what is like ${wanted}`).below(this.problems.length);
    this.problems.splice(0, this.problems.length, ...kept);
  }

  /** Holds that nothing went wrong, and leaves. */
  async leave(): Promise<void> {
    await this.#context.close();
    expect(this.problems).deep.equal([]);
  }
}

/**
 * Chromium reports each answer of 400 and more as an error: refusals are what walks ask for. Those of SOAP 1.1 have the
 * status 500 (SOAP 1.1 §6.2).
 */
function isRefusal(message: ConsoleMessage): boolean {
  const status =
    /^Failed to load resource: the server responded with a status of (\d+)/.exec(message.text())?.[1] ?? '';
  return status.startsWith('4') || (status === '500' && new URL(message.location().url).pathname === '/soap');
}
