import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { WSSecurity } from 'soap';
import { hashOf } from '../../../lib/auth/secret.ts';
import { usernameTokenAuthenticator } from '../../../lib/auth/username-token.ts';
import { Fault } from '../../../lib/fault.ts';
import type { MessageCredentials } from '../../../lib/protocol.ts';
import { soap } from '../../../protocols/soap/index.ts';
import { house, presented, putUser } from '../../lib/auth/signature/signing-house.ts';
import { all } from './functions.ts';
import { post, siteOf } from './messages.ts';

const site = siteOf(all);
const app = 'pwa_password <of> an "application" & ü';

/** What arrives of a message whose header a foreign client has written. */
function arriving(security: WSSecurity): MessageCredentials | undefined {
  const envelope = 'http://schemas.xmlsoap.org/soap/envelope/';
  const body = '<p:test_echo xmlns:p="urn:polywire"><text>a</text></p:test_echo>';
  const message = `<soap:Envelope xmlns:soap="${envelope}"><soap:Header>${security.toXML()}</soap:Header><soap:Body>${body}</soap:Body></soap:Envelope>`;
  const [call] = soap.decode(post(message), site).calls;
  if (call instanceof Fault) throw call;
  return call?.credentials;
}

describe('soap/security: the header of npm soap', () => {
  async function proves(message: MessageCredentials | undefined): Promise<readonly boolean[]> {
    const at = house();
    const { id } = await putUser(at);
    const secret = { hash: hashOf(app), sealed: at.seal.seal(app) };
    await at.store.appPasswords.create({ userId: id, name: 'Import', created: 0, ...secret });
    const authenticator = usernameTokenAuthenticator(at);
    const request = presented({ message, now: Date.now() });
    if (message === undefined) throw new Error('no credentials');
    const verify = async () => (await authenticator.verify(message, request)) !== undefined;
    return [await verify(), await verify()];
  }

  it('proves the user by a digest, once', async () => {
    const message = arriving(new WSSecurity('ana', app, { passwordType: 'PasswordDigest', mustUnderstand: true }));
    expect(message?.digest).not.to.equal(undefined);
    expect(await proves(message)).to.deep.equal([true, false]);
    const wrong = arriving(new WSSecurity('ana', `${app}x`, { passwordType: 'PasswordDigest' }));
    expect(await proves(wrong)).to.deep.equal([false, false]);
  });

  it('proves the user by a password as text', async () => {
    const message = arriving(new WSSecurity('ana', app, { passwordType: 'PasswordText', hasNonce: true }));
    expect(message).to.deep.equal({ username: 'ana', password: app });
    expect(await proves(message)).to.deep.equal([true, true]);
  });

  it('agrees with the formula of the profile', () => {
    const message = arriving(new WSSecurity('ana', app, { passwordType: 'PasswordDigest' }));
    const { nonce = '', created = '' } = message?.digest ?? {};
    const bytes = Buffer.concat([Buffer.from(nonce, 'base64'), Buffer.from(created), Buffer.from(app)]);
    expect(message?.password).to.equal(createHash('sha1').update(bytes).digest('base64'));
  });
});
