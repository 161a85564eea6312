import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Where pictures of pages go, for people to look at. */
const pictures = process.env['POLYWIRE_SCREENSHOTS'] ?? join('.build', 'screenshots');

/** Sizes of screens, in CSS pixels. */
export const screens = {
  phone: { width: 360, height: 740 },
  desktop: { width: 1440, height: 900 },
} as const;

/** The size of a screen by its name. */
export type Screen = keyof typeof screens;

/** Debian's Chromium, without a window. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['POLYWIRE_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
}

interface AxeViolation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

/** Somebody at a browser, who sees to it that nothing goes wrong unseen. */
export class Visitor {
  readonly page: Page;
  readonly screen: Screen;
  /** Messages of the browser's console that are errors, and requests that left the origin. */
  readonly problems: string[] = [];
  /** States of pages that axe-core has looked at, and the rules that held there. */
  readonly looked: { readonly name: string; readonly passes: number }[] = [];
  readonly #context: BrowserContext;

  private constructor(page: Page, screen: Screen, context: BrowserContext, origin: string) {
    this.page = page;
    this.screen = screen;
    this.#context = context;
    page.on('console', (message) => {
      if (message.type() === 'error' && !isRefusal(message.text())) this.problems.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.problems.push(`page: ${error.stack ?? error.message}`));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol !== 'data:' && url.protocol !== 'blob:' && url.origin !== origin)
        this.problems.push(`a request to ${url.origin}`);
    });
  }

  /** Opens a browser of its own cookies at a site. */
  static async come(
    browser: Browser,
    origin: string,
    screen: Screen,
    colorScheme: 'light' | 'dark' = 'light',
  ): Promise<Visitor> {
    const context = await browser.newContext({ viewport: screens[screen], colorScheme, baseURL: origin });
    context.setDefaultTimeout(20_000);
    return new Visitor(await context.newPage(), screen, context, origin);
  }

  /** Takes a picture of a page, has axe-core look at it, and holds that it is no wider than the screen. */
  async look(name: string): Promise<void> {
    mkdirSync(pictures, { recursive: true });
    await this.page.screenshot({ path: join(pictures, `${name}-${this.screen}.png`), fullPage: true });
    await this.page.evaluate(axe);
    const { violations, passes } = (await this.page.evaluate(
      "axe.run(document, { resultTypes: ['violations'] }).then(({ violations, passes }) => ({ violations, passes: passes.length }))",
    )) as { violations: readonly AxeViolation[]; passes: number };
    this.looked.push({ name: `${name}-${this.screen}`, passes });
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(
      serious.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`),
      ),
      `what axe-core finds at ${name}`,
    ).deep.equal([]);
    const wide = (await this.page.evaluate('document.documentElement.scrollWidth')) as number;
    expect(wide, `the width of ${name}`).most(screens[this.screen].width);
  }

  /** Holds that nothing went wrong, and leaves. */
  async leave(): Promise<void> {
    await this.#context.close();
    expect(this.problems).deep.equal([]);
  }
}

/** Chromium reports each answer of 400 and more as an error: refusals are what walks ask for. */
function isRefusal(text: string): boolean {
  return /^Failed to load resource: the server responded with a status of 4\d\d/.test(text);
}
