import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { Served } from './served.ts';
import { launch, type Scheme, screenNames, Visitor } from './visitor.ts';

const module = fileURLToPath(new URL('own-functions.js', import.meta.url));
const password = 'a long one, of words';
const schemes: readonly Scheme[] = ['light', 'dark'];
const longName =
  'a program with a name that goes on and on, as names do that people give who are paid by the letter'.padEnd(100, '.');

/** Something that is there once a page shows what it is to show. */
type Shown = (page: Page) => Promise<void>;

const heading =
  (name: string): Shown =>
  (page) =>
    page.getByRole('heading', { name, exact: true }).first().waitFor();
const text =
  (words: string | RegExp): Shown =>
  (page) =>
    page.getByText(words).first().waitFor();

const administration = (section: string): string => `/console/administration/${section}`;

/** Every page in the states that an address leads to. */
const states: readonly (readonly [name: string, path: string, shown: Shown])[] = [
  ['start', '/console/', heading('Call a function')],
  ['functions', '/console/functions', text(/^\d+ functions$/)],
  ['function', '/console/functions/shop.price', heading('shop.price')],
  ['function-nested', '/console/functions/shop.order?protocol=rest', heading('shop.order')],
  ['function-of-console', '/console/functions/admin.create_key', heading('admin.create_key')],
  ['function-unknown', '/console/functions/shop.nothing', text('There is no such function for you')],
  ['no-page', '/console/nothing', text('There is no such page')],
  ['switches', administration('switches'), text('Web services are on')],
  ['switches-none', `${administration('switches')}?find=zzz`, text('No function matches')],
  ['services', administration('services'), text('partners')],
  ['service', administration('services/partners'), heading('partners')],
  ['settings', administration('settings'), text('limits')],
  ['keys', administration('keys'), text('till')],
  ['users', administration('users'), text('ben')],
  ['user', administration('users/ben'), text('Ben Ng')],
  ['roles', administration('roles'), text('keeper')],
  ['tokens', administration('tokens'), heading('Tokens')],
  ['app-passwords', administration('app-passwords'), (page) => page.getByRole('combobox', { name: 'User' }).waitFor()],
  ['refusals', administration('refusals'), heading('Why was this refused?')],
  [
    'refusal-supposed',
    `${administration('refusals')}?function=shop.price&protocol=soap`,
    text('The call would be refused now'),
  ],
  ['refusal-unknown', `${administration('refusals')}?request=none-1`, text('Nothing is recorded of this request')],
  ['events', administration('events'), heading('Events')],
  ['sessions', administration('sessions'), heading('Your sessions')],
  ['usage', '/console/usage', heading('Latency')],
  ['usage-functions', '/console/usage?view=functions', text('shop.price')],
  ['usage-quotas', '/console/usage?view=quotas', text('busy')],
  ['usage-live', '/console/usage?view=live', text('shop.price')],
  ['usage-none', '/console/usage?function=shop.nothing', text('No calls in this time')],
];

describe('how the console looks', () => {
  let served: Served;
  let browser: Browser;

  before(async () => {
    served = await Served.start(['--database', 'sqlite:site.db', '--load', module]);
    browser = await launch();
    await furnish(browser, served);
  });
  after(async () => {
    await browser?.close();
    await served?.stop();
  });

  for (const screen of screenNames)
    for (const scheme of schemes) {
      it(`is right on every page, on a ${screen}, ${scheme}`, async function () {
        this.timeout(600_000);
        const visitor = await Visitor.come(browser, served.url, screen, scheme);
        const { page } = visitor;
        await page.goto('/console/sign-in');
        await visitor.button('Sign in').waitFor();
        await visitor.look('page-sign-in');
        await visitor.done('auth.startsession', { username: 'admin', password });
        for (const [name, path, shown] of states) {
          await page.goto(path);
          await shown(page);
          await visitor.look(`page-${name}`);
        }
        await visitor.leave();
      });

      it(`is right while it waits and when the server is away, on a ${screen}, ${scheme}`, async () => {
        const visitor = await Visitor.come(browser, served.url, screen, scheme);
        const { page } = visitor;
        await page.goto('/console/functions');
        await page.getByText(/^\d+ functions?$/).waitFor();
        let release = (): void => {};
        const held = new Promise<void>((resolve) => {
          release = resolve;
        });
        await page.route('**/console/call', async (route) => {
          await held;
          await route.continue();
        });
        await page
          .getByRole('navigation', { name: 'Functions' })
          .getByRole('link', { name: /^shop\.price/ })
          .click();
        await page.getByText('Loading shop.price').waitFor();
        await visitor.look('state-loading');
        release();
        await page.getByRole('heading', { name: 'Parameters' }).waitFor();
        await page.unroute('**/console/call');
        await page.route('**/console/call', (route) => route.abort());
        await page.goto('/console/functions');
        await page.getByText('The server cannot be reached').first().waitFor();
        await visitor.look('state-unreachable');
        visitor.forgive(/net::ERR_FAILED/);
        await visitor.leave();
      });
    }

  it('calls the user name and the name of a user so, in the list and on the page of one', async () => {
    const visitor = await Visitor.come(browser, served.url, 'desktop');
    const { page } = visitor;
    await page.goto('/console/sign-in');
    await visitor.signIn('admin', password);
    await visitor.button('Sign out').waitFor();
    await page.goto(administration('users'));
    await page.getByRole('link', { name: 'ben' }).waitFor();
    const titles = await page.getByRole('columnheader').allInnerTexts();
    expect(titles).deep.equal(['User name', 'State', 'Name', 'Password', 'Made']);
    const ben = page.getByRole('row').filter({ hasText: 'Ben Ng' });
    expect(await ben.getByRole('rowheader').innerText()).equal('ben');
    expect(await ben.getByRole('cell').nth(1).innerText()).equal('Ben Ng');
    await page.getByRole('link', { name: 'ben' }).click();
    await page.getByText('Ben Ng').waitFor();
    expect(await page.getByRole('term').first().innerText()).equal('Name');
    await page.goto(administration('keys'));
    await page.getByRole('columnheader', { name: 'Name', exact: true }).waitFor();
    await visitor.leave();
  });
});

/** Fills a site with some of everything, as an administrator does. */
async function furnish(browser: Browser, served: Served): Promise<void> {
  const admin = await Visitor.come(browser, served.url, 'desktop');
  await admin.page.goto('/console/');
  const [, secret] = served.setupLink.split('#');
  await admin.done('console.setup', { secret, username: 'admin', password });
  await admin.done('admin.enable', { kind: 'site' });
  await admin.done('admin.enable', { kind: 'protocol', names: ['rest', 'jsonrpc', 'soap'] });
  await admin.done('admin.enable', { kind: 'function', names: ['shop.*'] });
  await admin.done('admin.create_role', { name: 'keeper', capabilities: ['admin:keys', 'shop:order'] });
  await admin.done('admin.create_user', { username: 'ben', name: 'Ben Ng', password });
  await admin.done('admin.assign_role', { user: 'ben', role: 'keeper' });
  await admin.done('admin.create_service', { name: 'partners', functions: ['shop.*'] });
  const { secret: key } = await admin.done('admin.create_key', { name: 'till' });
  await admin.done('admin.create_key', { name: longName, per_day: 100 });
  await admin.done('admin.create_key', { name: 'busy', per_minute: 10, per_day: 100 });
  for (let i = 0; i < 12; i += 1) {
    const headers = i % 4 === 3 ? {} : { 'X-API-Key': String(key) };
    await fetch(`${served.url}/rest/shop.price?article=tea&count=${i + 1}`, { headers });
  }
  await admin.leave();
}
