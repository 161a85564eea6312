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
/** How far clocks may differ (DESIGN §8: the signature window). */
const window = 300_000;

/** What a Security header block comes to. */
export interface Security {
  readonly credentials?: MessageCredentials;
  /** Whether everything in it was one of the things that we process. */
  readonly understood: boolean;
}

/** Reads the Security block just opened: a UsernameToken with its password as text, and a Timestamp. */
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

/** UsernameToken Profile 1.0 §3.1; a password of another type than text leaves it without effect. */
function readUsernameToken(scanner: XmlScanner): MessageCredentials | undefined {
  let username: string | undefined;
  let password: string | undefined;
  let plain = true;
  while (scanner.open()) {
    const name = scanner.uri === securityNamespace ? scanner.local : '';
    if (name === 'Username') username = once(username, scanner);
    else if (name === 'Password') {
      plain = (scanner.attribute('', 'Type') ?? passwordText) === passwordText;
      password = once(password, scanner);
    } else scanner.skip();
  }
  return plain && username !== undefined && password !== undefined ? { username, password } : undefined;
}

function once(known: string | undefined, scanner: XmlScanner): string {
  if (known !== undefined) throw new Fault('invalid-request', 'A UsernameToken names two users or two passwords');
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
