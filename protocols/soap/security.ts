import { Fault } from '../../lib/fault.ts';
import { Issues } from '../../lib/issues.ts';
import type { MessageCredentials } from '../../lib/protocol.ts';
import { readMoment } from '../../lib/text-value.ts';
import type { XmlScanner } from '../xml/scanner.ts';

const oasis = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';
/** The namespace of the Security header block (Web Services Security: SOAP Message Security 1.0). */
export const securityNamespace = `${oasis}-wssecurity-secext-1.0.xsd`;
const utilityNamespace = `${oasis}-wssecurity-utility-1.0.xsd`;
const passwordText = `${oasis}-username-token-profile-1.0#PasswordText`;
const passwordDigest = `${oasis}-username-token-profile-1.0#PasswordDigest`;
const base64Binary = `${oasis}-soap-message-security-1.0#Base64Binary`;
/** How far clocks may differ (DESIGN §8: the signature window). */
const window = 300_000;

/** What a Security header block comes to. */
export interface Security {
  readonly credentials?: MessageCredentials;
  /** Whether everything in it was one of the things that we process. */
  readonly understood: boolean;
}

/** Reads the Security block just opened: a UsernameToken with its password as text or digest, and a Timestamp. */
export function readSecurity(scanner: XmlScanner): Security {
  let credentials: MessageCredentials | undefined;
  let understood = true;
  while (scanner.open()) {
    if (scanner.uri === securityNamespace && scanner.local === 'UsernameToken') {
      const found = readUsernameToken(scanner);
      credentials = oneOf(credentials, found);
      understood &&= found !== undefined;
    } else if (scanner.uri === utilityNamespace && scanner.local === 'Timestamp') checkTimestamp(scanner);
    else {
      understood = false;
      scanner.skip();
    }
  }
  return credentials ? { credentials, understood } : { understood };
}

/** Of two sets of credentials the one that is there; two are refused (DESIGN §5). */
export function oneOf(
  known: MessageCredentials | undefined,
  found: MessageCredentials | undefined,
): MessageCredentials | undefined {
  if (known && found) throw new Fault('invalid-request', 'The message has two sets of credentials');
  return known ?? found;
}

/** What a UsernameToken says, as far as it has been read. */
interface TokenParts {
  username?: string;
  password?: string;
  type?: string;
  nonce?: string;
  created?: string;
}

/** UsernameToken Profile 1.0 §3.1; without a user or a password it is of no use to us. */
function readUsernameToken(scanner: XmlScanner): MessageCredentials | undefined {
  const parts: TokenParts = {};
  while (scanner.open()) readPart(scanner, parts);
  const { username, password, type } = parts;
  if (username === undefined || password === undefined) return undefined;
  return type === passwordText
    ? { username, password }
    : { username, password: password.trim(), digest: digestOf(parts) };
}

function readPart(scanner: XmlScanner, parts: TokenParts): void {
  const name = `${scanner.uri} ${scanner.local}`;
  if (name === `${securityNamespace} Username`) parts.username = once(parts.username, scanner);
  else if (name === `${securityNamespace} Password`) {
    parts.type = scanner.attribute('', 'Type') ?? passwordText;
    parts.password = once(parts.password, scanner);
  } else if (name === `${securityNamespace} Nonce`) {
    const encoded = (scanner.attribute('', 'EncodingType') ?? base64Binary) === base64Binary;
    const nonce = once(parts.nonce, scanner).trim();
    parts.nonce = encoded ? nonce : '';
  } else if (name === `${utilityNamespace} Created`) parts.created = once(parts.created, scanner).trim();
  else scanner.skip();
}

/** A password of a type that we do not know is a digest of nothing: no password makes it. */
function digestOf({ type, nonce = '', created = '' }: TokenParts): {
  readonly nonce: string;
  readonly created: string;
} {
  return type === passwordDigest ? { nonce, created } : { nonce: '', created: '' };
}

function once(known: string | undefined, scanner: XmlScanner): string {
  if (known !== undefined) throw new Fault('invalid-request', 'A UsernameToken says something twice');
  return scanner.text();
}

/** SOAP Message Security 1.0 §10: what has expired is not carried out. */
function checkTimestamp(scanner: XmlScanner): void {
  while (scanner.open()) {
    if (scanner.uri !== utilityNamespace || scanner.local !== 'Expires') {
      scanner.skip();
      continue;
    }
    const expires = readMoment(scanner.text().trim(), new Issues(), { zoneless: 'utc' });
    if (!(expires instanceof Date)) throw new Fault('invalid-request', 'Expires must be a date and time');
    if (expires.getTime() + window < Date.now()) throw new Fault('invalid-request', 'The message has expired');
  }
}
