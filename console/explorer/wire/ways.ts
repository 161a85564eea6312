import type { Description } from '../described.ts';
import { protocolTitle } from '../words.ts';

/** One way to call a function: a protocol in one of its forms, or the console itself. */
export interface Way {
  /** As in the address of the page. */
  readonly name: string;
  readonly title: string;
  /** The path of the server that it is sent to. */
  readonly path: string;
  /** What the function is called there. */
  readonly operation: string;
  /** Where the WSDL is. */
  readonly wsdl?: string;
}

const order = ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'mcp'];

/** Every way to call a function now; what administers the site can be called by the console while all else is off. */
export function waysOf({
  catalog,
  addresses,
  protocols,
}: Pick<Description, 'catalog' | 'addresses' | 'protocols'>): readonly Way[] {
  const name = catalog.functions[0]?.name ?? '';
  const open = addresses.filter(({ protocol }) => protocols.includes(protocol) && order.includes(protocol));
  open.sort((a, b) => order.indexOf(a.protocol) - order.indexOf(b.protocol));
  const ways = open.flatMap(({ protocol, path, operation, wsdl }): Way[] => {
    const title = protocolTitle(protocol);
    if (protocol !== 'soap') return [{ name: protocol, title, path, operation }];
    const common = { path, operation, ...(wsdl === undefined ? {} : { wsdl }) };
    return [
      { name: 'soap', title: 'SOAP 1.1', ...common },
      { name: 'soap12', title: 'SOAP 1.2', ...common },
    ];
  });
  if (ways.length > 0 || !/^(?:admin|auth)\./.test(name)) return ways;
  return [{ name: 'console', title: 'This console', path: '/console/call', operation: name }];
}
