import { expect } from 'chai';
import { Fault } from '../../../lib/fault.ts';
import { soap } from '../../../protocols/soap/index.ts';
import { securityNamespace } from '../../../protocols/soap/security.ts';
import { all } from './functions.ts';
import { message11, message12, post, siteOf, soap12Type } from './messages.ts';

const site = siteOf(all);
const call = '<p:test_echo xmlns:p="urn:polywire"><text>a</text></p:test_echo>';
const oasis = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';
const profile = `${oasis}-username-token-profile-1.0`;
const utility = `${oasis}-wssecurity-utility-1.0.xsd`;
const base64 = `${oasis}-soap-message-security-1.0#Base64Binary`;

function token(content: string): string {
  const open = `<s:Security xmlns:s="${securityNamespace}" xmlns:u="${utility}" E:mustUnderstand="1">`;
  return `${open}<s:UsernameToken u:Id="t1"><s:Username>ana</s:Username>${content}</s:UsernameToken></s:Security>`;
}

const password = (type: string, text = 'quR/EWLAV4xLf9Zqyw4pDmfV9OY=') =>
  `<s:Password Type="${type}">${text}</s:Password>`;
const digestType = `${profile}#PasswordDigest`;
const nonce = (text = 'WScqanjCEAC4mQoBE07sAQ==', encoding = ` EncodingType="${base64}"`) =>
  `<s:Nonce${encoding}>${text}</s:Nonce>`;
const created = (text = '2003-07-16T01:24:32Z') => `<u:Created>${text}</u:Created>`;

function read(content: string, version: '1.1' | '1.2' = '1.1') {
  const message =
    version === '1.1' ? post(message11(call, token(content))) : post(message12(call, token(content)), soap12Type);
  const [first] = soap.decode(message, site).calls;
  return first instanceof Fault ? first.code : first?.credentials;
}

/** What all parts together come to; whether they belong together is not the reader's business. */
const whole = {
  username: 'ana',
  password: 'quR/EWLAV4xLf9Zqyw4pDmfV9OY=',
  digest: { nonce: 'WScqanjCEAC4mQoBE07sAQ==', created: '2003-07-16T01:24:32Z' },
};
const nothing = { nonce: '', created: '' };

describe('soap/security', () => {
  for (const version of ['1.1', '1.2'] as const) {
    it(`reads a digest with its nonce and time in SOAP ${version}`, () => {
      expect(read(password(digestType) + nonce() + created(), version)).to.deep.equal(whole);
      expect(read(created() + nonce(undefined, '') + password(digestType), version), 'any order').to.deep.equal(whole);
    });
  }

  it('does not count white space around what is not a password as text', () => {
    const spaced =
      password(digestType, `\n ${whole.password}\n`) +
      nonce(`\n ${whole.digest.nonce} `) +
      created(`\n${whole.digest.created} `);
    expect(read(spaced)).to.deep.equal(whole);
    expect(read(password(`${profile}#PasswordText`, ' p '))).to.deep.equal({ username: 'ana', password: ' p ' });
  });

  it('gives what is missing as empty: such a digest is wrong, not absent', () => {
    expect(read(password(digestType))).to.deep.equal({ ...whole, digest: nothing });
    expect(read(password(digestType) + nonce())).to.deep.equal({ ...whole, digest: { ...whole.digest, created: '' } });
    expect(read(password(digestType) + created())).to.deep.equal({ ...whole, digest: { ...whole.digest, nonce: '' } });
    const hex = nonce(undefined, ` EncodingType="${oasis}-soap-message-security-1.0#HexBinary"`);
    expect(read(password(digestType) + hex + created())).to.deep.equal({
      ...whole,
      digest: { ...whole.digest, nonce: '' },
    });
    const elsewhere = `<s:Created>${whole.digest.created}</s:Created><u:Nonce>AAAA</u:Nonce>`;
    expect(read(password(digestType) + elsewhere)).to.deep.equal({ ...whole, digest: nothing });
  });

  it('gives a password of an unknown type as a wrong digest, whatever is beside it', () => {
    for (const type of ['', 'PasswordText', 'PasswordDigest', `${profile}#PasswordHash`, `${digestType} `]) {
      expect(read(password(type) + nonce() + created()), type).to.deep.equal({ ...whole, digest: nothing });
    }
  });

  it('does not make a password as text a digest by what is beside it', () => {
    const text = password(`${profile}#PasswordText`, 'pw') + nonce() + created();
    expect(read(text)).to.deep.equal({ username: 'ana', password: 'pw' });
    expect(read(`<s:Password>pw</s:Password>${nonce()}`)).to.deep.equal({ username: 'ana', password: 'pw' });
  });

  it('refuses what is said twice', () => {
    const full = password(digestType) + nonce() + created();
    for (const again of [
      nonce(),
      created(),
      password(digestType),
      password(`${profile}#PasswordText`),
      '<s:Username>b</s:Username>',
    ]) {
      expect(read(full + again), again).to.equal('invalid-request');
    }
  });

  it('refuses elements where text is', () => {
    for (const inner of ['<s:Nonce><x/></s:Nonce>', '<u:Created><x/></u:Created>', '<s:Password><x/></s:Password>']) {
      expect(read(inner + password(digestType)), inner).to.be.a('string');
    }
  });
});
