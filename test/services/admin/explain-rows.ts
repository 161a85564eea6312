import type { PartialSettings } from '../../../lib/settings.ts';

/** A call, as it is really made and as it is asked about. */
export interface Asked {
  readonly function?: string;
  readonly protocol?: string;
  readonly from?: string;
  readonly https?: boolean;
  readonly host?: string;
  readonly origin?: string;
  readonly method?: string;
  readonly service?: string;
  /** Names of credentials that the test has made. */
  readonly key?: string;
  readonly token?: string;
}

/** What is meant where a row does not say. */
export const usual = {
  function: 'open.read',
  protocol: 'rest',
  from: '10.0.0.7',
  https: true,
  host: 'api.test',
} as const;
/** Settings by which the usual call passes. */
export const settings: PartialSettings = {
  enablewebservices: true,
  enabledwsprotocols: ['rest', 'jsonrpc', 'soap'],
  enabledwsfunctions: ['open.*', 'closed.*'],
  allowedHosts: ['api.test'],
  trustedProxies: ['127.0.0.1'],
};
/** Times that have been, and that will not come soon. */
export const past = new Date('2026-01-01');
export const future = new Date('2126-01-01');

/** What is supposed, what is set for it, and the gate that must refuse; undefined where none does. */
type Row = readonly [asked: Asked, gate: string | undefined, change?: PartialSettings];

export const rows: readonly Row[] = [
  [{}, undefined],
  [{}, 'site', { enablewebservices: false }],
  [{}, 'protocol', { enabledwsprotocols: ['soap'] }],
  [{}, 'site', { enablewebservices: false, enabledwsprotocols: [], allowedHosts: [], addresses: ['10.9.9.9'] }],
  [{ host: 'evil.test' }, 'host'],
  [{ host: 'API.test:8080' }, undefined],
  [{ origin: 'https://evil.test' }, 'origin'],
  [{ origin: 'https://api.test' }, undefined],
  [{ origin: 'https://page.test' }, undefined, { corsOrigins: ['https://page.test'] }],
  [{ https: false }, 'https'],
  [{ https: false }, undefined, { httpsRequired: false }],
  [{}, 'address', { addresses: ['10.0.0.8', '192.168.0.0/16'] }],
  [{}, undefined, { addresses: ['10.0.0.0/8'] }],
  [{ protocol: 'jsonrpc', method: 'GET' }, 'method'],
  [{ method: 'GET' }, undefined],
  [{ function: 'open.write', method: 'GET' }, 'effect'],
  [{ function: 'open.write' }, undefined],
  [{ function: 'open.none' }, 'function'],
  [{ function: 'open.hidden' }, 'internal'],
  [{}, 'function-off', { enabledwsfunctions: ['closed.*'] }],
  [{ function: 'closed.client' }, 'identify'],
  [{ function: 'closed.user' }, 'identify'],
  [{ function: 'closed.user', key: 'good' }, 'identify'],
  [{ function: 'closed.client', key: 'good' }, undefined],
  [{ key: 'revoked' }, 'authenticator:key'],
  [{ key: 'early' }, 'validity'],
  [{ key: 'late' }, 'validity'],
  [{ key: 'elsewhere' }, 'credential-address'],
  [{ key: 'soap only' }, 'credential-protocol'],
  [{ key: 'soap only', function: 'closed.user' }, 'identify'],
  [{ key: 'other functions' }, 'credential-function'],
  [{ key: 'revoked', function: 'open.none' }, 'authenticator:key'],
  [{ function: 'closed.user', token: 'ana' }, undefined],
  [{ function: 'closed.capable', token: 'ana' }, undefined],
  [{ function: 'closed.capable', token: 'ben' }, 'capability'],
  [{ function: 'closed.user', token: 'cleo' }, 'webservice'],
  [{ function: 'closed.user', token: 'ben', protocol: 'jsonrpc' }, 'webservice'],
  [{ function: 'closed.unlisted', token: 'ana' }, undefined],
  [{ function: 'closed.unlisted', token: 'cleo' }, 'webservice'],
  [{ function: 'closed.unlisted', key: 'soap only', token: 'ana' }, 'credential-protocol'],
  [{ token: 'revoked' }, 'authenticator:token'],
  [{ token: 'late' }, 'validity'],
  [{ token: 'suspended user' }, 'authenticator:token'],
  [{ token: 'ended user' }, 'authenticator:token'],
  [{ token: 'placed user' }, 'credential-address'],
  [{ token: 'placed user', from: '192.0.2.1' }, undefined],
  [{ token: 'ana', key: 'good' }, undefined],
  [{ token: 'ana', key: 'revoked' }, 'authenticator:key'],
  [{ token: 'in mobile', function: 'open.read' }, undefined],
  [{ token: 'in mobile', function: 'open.write' }, 'service'],
  [{ token: 'in inner', function: 'open.read' }, 'service-user'],
  [{ token: 'in paid', function: 'open.read' }, 'service-capability'],
  [{ token: 'in closed', function: 'open.read' }, 'service'],
  [{ protocol: 'soap', service: 'mobile' }, undefined],
  [{ protocol: 'soap', service: 'mobile', function: 'open.write' }, 'service'],
  [{ protocol: 'soap', service: 'none' }, 'service'],
  [{ protocol: 'soap', service: 'inner' }, 'service'],
  [{ key: 'good' }, undefined, { authenticators: [{ name: 'token', importance: 'sufficient' }] }],
  [{ key: 'good', function: 'closed.client' }, 'identify', { authenticators: [] }],
  [{ token: 'ana' }, 'authenticator', { authenticators: [{ name: 'key', importance: 'sufficient' }] }],
  [{}, 'authenticator:key', { authenticators: [{ name: 'key', importance: 'required' }] }],
  [{ key: 'good' }, undefined, { authenticators: [{ name: 'key', importance: 'required' }] }],
];

/** Where the call goes to, and what it carries. */
export function wire(asked: Asked): { readonly path: string; readonly body: string } {
  const { function: name, protocol, service }: Asked = { ...usual, ...asked };
  if (protocol === 'rest') return { path: `/rest/${name}`, body: '{}' };
  if (protocol === 'jsonrpc')
    return { path: '/jsonrpc', body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: name }) };
  const call = `<p:${name} xmlns:p="urn:polywire"/>`;
  return {
    path: service === undefined ? '/soap' : `/soap/${service}`,
    body: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${call}</s:Body></s:Envelope>`,
  };
}
