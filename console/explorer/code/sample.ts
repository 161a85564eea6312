import type { ClientRequest } from '../../../client/client.ts';
import type { FunctionData } from '../../../lib/define.ts';
import type { Credential } from '../wire/credential.ts';
import type { Way } from '../wire/ways.ts';

/** A call that programs are written for. */
export interface Sample {
  readonly fn: FunctionData;
  /** As handlers have them; what is left out is not sent. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly way: Way;
  /** The request as the page sends it, without who calls. */
  readonly request: ClientRequest;
  /** The address of the site, without a path. */
  readonly origin: string;
  /** The target namespace of SOAP. */
  readonly namespace: string;
  /** As whom it is called; secrets are taken from the environment, so that nobody copies them into a program. */
  readonly credential: Credential['kind'];
}

/** The header that says who calls, and the variable of the environment that holds the secret in it. */
export interface CredentialHeader {
  readonly name: string;
  /** What stands before the secret. */
  readonly prefix: string;
  readonly variable: string;
}

/** What a program must send to say who calls; nothing for nobody, and for the session that only this page has. */
export function credentialHeader(kind: Credential['kind']): CredentialHeader | undefined {
  if (kind === 'key') return { name: 'X-API-Key', prefix: '', variable: 'POLYWIRE_KEY' };
  return kind === 'token' ? { name: 'Authorization', prefix: 'Bearer ', variable: 'POLYWIRE_TOKEN' } : undefined;
}

/** The address of the WSDL for the version of SOAP. */
export function wsdlAddress({ way, origin }: Sample): string {
  const address = new URL(way.wsdl ?? `${way.path}?wsdl`, origin).href;
  return way.name === 'soap12' ? address.replace(/\?wsdl$/, '?wsdl=1.2') : address;
}

/** Lines below each other, each moved to the right but the first. */
export function indented(text: string, by = '    '): string {
  return text.replaceAll('\n', `\n${by}`);
}

/** Items between brackets: on one line where it is short, else each on its own. */
export function bracketed(open: string, items: readonly string[], close: string, tab = '    '): string {
  const line = `${open}${items.join(', ')}${close}`;
  if (line.length <= 72 && !line.includes('\n')) return line;
  return `${open}\n${tab}${items.map((item) => indented(item, tab)).join(`,\n${tab}`)},\n${close}`;
}
