import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { contentDigest, contentDigestFits } from '../../../../lib/auth/signature/content-digest.ts';
import { headerValues } from '../../../../lib/auth/signature/header-values.ts';
import { readSignature } from '../../../../lib/auth/signature/read-signature.ts';
import { signRequest } from '../../../../lib/auth/signature/sign.ts';
import { requiredComponents, signatureBase } from '../../../../lib/auth/signature/signature-base.ts';
import { isInnerList, readDictionary, writeInnerList } from '../../../../lib/auth/signature/structured-fields.ts';
import type { Decoder, Shot } from '../decoder.ts';
import { expectClean } from '../exchange.ts';
import { header, headerPiece } from '../header-language.ts';
import { bytesOf, texts } from '../shots.ts';

const body = '{"a":1}';
const secret = 'secret';
const digest = contentDigest(Buffer.from(body));
const request = {
  method: 'POST',
  url: 'https://api.example.org/jsonrpc?a=1',
  headers: { 'Content-Type': 'application/json' },
  body,
};
const signed = signRequest(request, { keyId: 'key-1', secret, now: 1_800_000_000_000, nonce: 'nonce-01' });
const { 'Signature-Input': signedInput = '', Signature: signedValue = '' } = signed;

const inputs = [
  signedInput,
  'sig1=("@method" "@authority" "@path" "@query");created=1;keyid="k\\"\\\\";nonce="12345678";alg="hmac-sha256";expires=99;tag="t"',
  'a=(), b=1;c=?0;d, e="x";f=:AAEC:, g=tok/en:x;h=-15, i=(1 "2" :AA==: t;p=1);q',
].map(headerPiece);
const others = [signedValue, digest, 'sha-256=:AAAA:, sha-512=:AAAA:, md5=:AA==:', 'sig1=:AA==:'].map(headerPiece);

function rawHeadersOf({ bytes, form }: Shot): readonly string[] {
  const given = { 'Signature-Input': signedInput, Signature: signedValue, 'Content-Digest': digest };
  const changed = form === 'input' ? 'Signature-Input' : form === 'signature' ? 'Signature' : 'Content-Digest';
  return Object.entries({ ...given, 'Content-Type': 'application/json', [changed]: bytes }).flat();
}

/** Everything that is done with the headers of a signature, short of the secret. */
function act(shot: Shot) {
  const rawHeaders = rawHeadersOf(shot);
  const signature = readSignature(rawHeaders);
  const message = { method: 'POST', origin: 'https://api.example.org', path: '/jsonrpc', query: 'a=1', rawHeaders };
  const base = signature && signatureBase(signature.input, message);
  const fits = contentDigestFits(headerValues(rawHeaders, 'content-digest').join(', '), Buffer.from(body));
  return { dictionary: readDictionary(shot.bytes), signature, base, fits };
}

/** RFC 9421 and RFC 9530 by structured fields (RFC 8941): what is read and written again means the same. */
export const signatureDecoder: Decoder = {
  name: 'signature',
  shots: fc.oneof(
    bytesOf(texts(inputs, header)).map((bytes): Shot => ({ bytes, form: 'input' })),
    fc
      .tuple(bytesOf(texts(others, header)), fc.constantFrom('signature', 'digest'))
      .map(([bytes, form]): Shot => ({ bytes, form })),
  ),
  act,
  check: (shot) => {
    const done = act(shot);
    const { dictionary, signature, base, fits } = done;
    expectClean();
    expectSignedOnlyAsSigned(done);
    if (shot.form === 'digest' && fits)
      expect(shot.bytes, 'a digest that fits').to.include(digest.slice('sha-256=:'.length));
    if (signature !== undefined) expectSignature(signature);
    if (base !== undefined)
      expect(base.split('\n'), 'lines of the base').to.have.length((signature?.covered.size ?? 0) + 1);
    for (const [key, member] of dictionary ?? []) {
      expect(key).to.match(/^[a-z*][a-z0-9_.*-]*$/);
      if (!isInnerList(member)) continue;
      const text = writeInnerList(member);
      expect(readDictionary(`${key}=${text}`)?.get(key), text).to.deep.equal(member);
    }
    return dictionary === undefined ? 'refused' : 'accepted';
  },
  tokens: header.tokens,
  most: 65_536,
};

/** What was signed, to the letter: whatever is read into headers that were changed, nothing else is taken for signed. */
const signedBase = act({ bytes: signedInput, form: 'input' }).base;

function expectSignedOnlyAsSigned({ signature, base }: ReturnType<typeof act>): void {
  if (signature === undefined || base === undefined) return;
  if (!createHmac('sha256', secret).update(base).digest().equals(signature.bytes)) return;
  expect(base).to.equal(signedBase);
  expect([...signature.covered]).to.include.members([...requiredComponents(Buffer.from(body))]);
}

function expectSignature({
  bytes,
  nonce,
  created,
  keyId,
  expires,
}: NonNullable<ReturnType<typeof readSignature>>): void {
  expect(bytes).to.have.length(32);
  expect(nonce.length).to.be.within(8, 256);
  expect(Number.isSafeInteger(created)).to.equal(true);
  expect(expires === undefined || Number.isSafeInteger(expires)).to.equal(true);
  expect(keyId).to.be.a('string');
}
