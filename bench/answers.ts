import { echoText } from './data.ts';
import { BATCH_SIZE, type Protocol, type Workload } from './workloads.ts';

/** An answer as it came over HTTP. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

type Expectation = readonly [what: string, pattern: RegExp, count: number];

const literally = (text: string): RegExp => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'g');

const EXPECTED: Readonly<Record<Workload, readonly Expectation[]>> = {
  W1: [['echoes', literally(echoText()), 1]],
  W2: [['user names', /user\d{4}\b/g, 50]],
  W3: [
    ['e-mail addresses', /user\d{4}@example\.org/g, 1000],
    ['"Tom & Co"', /Tom & Co/g, 125],
    ['"dept"', /\bdept\b/g, 1000],
    ['1700060939', /\b1700060939\b/g, 1],
  ],
  W4: [['echoes', literally(echoText()), BATCH_SIZE]],
};

/** What is wrong with an answer, or undefined: a server that answers wrongly is not measured. */
export function answerFault(protocol: Protocol, workload: Workload, answer: Answer): string | undefined {
  if (answer.status !== 200) return `status ${answer.status}: ${answer.body.slice(0, 300)}`;
  const text = isJson(protocol) ? decodeJson(answer.body) : decodeXml(answer.body);
  if (text === undefined || hasFault(protocol, answer.body)) return `a fault: ${answer.body.slice(0, 300)}`;
  for (const [what, pattern, count] of EXPECTED[workload]) {
    const found = text.match(pattern)?.length ?? 0;
    if (found !== count) return `${found} ${what} instead of ${count}: ${answer.body.slice(0, 300)}`;
  }
  return undefined;
}

const isJson = (protocol: Protocol): boolean => protocol === 'rest' || protocol === 'jsonrpc';

const hasFault = (protocol: Protocol, body: string): boolean =>
  isJson(protocol) ? /"error"\s*:/.test(body) : /<(\w+:)?fault[\s>]|faultCode/i.test(body);

/** The text with JSON's escapes resolved but for quotes and backslashes, which the data do not hold. */
function decodeJson(body: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(body));
  } catch {
    return undefined;
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decodeXml = (body: string): string =>
  body.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return ENTITIES[name ?? ''] ?? whole;
  });
