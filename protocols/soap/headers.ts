import { Fault } from '../../lib/fault.ts';
import type { MessageCredentials } from '../../lib/protocol.ts';
import { trimSpace } from '../../lib/trim.ts';
import type { XmlScanner } from '../xml/scanner.ts';
import type { Envelope, QName } from './envelope.ts';
import { oneOf, readSecurity, type Security, securityNamespace } from './security.ts';

/** What the header blocks of a message come to. */
export interface Headers {
  readonly credentials?: MessageCredentials;
  /** Mandatory blocks for us that we do not know. */
  readonly notUnderstood: readonly QName[];
}

/** How many of them are named at most. */
const mostNamed = 20;

/** A message without header blocks. */
export const noHeaders: Headers = { notUnderstood: [] };

/** Reads the blocks of the Header just opened, through its end tag (SOAP 1.1 §4.2, SOAP 1.2 part 1 §2.6). */
export function readHeaders(scanner: XmlScanner, envelope: Envelope): Headers {
  const notUnderstood: QName[] = [];
  let credentials: MessageCredentials | undefined;
  while (scanner.open()) {
    const name = { uri: scanner.uri, local: scanner.local };
    const mandatory = isMandatory(scanner, envelope);
    const block = readBlock(scanner, envelope);
    if (mandatory && !block.understood && notUnderstood.length < mostNamed) notUnderstood.push(name);
    credentials = oneOf(credentials, block.credentials);
  }
  return credentials ? { credentials, notUnderstood } : { notUnderstood };
}

/** Processes a block; one that is for others need not be understood. */
function readBlock(scanner: XmlScanner, envelope: Envelope): Security {
  const ours = isForUs(scanner, envelope);
  if (ours && scanner.uri === securityNamespace && scanner.local === 'Security') return readSecurity(scanner);
  scanner.skip();
  return { understood: !ours };
}

/** SOAP 1.1 §4.2.3 with WS-I BP 1.1 R1013; SOAP 1.2 part 1 §5.2.3. */
function isMandatory(scanner: XmlScanner, envelope: Envelope): boolean {
  if (scanner.attributeCount === 0) return false;
  const value = scanner.attribute(envelope.namespace, 'mustUnderstand');
  if (value === undefined) return false;
  const mandatory = envelope.booleans[trimSpace(value)];
  if (mandatory === undefined) {
    throw new Fault('invalid-request', `mustUnderstand must be one of ${Object.keys(envelope.booleans).join(', ')}`);
  }
  return mandatory;
}

/** SOAP 1.1 §4.2.2; SOAP 1.2 part 1 §2.2: the role `none` is nobody's, other roles are not ours. */
function isForUs(scanner: XmlScanner, envelope: Envelope): boolean {
  if (scanner.attributeCount === 0) return true;
  const role = scanner.attribute(envelope.namespace, envelope.role.attribute);
  return role === undefined || envelope.role.ours.includes(role.trim());
}
