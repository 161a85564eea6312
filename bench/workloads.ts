import { echoText, type NewUser, newUsers } from './data.ts';

/** The protocols that are measured, in the order of the report. */
export const PROTOCOLS = ['rest', 'jsonrpc', 'soap', 'xmlrpc'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** W1 a tiny echo, W2 fifty users in, W3 a thousand records out, W4 a hundred echoes in one message. */
export const WORKLOADS = ['W1', 'W2', 'W3', 'W4'] as const;
export type Workload = (typeof WORKLOADS)[number];

/** One POST of the benchmark, the same for our server and its peers. */
export interface BenchRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Params = Readonly<Record<string, unknown>>;

const FUNCTIONS = { W1: 'echo', W2: 'create_users', W3: 'get_users' } as const;

/** The echoes in one batch or multicall of W4. */
export const BATCH_SIZE = 100;

/** Whether the protocol can express the workload: only JSON-RPC and XML-RPC send many calls in one message. */
export const hasWorkload = (protocol: Protocol, workload: Workload): boolean =>
  workload !== 'W4' || protocol === 'jsonrpc' || protocol === 'xmlrpc';

/** The request of a workload in a protocol. */
export function requestFor(protocol: Protocol, workload: Workload): BenchRequest {
  switch (protocol) {
    case 'rest':
      return restRequest(single(protocol, workload));
    case 'jsonrpc':
      return { path: '/jsonrpc', headers: { 'Content-Type': 'application/json' }, body: jsonRpcBody(workload) };
    case 'soap':
      return soapRequest(single(protocol, workload));
    case 'xmlrpc':
      return { path: '/xmlrpc', headers: { 'Content-Type': 'text/xml; charset=utf-8' }, body: xmlRpcBody(workload) };
  }
}

function single(protocol: Protocol, workload: Workload): Exclude<Workload, 'W4'> {
  if (workload === 'W4') throw new Error(`${protocol} has no ${workload}`);
  return workload;
}

function paramsOf(workload: Exclude<Workload, 'W4'>): Params {
  if (workload === 'W1') return { text: echoText() };
  return workload === 'W2' ? { users: newUsers() } : {};
}

function restRequest(workload: Exclude<Workload, 'W4'>): BenchRequest {
  return {
    path: `/rest/bench.${FUNCTIONS[workload]}`,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(paramsOf(workload)),
  };
}

function jsonRpcBody(workload: Workload): string {
  if (workload !== 'W4') return JSON.stringify(jsonRpcCall(workload, 1));
  return JSON.stringify(Array.from({ length: BATCH_SIZE }, (_, index) => jsonRpcCall('W1', index + 1)));
}

const jsonRpcCall = (workload: Exclude<Workload, 'W4'>, id: number): object => ({
  jsonrpc: '2.0',
  id,
  method: `bench.${FUNCTIONS[workload]}`,
  params: paramsOf(workload),
});

/** SOAP 1.1, document/literal wrapped: the wrapper is qualified, its children are not. */
function soapRequest(workload: Exclude<Workload, 'W4'>): BenchRequest {
  const name = `bench_${FUNCTIONS[workload]}`;
  const content = soapFields(paramsOf(workload));
  return {
    path: '/soap',
    headers: { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: `"urn:polywire#${name}"` },
    body:
      '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>' +
      `<p:${name} xmlns:p="urn:polywire">${content}</p:${name}></s:Body></s:Envelope>`,
  };
}

export const soapFields = (fields: object): string =>
  Object.entries(fields)
    .map(([name, value]) => `<${name}>${soapValue(value)}</${name}>`)
    .join('');

function soapValue(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<item>${soapValue(item)}</item>`).join('');
  return typeof value === 'object' && value !== null ? soapFields(value) : escapeXml(String(value));
}

function xmlRpcBody(workload: Workload): string {
  if (workload === 'W1') return methodCall('bench.echo', [echoText()]);
  if (workload === 'W2') return methodCall('bench.create_users', [newUsers()]);
  if (workload === 'W3') return methodCall('bench.get_users', []);
  const call = { methodName: 'bench.echo', params: [echoText()] };
  return methodCall('system.multicall', [Array.from({ length: BATCH_SIZE }, () => call)]);
}

export function methodCall(name: string, params: readonly (string | readonly (NewUser | object)[])[]): string {
  const written = params.map((param) => `<param>${xmlRpcValue(param)}</param>`).join('');
  return `<?xml version="1.0"?><methodCall><methodName>${name}</methodName><params>${written}</params></methodCall>`;
}

function xmlRpcValue(value: unknown): string {
  if (Array.isArray(value)) return `<value><array><data>${value.map(xmlRpcValue).join('')}</data></array></value>`;
  if (typeof value === 'object' && value !== null) return `<value><struct>${members(value)}</struct></value>`;
  if (typeof value === 'number') return `<value><int>${value}</int></value>`;
  if (typeof value === 'boolean') return `<value><boolean>${value ? 1 : 0}</boolean></value>`;
  return `<value><string>${escapeXml(String(value))}</string></value>`;
}

const members = (struct: object): string =>
  Object.entries(struct)
    .map(([name, value]) => `<member><name>${name}</name>${xmlRpcValue(value)}</member>`)
    .join('');

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
