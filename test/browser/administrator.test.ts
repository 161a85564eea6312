import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Browser, Locator, Page } from 'playwright-core';
import { Served } from './served.ts';
import { launch, type Screen, screenNames, Visitor } from './visitor.ts';

const protocols = ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'mcp'];
const ways = ['REST', 'JSON-RPC', 'XML-RPC', 'SOAP 1.1', 'SOAP 1.2', 'MCP'];
const password = 'a long one, of words';
const module = fileURLToPath(new URL('own-functions.js', import.meta.url));

describe('an administrator of a site where everything is off', () => {
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser?.close());

  for (const screen of screenNames)
    it(`sets it up, opens it, lets a program in and out again, on a ${screen}`, async function () {
      this.timeout(300_000);
      const served = await Served.start(['--database', 'sqlite:site.db', '--load', module]);
      try {
        await walk(browser, served, screen);
      } finally {
        await served.stop();
      }
    });
});

/** From the printed link to a site that is switched off again, in the order in which people meet it. */
async function walk(browser: Browser, served: Served, screen: Screen): Promise<void> {
  const visitor = await Visitor.come(browser, served.url, screen);
  await findsNothing(visitor);
  await setsUp(visitor, served);
  await usedTwice(browser, served, screen);
  await switchesOn(visitor);
  const secret = await makesKey(visitor);
  await callsEach(visitor, secret);
  await seesUsage(visitor);
  const id = await revokes(visitor);
  await readsWhy(visitor, secret, id);
  await signsOutAndIn(browser, served, visitor);
  await switchesOff(visitor);
  await visitor.leave();
}

/** Who comes without the link is told of it, wherever the functions would be. */
async function findsNothing(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  for (const path of ['/console/', '/console/functions']) {
    await page.goto(path);
    await page.getByRole('heading', { name: 'Web services are switched off', level: 1 }).waitFor();
    await page.getByText('open the one-time link that polywire serve has printed').waitFor();
  }
  await visitor.look('administrator-00-nothing-yet');
}

async function setsUp(visitor: Visitor, served: Served): Promise<void> {
  const { page } = visitor;
  await page.goto(served.setupLink);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('The password again', { exact: true }).fill(`${password}!`);
  await page.getByText('These are two different passwords.').waitFor();
  await visitor.look('administrator-01-setup');
  expect(page.url(), 'the secret is not left in the address').not.contain('#');
  await page.getByLabel('The password again', { exact: true }).fill(password);
  await visitor.button('Make the administrator').click();
  const next = page.getByRole('region', { name: 'What next' });
  await next.waitFor();
  expect(await next.getByRole('listitem').allInnerTexts()).length(4);
  expect(await next.innerText()).not.contain('(done)');
  await page.getByRole('switch', { name: 'Web services' }).waitFor();
  await visitor.look('administrator-02-what-next');
}

async function usedTwice(browser: Browser, served: Served, screen: Screen): Promise<void> {
  const second = await Visitor.come(browser, served.url, screen);
  await second.page.goto(served.setupLink);
  await second.page.getByText('This site has its administrator').waitFor();
  await second.look('administrator-03-used-twice');
  const [, used] = served.setupLink.split('#');
  const again = await second.call('console.setup', { secret: used, username: 'other', password });
  expect([again.status, again.code]).deep.equal([401, 'invalid-credentials']);
  await second.leave();
}

/** Turns a switch, and waits until the page says that it is so. */
async function turn(one: Locator, to: boolean): Promise<void> {
  await one.and(one.page().locator(':not([aria-busy])')).click();
  await one.and(one.page().locator(`[aria-checked="${to}"]`)).waitFor();
}

async function switchesOn(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  const one = (name: string): Locator => page.getByRole('switch', { name, exact: true });
  await turn(one('Web services'), true);
  for (const name of protocols) await turn(one(name), true);
  const next = page.getByRole('region', { name: 'What next' });
  expect((await next.innerText()).match(/\(done\)/g)).length(2);
  const answers = page.getByRole('button', { name: 'shop.price over soap: answers' });
  expect(await answers.count()).equal(0);
  await turn(one('shop.price'), true);
  await answers.waitFor();
  await next.waitFor({ state: 'detached' });
  await visitor.look('administrator-04-switches');
  await page.getByRole('button', { name: 'shop.order over rest: the function is off' }).click();
  await page.getByRole('dialog').getByText('shop.order is off.').waitFor();
  await visitor.look('administrator-05-why-silent');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function makesKey(visitor: Visitor): Promise<string> {
  const { page } = visitor;
  await visitor.section('Keys');
  await page.getByText('There is no key yet').waitFor();
  await visitor.button('New key').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('till');
  await visitor.look('administrator-06-new-key');
  await dialog.getByRole('button', { name: 'Make the key' }).click();
  const secret = await dialog.getByLabel('the secret', { exact: true }).innerText();
  expect(secret).match(/^\S{30,}$/);
  await visitor.look('administrator-07-secret');
  await page.keyboard.press('Escape');
  expect(await dialog.isVisible(), 'Escape does not lose the secret').equal(true);
  await dialog.getByLabel('I have put it in a safe place').check();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('link', { name: 'till' }).click();
  await page.getByRole('heading', { name: /^till/ }).waitFor();
  expect(await page.content(), 'the secret is gone').not.contain(secret);
  await page.reload();
  await page.getByRole('heading', { name: /^till/ }).waitFor();
  expect(await page.content()).not.contain(secret);
  await visitor.look('administrator-08-key');
  return secret;
}

/** Opens the function as people do, and fills its form. */
async function opensFunction(visitor: Visitor, secret: string): Promise<void> {
  const { page } = visitor;
  await visitor.part('Functions');
  await page
    .getByRole('navigation', { name: 'Functions' })
    .getByRole('link', { name: /^shop\.price/ })
    .click();
  await page.getByRole('heading', { name: 'shop.price', level: 1 }).waitFor();
  await page.getByLabel(/^article/).fill('coffee & cake');
  await page.getByLabel(/^count/).fill('7');
  await page.getByRole('radio', { name: 'API key' }).check();
  await page.getByRole('textbox', { name: 'API key' }).fill(secret);
}

async function callsEach(visitor: Visitor, secret: string): Promise<void> {
  const { page } = visitor;
  await opensFunction(visitor, secret);
  const answer = page.getByRole('region', { name: 'Answer' });
  expect(await page.getByRole('tablist', { name: 'Protocol' }).getByRole('tab').allInnerTexts()).deep.equal(ways);
  for (const way of ways) {
    await page.getByRole('tab', { name: way, exact: true }).click();
    await visitor.button('Call it').click();
    await answer.getByRole('status').getByText(`${way}, HTTP 200`).waitFor();
    expect(await answer.getByRole('status').innerText()).contain('It worked');
    expect(await answer.getByLabel('result', { exact: true }).innerText(), way).equal('"28.50"');
    await visitor.look(`administrator-09-called-${way.replaceAll(/\W/g, '').toLowerCase()}`);
  }
}

async function seesUsage(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await visitor.part('Usage');
  await page.getByRole('tab', { name: 'Live' }).click();
  const live = page.getByRole('region', { name: 'Newest calls' });
  const called = live.getByRole('row').filter({ hasText: 'shop.price' });
  await called.nth(ways.length - 1).waitFor();
  expect(await called.count()).equal(ways.length);
  await page.getByText('looks every 4 s').waitFor();
  expect(await page.title()).equal('Usage · Polywire');
  await visitor.look('administrator-10-live');
  await page.getByRole('tab', { name: 'Functions' }).click();
  const row = page.getByRole('region', { name: 'Functions' }).getByRole('row').filter({ hasText: 'shop.price' });
  await row.waitFor();
  expect(await row.getByRole('cell').first().innerText()).equal(String(ways.length));
  await visitor.look('administrator-11-usage-functions');
  await page.getByRole('tab', { name: 'Over time' }).click();
  await page.getByRole('group', { name: 'Calls and errors by' }).getByRole('button', { name: 'protocol' }).click();
  const chart = page.getByRole('region', { name: 'Calls', exact: true });
  for (const name of protocols) await chart.getByText(name, { exact: true }).first().waitFor();
  await visitor.look('administrator-12-usage');
  await page.getByRole('button', { name: 'Calls as a table' }).click();
  await chart.getByRole('columnheader', { name: 'soap' }).waitFor();
  await downloads(visitor);
}

/** Takes the records as a file, and reads it. */
async function downloads(visitor: Visitor): Promise<void> {
  const coming = visitor.page.waitForEvent('download');
  await visitor.button('CSV of all records').click();
  const file = await coming;
  expect(file.suggestedFilename()).match(/^polywire-records-\d{4}-\d\d-\d\d\.csv$/);
  const lines = (await readFile(await file.path(), 'utf8')).split('\r\n');
  expect(lines[0]).equal('\uFEFFtime,request_id,function,protocol,client,user,address,code,gate,duration');
  const calls = lines.filter((line) => line.includes(',shop.price,')).map((line) => line.split(','));
  expect(calls.map((cells) => cells[3]).sort()).deep.equal([...protocols, 'soap'].sort());
  expect(new Set(calls.map((cells) => cells[7]))).deep.equal(new Set(['ok']));
  expect(new Set(calls.map((cells) => cells[4])).size, 'the one key').equal(1);
}

/** Takes the key back, and answers its id. */
async function revokes(visitor: Visitor): Promise<string> {
  const { page } = visitor;
  await visitor.part('Administration');
  await visitor.section('Keys');
  await page.getByRole('link', { name: 'till' }).click();
  await visitor.button('Revoke').click();
  await page.getByRole('dialog').getByText('It cannot be brought back').waitFor();
  await visitor.look('administrator-13-revoke');
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke the key' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await revoked(page).waitFor();
  return page.url().split('/').pop() ?? '';
}

async function readsWhy(visitor: Visitor, secret: string, id: string): Promise<void> {
  const { page } = visitor;
  await opensFunction(visitor, secret);
  await page.getByRole('tab', { name: 'SOAP 1.1' }).click();
  await visitor.button('Call it').click();
  const answer = page.getByRole('region', { name: 'Answer' });
  await answer.getByRole('status').getByText('Refused').waitFor();
  expect(await answer.getByRole('alert').innerText()).contain('invalid-credentials');
  await visitor.look('administrator-14-refused');
  await answer.getByRole('link', { name: 'Why?' }).click();
  await page.getByRole('heading', { name: 'Why was this refused?' }).waitFor();
  await page.getByText('It ended with invalid-credentials').waitFor();
  expect(await page.getByRole('main').innerText())
    .contain('authenticator:key')
    .contain('wrong, unknown, revoked');
  await visitor.look('administrator-15-why');
  await page.getByRole('link', { name: 'suppose the call with it' }).click();
  await page.getByLabel('Key optional').fill(id);
  await visitor.button('Explain').click();
  await page.getByText('by the gate “Credentials (key)”').waitFor();
  const gate = page.getByRole('listitem').filter({ hasText: 'Credentials (key)' });
  expect(await gate.innerText())
    .match(/^Refused\b/)
    .contain('revoked');
  await visitor.look('administrator-16-gates');
  await gate.getByRole('link', { name: 'Open the key' }).click();
  await revoked(page).waitFor();
}

/** The heading of the key's page, once it says so. */
function revoked(page: Page): Locator {
  return page.getByRole('heading', { level: 1 }).filter({ hasText: /till\s*Revoked/ });
}

async function signsOutAndIn(browser: Browser, served: Served, visitor: Visitor): Promise<void> {
  const { page } = visitor;
  const elsewhere = await Visitor.come(browser, served.url, visitor.screen);
  await elsewhere.page.goto('/console/sign-in');
  await elsewhere.signIn('admin', password);
  await elsewhere.button('Sign out').waitFor();
  await visitor.button('Sign out').click();
  await page.getByRole('link', { name: 'Administration' }).waitFor({ state: 'detached' });
  expect((await visitor.call('admin.list_keys')).code).equal('unauthenticated');
  expect((await elsewhere.call('admin.list_keys')).code, 'in another browser').equal('ok');
  await elsewhere.leave();
  await page.getByRole('link', { name: 'Sign in' }).first().click();
  await visitor.signIn('admin', 'another');
  await page.getByRole('alert').getByText('The user name or the password is not right').waitFor();
  expect(await page.title()).equal('Sign in · Polywire');
  await visitor.look('administrator-17-wrong-password');
  await visitor.signIn('admin', password);
  await page.getByRole('link', { name: 'Administration' }).click();
  await page.getByRole('switch', { name: 'Web services' }).waitFor();
}

async function switchesOff(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  const site = page.getByRole('switch', { name: 'Web services' });
  await site.click();
  await page.getByRole('dialog').getByText('Nothing will answer any more').waitFor();
  await visitor.look('administrator-18-nothing-answers');
  await page.getByRole('dialog').getByRole('button', { name: /off/ }).click();
  await site.and(page.locator('[aria-checked="false"]')).waitFor();
  await page.reload();
  await page.getByRole('region', { name: 'What next' }).waitFor();
  expect((await visitor.call('shop.price', { article: 'tea', count: 1 })).code).equal('service-off');
  await visitor.look('administrator-19-off');
  await visitor.button('Sign out').click();
  await page.getByRole('link', { name: 'Administration' }).waitFor({ state: 'detached' });
  await page.goto('/console/sign-in');
  await visitor.signIn('admin', password);
  await page.getByRole('link', { name: 'Administration' }).click();
  await turn(page.getByRole('switch', { name: 'Web services' }), true);
}
