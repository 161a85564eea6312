/** The versions of SOAP that are served. */
export type SoapVersion = '1.1' | '1.2';

/** How parameters and results are written: document/literal wrapped, or rpc/encoded (SOAP 1.1 §5 and §7). */
export type SoapStyle = 'literal' | 'encoded';

/** A name with its namespace. */
export interface QName {
  readonly uri: string;
  readonly local: string;
}

/** What an answer repeats of its request. */
export interface SoapNote {
  readonly version: SoapVersion;
  readonly style: SoapStyle;
  /** No envelope has been seen: a refusal may have a status of HTTP's own (DESIGN §4). */
  readonly early?: true;
  /** Mandatory header blocks that we do not know (SOAP 1.2 §5.4.8). */
  readonly notUnderstood?: readonly QName[];
  /** The body is in an encoding that is not offered (SOAP 1.2 §5.4.6). */
  readonly encodingUnknown?: true;
}

/** What one version of SOAP says differently from the other. */
export interface Envelope {
  readonly version: SoapVersion;
  readonly namespace: string;
  /** The prefix that our answers give it. */
  readonly prefix: string;
  readonly mediaType: string;
  /** The attribute that says for whom a header block is, and the values by which it is for us. */
  readonly role: { readonly attribute: string; readonly ours: readonly string[] };
  /** The forms of `mustUnderstand`. */
  readonly booleans: Readonly<Record<string, boolean>>;
  /** The encoding of rpc/encoded; undefined where it is not offered. */
  readonly encoding: string | undefined;
  /** Values of `encodingStyle` that claim nothing. */
  readonly plain: readonly string[];
  /** Whether Envelope, Header and Body may have neither unqualified attributes nor `encodingStyle` (SOAP 1.2 §5.1). */
  readonly strict: boolean;
  readonly codes: Readonly<Record<Side, string>>;
}

/** Whose fault it is: the classes of SOAP's own fault codes (SOAP 1.1 §4.4.1, SOAP 1.2 §5.4.6). */
export type Side = 'sender' | 'receiver' | 'version-mismatch' | 'must-understand' | 'encoding-unknown';

const soap11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const soap12 = 'http://www.w3.org/2003/05/soap-envelope';

/** The namespace of xsi:nil and xsi:type (XML Schema part 1 §2.6). */
export const xsiNamespace = 'http://www.w3.org/2001/XMLSchema-instance';
export const xsdNamespace = 'http://www.w3.org/2001/XMLSchema';
/** The namespace and the encodingStyle of SOAP 1.1 §5. */
export const encodingNamespace = 'http://schemas.xmlsoap.org/soap/encoding/';
/** SOAP 1.2 part 2 §4: names of its rpc faults. */
export const rpcNamespace = 'http://www.w3.org/2003/05/soap-rpc';

/** SOAP 1.1 and 1.2 side by side (SOAP 1.1 §4; SOAP 1.2 part 1 §2 and §5). */
export const envelopes: Readonly<Record<SoapVersion, Envelope>> = {
  '1.1': {
    version: '1.1',
    namespace: soap11,
    prefix: 'soap',
    mediaType: 'text/xml',
    role: { attribute: 'actor', ours: ['', 'http://schemas.xmlsoap.org/soap/actor/next'] },
    booleans: { __proto__: null as never, '0': false, '1': true },
    encoding: encodingNamespace,
    plain: [''],
    strict: false,
    codes: {
      sender: 'Client',
      receiver: 'Server',
      'version-mismatch': 'VersionMismatch',
      'must-understand': 'MustUnderstand',
      'encoding-unknown': 'Client',
    },
  },
  '1.2': {
    version: '1.2',
    namespace: soap12,
    prefix: 'env',
    mediaType: 'application/soap+xml',
    role: { attribute: 'role', ours: ['', `${soap12}/role/next`, `${soap12}/role/ultimateReceiver`] },
    booleans: { __proto__: null as never, '0': false, '1': true, false: false, true: true },
    encoding: undefined,
    plain: ['', `${soap12}/encoding/none`],
    strict: true,
    codes: {
      sender: 'Sender',
      receiver: 'Receiver',
      'version-mismatch': 'VersionMismatch',
      'must-understand': 'MustUnderstand',
      'encoding-unknown': 'DataEncodingUnknown',
    },
  },
};

/** The envelope of a namespace, if it is one of SOAP's. */
export function envelopeOf(namespace: string): Envelope | undefined {
  if (namespace === soap11) return envelopes['1.1'];
  return namespace === soap12 ? envelopes['1.2'] : undefined;
}
