import { cpSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { signRequest } from '../../lib/auth/signature/sign.ts';
import { canWalk, sectionsOf, Walk } from '../documentation/walk.ts';
import { root } from '../lib/repository.ts';
import { has } from '../services/cli/project.ts';

const example = join(root, 'examples', 'hardened-site');
/** The walk-through; its date, which is to come, stays one. */
const readme = readFileSync(join(example, 'README.md'), 'utf8').replaceAll('2027-03-01', '2099-03-01');
const body =
  '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><p:orders_find xmlns:p="urn:polywire"><item>tea</item></p:orders_find></e:Body></e:Envelope>';

describe('examples/hardened-site', function () {
  this.timeout(60_000);
  const walk = new Walk();
  let python = false;

  before(async function () {
    if (!(await canWalk())) {
      console.log('      skipped: there is no POSIX shell or no curl here');
      return this.skip();
    }
    python = await has('python3', '-c', '');
    if (!python) console.log('      without client.py: there is no python3 here');
    cpSync(example, walk.project.folder, { recursive: true });
    await walk.begin();
  });
  after(() => walk.end());

  for (const { heading, steps } of sectionsOf(readme)) {
    it(`does what it says: ${heading}`, async () => {
      for (const step of steps) if (python || !step.command.startsWith('python3')) await walk.step(step);
      if (heading === 'Behind a proxy') await checkProxy();
    });
  }

  /** Sends what a proxy hands on of a call that was signed for the public address, and answers how it ended. */
  async function handOn(headers: Readonly<Record<string, string>>): Promise<string> {
    const [keyId = '', secret = ''] = (await walk.run('echo "$KEY_ID $POLYWIRE_KEY_SECRET"')).text.trim().split(' ');
    const signable = {
      method: 'POST',
      url: 'https://api.example.org/soap',
      headers: { 'Content-Type': 'text/xml' },
      body,
    };
    const signed = signRequest(signable, { keyId, secret });
    const answer = await new Promise<string>((resolve, reject) => {
      const sent = { ...signable.headers, ...signed, ...headers };
      const call = request(`${walk.url}/soap`, { method: 'POST', headers: sent }, (response) =>
        text(response).then(resolve, reject),
      );
      call.on('error', reject).end(body);
    });
    return /<code>(.*?)<\/code>/.exec(answer)?.[1] ?? 'ok';
  }

  async function checkProxy(): Promise<void> {
    const secure = { 'X-Forwarded-Proto': 'https' };
    const settled = Date.now() + 2_000; // the server sees the settings within two seconds
    let ending = '';
    while (ending !== 'ok' && Date.now() < settled)
      ending = await handOn({ ...secure, 'X-Forwarded-For': '192.0.2.10' });
    expect(ending).equal('ok');
    expect(await handOn({ ...secure, 'X-Forwarded-For': '192.0.2.11, 192.0.2.10' }), 'the last is the caller').equal(
      'ok',
    );
    expect(await handOn({ ...secure, 'X-Forwarded-For': '192.0.2.10', Host: 'api.example.org' })).equal('ok');
    expect(await handOn({ ...secure, 'X-Forwarded-For': '192.0.2.11' })).equal('invalid-credentials');
    expect(await handOn({ 'X-Forwarded-For': '192.0.2.10' }), 'plain HTTP').equal('https-required');
  }
});
