import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { Served } from './served.ts';
import { launch, screenNames, Visitor } from './visitor.ts';

describe('somebody who has never seen it', () => {
  let served: Served;
  let browser: Browser;

  before(async () => {
    served = await Served.start(['--demo']);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await served?.stop();
  });

  for (const screen of screenNames)
    it(`finds a function and calls it over SOAP, on a ${screen}`, async () => {
      const visitor = await Visitor.come(browser, served.url, screen);
      const { page } = visitor;
      await page.goto(served.consoleLink);
      await page.getByRole('heading', { name: 'Call a function' }).waitFor();
      await visitor.look('newcomer-1-start');
      if (screen === 'phone') await page.getByRole('link', { name: 'All functions' }).click();
      await page.getByRole('searchbox', { name: 'Search functions' }).fill('greet');
      await visitor.look('newcomer-2-search');
      await page
        .getByRole('navigation', { name: 'Functions' })
        .getByRole('link', { name: /^test\.greet/ })
        .click();
      await page.getByRole('heading', { name: 'test.greet', level: 1 }).waitFor();
      await page.getByRole('tab', { name: 'SOAP 1.1' }).click();
      await visitor.button('Call it').click();
      await sawGreeting(visitor);
      await visitor.look('newcomer-3-called');
      await visitor.leave();
    });

  it('does the same at once from where the console opens', async () => {
    const visitor = await Visitor.come(browser, served.url, 'phone');
    const { page } = visitor;
    await page.goto(served.consoleLink);
    await page.getByRole('tab', { name: 'SOAP 1.1' }).click();
    await visitor.button('Call it').click();
    await sawGreeting(visitor);
    await visitor.leave();
  });

  it('does the same by the keyboard alone', async () => {
    const visitor = await Visitor.come(browser, served.url, 'desktop');
    const { page } = visitor;
    await page.goto(served.consoleLink);
    await page.getByRole('heading', { name: 'Call a function' }).waitFor();
    await tabTo(visitor, /^searchbox Search functions/);
    await page.keyboard.type('greet');
    await page.getByText(/^\d+ of \d+ functions$/).waitFor();
    await page.keyboard.press('ArrowDown');
    await reached(visitor, /^link test\.greet/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'test.greet', level: 1 }).waitFor();
    await tabTo(visitor, /^tab /);
    for (let i = 0; i < 10 && !/^tab SOAP 1\.1/.test(await focused(visitor)); i += 1)
      await page.keyboard.press('ArrowRight');
    await reached(visitor, /^tab SOAP 1\.1/);
    await tabTo(visitor, /^button Call it/);
    await visitor.look('newcomer-4-keyboard');
    await page.keyboard.press('Enter');
    await page.getByText('It worked').waitFor();
    await reached(visitor, /^button Call it/); // to be pressed again
    await sawGreeting(visitor);
    await visitor.leave();
  });
});

/** Holds that the answer is there with everything that was on the wire. */
async function sawGreeting({ page }: Visitor): Promise<void> {
  const answer = page.getByRole('region', { name: 'Answer' });
  const summary = answer.getByRole('status');
  await summary.getByText('It worked').waitFor();
  expect(await summary.innerText()).match(/SOAP 1\.1, HTTP 200 OK\s+[\d.,]+ ms\s+[\d,]+ bytes/);
  expect(await answer.getByLabel('result', { exact: true }).innerText()).equal('"Hello, Ana!"');
  await answer.getByRole('tab', { name: 'Raw' }).click();
  expect(await answer.getByLabel('raw body', { exact: true }).innerText())
    .match(/^<\?xml /)
    .contain('>Hello, Ana!</');
  await page.getByRole('tablist', { name: 'Request' }).getByRole('tab', { name: 'Raw' }).click();
  const request = await page.getByLabel('raw request', { exact: true }).innerText();
  expect(request)
    .match(/^POST \/soap HTTP\/1\.1\n/)
    .contain('<name>Ana</name>');
  expect(request).match(/^SOAPAction: "urn:polywire#test_greet"$/im);
  await answer.getByRole('tab', { name: 'Result' }).click();
}

/** The role and the name of what has the focus, as the browser's own accessibility tree has it. */
async function focused({ page }: Visitor): Promise<string> {
  const told = await page.evaluate(`(() => {
    const el = document.activeElement;
    const role = el.getAttribute('role') ?? { A: 'link', BUTTON: 'button', SELECT: 'combobox' }[el.tagName]
      ?? (el.type === 'search' ? 'searchbox' : el.tagName.toLowerCase());
    return role + ' ' + (el.getAttribute('aria-label') ?? el.innerText ?? '').trim();
  })()`);
  return String(told);
}

async function reached(visitor: Visitor, wanted: RegExp): Promise<void> {
  expect(await focused(visitor)).match(wanted);
  const ring = (await visitor.page.evaluate(
    "(() => { const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement); return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none' })()",
  )) as boolean;
  expect(ring, `a ring is seen around ${wanted}`).equal(true);
}

/** Presses Tab until something has the focus. */
async function tabTo(visitor: Visitor, wanted: RegExp): Promise<void> {
  for (let i = 0; i < 60 && !wanted.test(await focused(visitor)); i += 1) await visitor.page.keyboard.press('Tab');
  await reached(visitor, wanted);
}
