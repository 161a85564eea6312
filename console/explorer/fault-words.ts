import type { FaultCode } from '../../lib/fault.ts';

const advice: Readonly<Record<FaultCode, string>> = {
  malformed: 'The server could not read the message.',
  'unsupported-encoding': 'The server does not know the encoding of the message.',
  'invalid-encoding': 'The bytes of the message are not of its encoding.',
  'invalid-request': 'The message could be read, but it is no call.',
  'too-large': 'The message is larger than this site takes.',
  'method-not-allowed': 'The address does not answer this HTTP method.',
  'unsupported-media-type': 'The address does not take this Content-Type.',
  'version-mismatch': 'The envelope is of a version of SOAP that is not known.',
  'must-understand': 'The message has a header that must be understood, and is not.',
  'unknown-function': 'There is no such function for this caller, over this protocol.',
  'function-off': 'The function is switched off.',
  'invalid-params': 'Some of the parameters do not fit: see the fields.',
  internal: 'The function failed. The log of the server tells why, by the request id.',
  'invalid-result': 'The function answered something else than it promises. Its log tells more.',
  unavailable: 'The server cannot answer now. Another try may succeed.',
  'service-off': 'Web services are switched off on this site.',
  'protocol-off': 'This protocol is switched off on this site.',
  'https-required': 'This site wants HTTPS.',
  'address-refused': 'This site does not answer to this network address.',
  misdirected: 'This server does not answer for this host name.',
  unauthenticated: 'The function must know who calls: choose a key, a token or your session.',
  'invalid-credentials': 'The key, token or session is not valid, or no longer.',
  forbidden: 'The caller is known, but may not do this.',
  csrf: 'The session must prove that the call is its own: load the page again.',
  'origin-refused': 'This site takes no calls from pages of this address.',
  'rate-limited': 'Too many calls in a short time.',
  'quota-exceeded': 'The caller has used up what it may call.',
  conflict: 'The call collides with something that is there already.',
  timeout: 'The function took longer than it may.',
};

/** What a code means for whoever called, in plain words; nothing for codes that functions declare. */
export function faultWords(code: string): string | undefined {
  return Object.hasOwn(advice, code) ? advice[code as FaultCode] : undefined;
}
