import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { leeway } from '../processes/patience.ts';
import { nameOf } from './many-functions.ts';
import { Served } from './served.ts';
import { launch, screenNames, Visitor } from './visitor.ts';

const module = fileURLToPath(new URL('many-functions.js', import.meta.url));

/** Keeps how long the page was deaf at a time, and when the list was first there. */
const watch = `
  window.deaf = [];
  new PerformanceObserver((list) => window.deaf.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: 'longtask', buffered: true });
  const seen = new MutationObserver(() => {
    if (document.querySelector('.functions-all li a') === null) return;
    performance.mark('list');
    seen.disconnect();
  });
  seen.observe(document, { childList: true, subtree: true });
`;

for (const count of [500, 2_000])
  describe(`the explorer of ${count} functions`, () => {
    let served: Served;
    let browser: Browser;
    before(async () => {
      served = await Served.start(['--demo', '--load', module], { POLYWIRE_MANY: String(count) });
      browser = await launch();
    });
    after(async () => {
      await browser?.close();
      await served?.stop();
    });

    for (const screen of screenNames)
      it(`opens at once and stays smooth, on a ${screen}`, async () => {
        const visitor = await Visitor.come(browser, served.url, screen);
        const { page } = visitor;
        await page.addInitScript(watch);
        await page.goto('/console/functions');
        await page.getByText(/^[\d,]+ functions$/).waitFor();
        const opened = (await page.evaluate("performance.getEntriesByName('list')[0].startTime")) as number;
        await visitor.look(`many-${count}`);
        const last = count - 1;
        await page.evaluate('window.deaf = []');
        const search = page.getByRole('searchbox', { name: 'Search functions' });
        await search.pressSequentially(`thing ${last}`, { delay: 30 });
        await page.getByRole('link', { name: new RegExp(`^${nameOf(last)}\\b`) }).waitFor();
        for (let i = 0; i < 4; i += 1) await search.press('Backspace', { delay: 30 });
        await page.getByText(/^And [\d,]+ more/).waitFor();
        await search.fill(nameOf(last));
        await page.getByRole('link', { name: new RegExp(`^${nameOf(last)}\\b`) }).click();
        await page.getByRole('heading', { name: nameOf(last), level: 1 }).waitFor();
        const longest = (await page.evaluate('Math.max(0, ...window.deaf)')) as number;
        process.stdout.write(
          `      ${count} functions on a ${screen}: there after ${opened.toFixed(0)} ms, deaf for ${longest.toFixed(0)} ms at most\n`,
        );
        expect(opened, 'milliseconds until the list was there').most(1_000 * leeway());
        expect(longest, 'milliseconds that the page was deaf').most(200 * leeway());
        await visitor.leave();
      });
  });
