import { headerValues } from './header-values.ts';
import { coveredComponents } from './signature-base.ts';
import { type InnerList, isInnerList, type Parameters, readDictionary } from './structured-fields.ts';

/** A signature as a request carries it. */
export interface Signature {
  /** What it covers, and its parameters as they were written. */
  readonly input: InnerList;
  readonly covered: ReadonlySet<string>;
  readonly bytes: Buffer;
  readonly keyId: string;
  readonly nonce: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly expires: number | undefined;
}

/**
 * Reads the one signature of a request (RFC 9421 §4). `alg` may only say what the key is for anyway.
 * @returns undefined for none, several, or one that is not as we ask for it
 */
export function readSignature(rawHeaders: readonly string[]): Signature | undefined {
  const inputs = readDictionary(headerValues(rawHeaders, 'signature-input').join(', '));
  const signatures = readDictionary(headerValues(rawHeaders, 'signature').join(', '));
  const [label, input] = inputs?.size === 1 ? ([...inputs][0] ?? []) : [];
  const signature = signatures?.size === 1 && label !== undefined ? signatures.get(label) : undefined;
  if (input === undefined || signature === undefined) return undefined;
  if (!isInnerList(input) || isInnerList(signature) || signature.parameters.size > 0) return undefined;
  const { value: bytes } = signature;
  const covered = coveredComponents(input);
  const parameters = readParameters(input.parameters);
  if (!(bytes instanceof Buffer) || bytes.length !== 32 || covered === undefined) return undefined;
  return parameters && { ...parameters, input, covered, bytes };
}

/** The parameters that are registered for signatures, all but `tag` with a meaning here. */
const types = new Map([
  ['created', 'number'],
  ['expires', 'number'],
  ['nonce', 'string'],
  ['alg', 'string'],
  ['keyid', 'string'],
  ['tag', 'string'],
]);

/** RFC 9421 §2.3; parameters that nobody has registered could mean anything, so they are refused. */
function readParameters(
  parameters: Parameters,
): Pick<Signature, 'keyId' | 'nonce' | 'created' | 'expires'> | undefined {
  for (const [name, value] of parameters) if (typeof value !== types.get(name)) return undefined;
  const { created, expires, nonce, keyid, alg } = Object.fromEntries(parameters);
  if (typeof keyid !== 'string' || typeof nonce !== 'string' || typeof created !== 'number') return undefined;
  if (nonce.length < 8 || nonce.length > 256 || (alg ?? 'hmac-sha256') !== 'hmac-sha256') return undefined;
  return { keyId: keyid, nonce, created, expires: typeof expires === 'number' ? expires : undefined };
}
