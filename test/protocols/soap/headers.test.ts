import { expect } from 'chai';
import { Fault } from '../../../lib/fault.ts';
import { soap } from '../../../protocols/soap/index.ts';
import { securityNamespace } from '../../../protocols/soap/security.ts';
import { all } from './functions.ts';
import { readWith } from './infoset.ts';
import { answer, envelope12, message11, message12, post, siteOf, soap12Type } from './messages.ts';

const site = siteOf(all);
const call = '<p:test_echo xmlns:p="urn:polywire"><text>a</text></p:test_echo>';
const password = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0';
const utility = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';

function block(attributes: string): string {
  return `<h:Unknown xmlns:h="urn:h" ${attributes}>x<h:y/></h:Unknown>`;
}

function code11(attributes: string): string | undefined {
  return answer(site, post(message11(call, block(attributes)))).fault?.code;
}

function code12(attributes: string): string | undefined {
  return answer(site, post(message12(call, block(attributes)), soap12Type)).fault?.code;
}

function security(content: string, attributes = 'E:mustUnderstand="1"'): string {
  return message11(call, `<s:Security xmlns:s="${securityNamespace}" ${attributes}>${content}</s:Security>`);
}

function token(type = '', extra = ''): string {
  return `<s:UsernameToken><s:Username>ana</s:Username><s:Password${type}>p&amp;w</s:Password>${extra}</s:UsernameToken>`;
}

function decoded(body: string) {
  const [first] = soap.decode(post(body), site).calls;
  return first instanceof Fault ? first.code : first?.credentials;
}

describe('soap/headers', () => {
  it('ignores what need not be understood', () => {
    for (const attributes of ['', 'E:mustUnderstand="0"', 'mustUnderstand="1"', 'E:relay="1"']) {
      expect(code11(attributes), attributes).to.equal(undefined);
      expect(code12(attributes), attributes).to.equal(undefined);
    }
  });

  it('refuses what must be understood and is for us', () => {
    const next11 = 'http://schemas.xmlsoap.org/soap/actor/next';
    for (const actor of ['', 'E:actor=""', `E:actor="${next11}"`, 'E:role="urn:else"']) {
      expect(code11(`E:mustUnderstand="1" ${actor}`), actor).to.equal('must-understand');
    }
    for (const role of [
      '',
      'E:role=""',
      `E:role="${envelope12}/role/next"`,
      `E:role="${envelope12}/role/ultimateReceiver"`,
    ]) {
      for (const yes of ['1', 'true', ' true '])
        expect(code12(`${role} E:mustUnderstand="${yes}"`), role).to.equal('must-understand');
    }
  });

  it('leaves blocks for others alone', () => {
    expect(code11('E:mustUnderstand="1" E:actor="urn:else"')).to.equal(undefined);
    expect(code12('E:mustUnderstand="1" E:role="urn:else"')).to.equal(undefined);
    expect(code12(`E:mustUnderstand="1" E:role="${envelope12}/role/none"`)).to.equal(undefined);
  });

  it('knows the forms of mustUnderstand in each version', () => {
    for (const wrong of ['true', 'false', '2', '', 'yes', 'constructor'])
      expect(code11(`E:mustUnderstand="${wrong}"`), wrong).to.equal('invalid-request');
    for (const wrong of ['9', 'TRUE', '', 'yes', '__proto__'])
      expect(code12(`E:mustUnderstand="${wrong}"`), wrong).to.equal('invalid-request');
    expect(code12('E:mustUnderstand="false"')).to.equal(undefined);
  });

  it('names the blocks that it does not understand', () => {
    const told = answer(site, post(message12(call, block('E:mustUnderstand="1"')), soap12Type));
    expect(told.status).to.equal(500);
    const { 'env:Header': header, 'env:Body': body } = readWith(told.text)['env:Envelope'];
    expect(header['env:NotUnderstood']).to.deep.include({ '@_qname': 'n:Unknown', '@_xmlns:n': 'urn:h' });
    expect(body['env:Fault']['env:Code']).to.deep.equal({ 'env:Value': 'env:MustUnderstand' });
    const old = readWith(answer(site, post(message11(call, block('E:mustUnderstand="1"')))).text)['soap:Envelope'][
      'soap:Body'
    ]['soap:Fault'];
    expect(old.faultcode).to.equal('soap:MustUnderstand');
    expect(old).not.to.have.property('detail');
  });

  it('takes a user name and a password in text', () => {
    const credentials = { username: 'ana', password: 'p&w' };
    expect(decoded(security(token()))).to.deep.equal(credentials);
    expect(decoded(security(token(` Type="${password}#PasswordText"`, '<s:Nonce>abc</s:Nonce>')))).to.deep.equal(
      credentials,
    );
    expect(decoded(security(token(), 'E:mustUnderstand="0"'))).to.deep.equal(credentials);
    expect(decoded(security(token(), 'E:mustUnderstand="1" E:actor="urn:else"'))).to.equal(undefined);
  });

  it('does not claim to understand other tokens', () => {
    expect(decoded(security('<s:BinarySecurityToken>abc</s:BinarySecurityToken>'))).to.equal('must-understand');
    expect(decoded(security(`${token()}<s:BinarySecurityToken/>`))).to.equal('must-understand');
    expect(decoded(security('<s:UsernameToken><s:Username>ana</s:Username></s:UsernameToken>'))).to.equal(
      'must-understand',
    );
  });

  it('refuses two sets of credentials', () => {
    expect(decoded(security(token() + token()))).to.equal('invalid-request');
    const twice = `<s:Security xmlns:s="${securityNamespace}">${token()}</s:Security>`;
    expect(decoded(message11(call, twice + twice))).to.equal('invalid-request');
    expect(
      decoded(
        security(
          '<s:UsernameToken><s:Username>a</s:Username><s:Username>b</s:Username><s:Password/></s:UsernameToken>',
        ),
      ),
    ).to.equal('invalid-request');
  });

  it('refuses messages that have expired', () => {
    const stamp = (at: string) =>
      security(
        `<u:Timestamp xmlns:u="${utility}"><u:Created>x</u:Created><u:Expires>${at}</u:Expires></u:Timestamp>${token()}`,
      );
    expect(decoded(stamp('2999-01-01T00:00:00Z'))).to.deep.equal({ username: 'ana', password: 'p&w' });
    expect(decoded(stamp('2001-01-01T00:00:00Z'))).to.equal('invalid-request');
    expect(decoded(stamp('soon'))).to.equal('invalid-request');
  });
});
