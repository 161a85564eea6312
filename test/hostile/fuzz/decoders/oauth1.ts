import { expect } from 'chai';
import fc from 'fast-check';
import { baseString, formParameters, type Parameter } from '../../../../lib/auth/oauth1/base-string.ts';
import { percentDecode, percentEncode } from '../../../../lib/auth/oauth1/percent.ts';
import { readAuthorization } from '../../../../lib/auth/oauth1/read-authorization.ts';
import type { Decoder, Shot } from '../decoder.ts';
import { expectClean } from '../exchange.ts';
import { form, formPiece } from '../form-language.ts';
import { header, headerPiece } from '../header-language.ts';
import { bytesOf, texts } from '../shots.ts';

const headers = [
  'OAuth realm="a b", oauth_consumer_key="key-1", oauth_signature_method="HMAC-SHA1", oauth_timestamp="1800000000", oauth_nonce="abc", oauth_version="1.0", oauth_signature="MTIzNDU2Nzg5MDEyMzQ1Njc4OTA%3D"',
  'OAuth oauth_consumer_key="k%20y",oauth_token="",oauth_signature_method="HMAC-SHA256",oauth_timestamp="1",oauth_nonce="~",oauth_body_hash="AAEC",oauth_signature="AA%3D%3D"',
].map(headerPiece);
const queries = ['b5=%3D%253D&a3=a&c%40=&a2=r%20b&c2&a3=2+q', 'a=1&a=0&%C3%A9=%E2%82%AC&z', ''].map(formPiece);

const address = { method: 'post', origin: 'https://API.example.org:443', path: '/soap' };

function act({ bytes, form: how }: Shot) {
  const authorization = how === 'header' ? readAuthorization(bytes) : undefined;
  const parameters = how === 'header' ? authorization?.parameters : formParameters(bytes);
  return { authorization, parameters, base: parameters && baseString(address, parameters) };
}

/** RFC 5849 §3.4.1 by other means, for parameters in UTF-8. */
function theirBase(parameters: readonly Parameter[]): string | undefined {
  const encode = (bytes: string): string =>
    encodeURIComponent(Buffer.from(bytes, 'latin1').toString('utf8')).replace(
      /[!'()*]/g,
      (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  if (
    parameters
      .flat()
      .some((text) => Buffer.from(Buffer.from(text, 'latin1').toString('utf8')).toString('latin1') !== text)
  )
    return undefined;
  const pairs = parameters.map(([name, value]) => [encode(name), encode(value)] as const);
  const compare = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
  pairs.sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]));
  return ['POST', 'https://api.example.org/soap', pairs.map((pair) => pair.join('=')).join('&')].map(encode).join('&');
}

/** OAuth 1.0a (RFC 5849): its header, and the string that is signed. */
export const oauth1Decoder: Decoder = {
  name: 'oauth1',
  shots: fc.oneof(
    bytesOf(texts(headers, header)).map((bytes): Shot => ({ bytes, form: 'header' })),
    bytesOf(texts(queries, form)).map((bytes): Shot => ({ bytes, form: 'query' })),
  ),
  act,
  check: (shot) => {
    const { authorization, parameters, base } = act(shot);
    expectClean();
    if (authorization !== undefined) {
      expect(authorization.algorithm).to.be.oneOf(['sha1', 'sha256']);
      expect(Number.isSafeInteger(authorization.timestamp)).to.equal(true);
      expect(authorization.nonce.length).to.be.within(1, 256);
      expect(authorization.signature.length).to.be.at.least(1);
    }
    if (parameters === undefined) return 'refused';
    for (const text of parameters.flat()) {
      expect(Buffer.from(text, 'latin1').toString('latin1'), 'a character for each byte').to.equal(text);
      expect(percentDecode(percentEncode(text))).to.equal(text);
    }
    const theirs = theirBase(parameters);
    if (theirs !== undefined) expect(base).to.equal(theirs);
    return 'accepted';
  },
  tokens: [...header.tokens, ...form.tokens],
  most: 65_536,
};
