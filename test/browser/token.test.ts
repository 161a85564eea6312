import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { Served } from './served.ts';
import { launch, screenNames, Visitor } from './visitor.ts';

const module = fileURLToPath(new URL('own-functions.js', import.meta.url));
const password = 'a long one, of words';

describe('an administrator who changes a token', () => {
  let served: Served;
  let browser: Browser;

  before(async () => {
    served = await Served.start(['--database', 'sqlite:site.db', '--load', module]);
    browser = await launch();
    const admin = await Visitor.come(browser, served.url, 'desktop');
    await admin.page.goto('/console/');
    const [, secret] = served.setupLink.split('#');
    await admin.done('console.setup', { secret, username: 'admin', password });
    await admin.done('admin.create_service', { name: 'partners', functions: ['shop.*'] });
    await admin.leave();
  });
  after(async () => {
    await browser?.close();
    await served?.stop();
  });

  for (const screen of screenNames)
    it(`finds it changed on its page, on a ${screen}`, async () => {
      const visitor = await Visitor.come(browser, served.url, screen);
      const { page } = visitor;
      await page.goto('/console/sign-in');
      await visitor.done('auth.startsession', { username: 'admin', password });
      const made = { user: 'admin', name: `script on a ${screen}`, service: 'partners', addresses: ['10.0.0.7'] };
      const { token } = await visitor.done('admin.create_token', made);
      await page.goto(`/console/administration/tokens/${token.id}`);
      await page.getByRole('heading', { name: made.name }).waitFor();
      await visitor.button('Change').click();
      const dialog = page.getByRole('dialog');
      expect(await dialog.getByLabel(/^User/).count(), 'it stays whose it is').equal(0);
      await dialog.getByLabel('Name', { exact: true }).fill(`till on a ${screen}`);
      await dialog.getByLabel(/^Service/).fill('');
      await dialog.getByRole('button', { name: '30 days' }).click();
      await visitor.look('token-1-change');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });
      const heading = page.getByRole('heading', { level: 1 });
      await heading.filter({ hasText: new RegExp(`till on a ${screen}\\s*Ends in 30 days`) }).waitFor();
      await page.getByText('none: all that the user may call').waitFor();
      await visitor.look('token-2-changed');
      const { valid_until: until, ...shown } = await visitor.done('admin.show_token', { id: token.id });
      const { service: _, ...rest } = token;
      expect(shown).deep.equal({ ...rest, name: `till on a ${screen}` });
      expect(Date.parse(until)).above(Date.now());
      await visitor.button('Revoke').click();
      await page.getByRole('dialog').getByRole('button', { name: 'Revoke the token' }).click();
      await heading.filter({ hasText: /Revoked/ }).waitFor();
      await visitor.leave();
    });
});
