import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { Served } from './served.ts';
import { launch, screenNames, Visitor } from './visitor.ts';

const module = fileURLToPath(new URL('own-functions.js', import.meta.url));
const password = 'a long one, of words';

describe('somebody with few capabilities', () => {
  let served: Served;
  let browser: Browser;

  before(async () => {
    served = await Served.start(['--database', 'sqlite:site.db', '--load', module]);
    browser = await launch();
    await arrange(browser, served);
  });
  after(async () => {
    await browser?.close();
    await served?.stop();
  });

  for (const screen of screenNames) {
    it(`sees neither a function nor a page that is for others, on a ${screen}`, async () => {
      const visitor = await signsIn(browser, served, 'ben', screen);
      const { page } = visitor;
      expect(await bar(visitor)).deep.equal(['Functions']);
      await page.goto('/console/functions');
      const list = page.getByRole('navigation', { name: 'Functions' });
      await list.getByRole('link', { name: /^shop\.price/ }).waitFor();
      expect(await page.getByRole('link', { name: /^shop\.order/ }).count()).equal(0);
      expect(await page.getByRole('link', { name: /^admin\./ }).count()).equal(0);
      await visitor.look('few-rights-1-functions');
      await page.goto('/console/functions/shop.order');
      await page.getByText('There is no such function for you').waitFor();
      await visitor.look('few-rights-2-no-function');
      for (const path of ['/console/administration/keys', '/console/usage']) {
        await page.goto(path);
        await page.getByText('You may not see this').waitFor();
      }
      await visitor.look('few-rights-3-no-page');
      await visitor.leave();
    });

    it(`sees of administration what the capabilities are for, on a ${screen}`, async () => {
      const visitor = await signsIn(browser, served, 'kim', screen);
      const { page } = visitor;
      expect(await bar(visitor)).deep.equal(['Functions', 'Administration']);
      await page.goto('/console/administration');
      await page.getByRole('heading', { name: 'Keys' }).waitFor();
      const sections = page.getByRole('navigation', { name: 'Administration' });
      const titles =
        screen === 'phone'
          ? await sections.locator('option').allInnerTexts()
          : await sections.getByRole('link').allInnerTexts();
      expect(titles).deep.equal(['Keys', 'Your sessions']);
      await visitor.look('few-rights-4-keys-only');
      await page.goto('/console/administration/users');
      await page.getByText('There is nothing here for you').waitFor();
      await visitor.look('few-rights-5-no-section');
      await visitor.leave();
    });
  }

  it('is told where the browser keeps no session', async () => {
    const visitor = await Visitor.come(browser, served.url, 'desktop');
    const { page } = visitor;
    await page.route('**/console/call', async (route) => {
      const response = await route.fetch();
      await page.context().clearCookies();
      await route.fulfill({ response, headers: { 'content-type': 'application/json' } });
    });
    await page.goto('/console/sign-in');
    await visitor.signIn('ben', password);
    await page.getByText('This browser has not kept the session').waitFor();
    await visitor.look('few-rights-6-no-session');
    await visitor.leave();
  });

  it('is refused by the functions behind the pages too', async () => {
    const nobody = await Visitor.come(browser, served.url, 'desktop');
    await nobody.page.goto('/console/');
    const ben = await signsIn(browser, served, 'ben', 'desktop');
    const kim = await signsIn(browser, served, 'kim', 'desktop');
    const codes = async (visitor: Visitor) => [
      await codeOf(visitor, 'admin.list_keys'),
      await codeOf(visitor, 'admin.list_users'),
      await codeOf(visitor, 'admin.usage_series'),
      await codeOf(visitor, 'admin.enable', { kind: 'protocol', names: ['xmlrpc'] }),
      await codeOf(visitor, 'console.functions', { all: true }),
      await codeOf(visitor, 'console.describe', { name: 'shop.order' }),
      await codeOf(visitor, 'shop.order', { lines: [{ article: 'tea', count: 1 }] }),
    ];
    const [unknown, stranger, no] = ['404 unknown-function', '401 unauthenticated', '403 forbidden'];
    expect(await codes(nobody)).deep.equal([stranger, stranger, stranger, stranger, no, unknown, stranger]);
    expect(await codes(ben)).deep.equal([no, no, no, no, no, unknown, no]);
    expect(await codes(kim)).deep.equal(['200 ok', no, no, no, no, unknown, no]);
    for (const visitor of [nobody, ben, kim]) await visitor.leave();
  });
});

/** Makes the administrator, and two others: one who may do nothing of this, one who may only care for keys. */
async function arrange(browser: Browser, served: Served): Promise<void> {
  const admin = await Visitor.come(browser, served.url, 'desktop');
  await admin.page.goto('/console/');
  const [, secret] = served.setupLink.split('#');
  await admin.done('console.setup', { secret, username: 'admin', password });
  await admin.done('admin.enable', { kind: 'site' });
  await admin.done('admin.enable', { kind: 'protocol', names: ['rest', 'soap'] });
  await admin.done('admin.enable', { kind: 'function', names: ['shop.*'] });
  await admin.done('admin.create_role', { name: 'keeper', capabilities: ['admin:keys'] });
  for (const username of ['ben', 'kim']) await admin.done('admin.create_user', { username, name: username, password });
  await admin.done('admin.assign_role', { user: 'kim', role: 'keeper' });
  await admin.leave();
}

async function signsIn(
  browser: Browser,
  served: Served,
  username: string,
  screen: (typeof screenNames)[number],
): Promise<Visitor> {
  const visitor = await Visitor.come(browser, served.url, screen);
  await visitor.page.goto('/console/sign-in');
  await visitor.signIn(username, password);
  await visitor.button('Sign out').waitFor();
  return visitor;
}

function bar({ page }: Visitor): Promise<readonly string[]> {
  return page.getByRole('navigation', { name: 'Parts of the console' }).getByRole('link').allInnerTexts();
}

async function codeOf(visitor: Visitor, name: string, params?: object): Promise<string> {
  const { status, code } = await visitor.call(name, params);
  return `${status} ${code}`;
}
