import { ask } from '../../../door/wire.ts';
import type { Place, Row, Steps } from '../row.ts';
import { cameOf, onServer, plainOf, requestOf, send, titleOf } from '../send.ts';

const oasis = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity';

/** A Security header block that has expired so many milliseconds ago. */
function expired(ms: number): string {
  const at = new Date(Date.now() - ms).toISOString();
  return (
    `<s:Header><o:Security xmlns:o="${oasis}-secext-1.0.xsd"><u:Timestamp xmlns:u="${oasis}-utility-1.0.xsd">` +
    `<u:Expires>${at}</u:Expires></u:Timestamp></o:Security></s:Header>`
  );
}

/** Milliseconds that a call may be on its way here. */
const leeway = 3_000;

function expiry(over: 'soap11' | 'soap12'): Steps<Place> {
  const call = (port: number, ms: number) =>
    send(port, over, 'limit.text', 'x', (request) => ({
      ...request,
      body: String(request.body).replace('<s:Body>', `${expired(ms)}$&`),
    }));
  return {
    over: titleOf[over],
    at: ({ port }) => call(port, 300_000 - leeway),
    beyond: ({ port }) => call(port, 300_000 + 100),
  };
}

/** A list of references to one text: an `m` of 16 × 65,536 characters is as much as a body may have. */
function referring(times: number) {
  const request = requestOf('encoded', 'limit.texts', '<item href="#m"/>'.repeat(times));
  const target = `<m id="m">${'x'.repeat(65_536 - '<m></m>'.length)}</m>`;
  return plainOf({ ...request, body: String(request.body).replace('</s:Body>', `${target}$&`) });
}

/** What limits are on SOAP alone. */
export const soapRows: readonly Row[] = [
  onServer({
    limit: 'Seconds since a message has expired by its own word (WS-Security)',
    value: { fixed: '300' },
    code: 'invalid-request',
    cells: [expiry('soap11'), expiry('soap12')],
  }),
  onServer({
    limit: 'Characters to which references expand a message',
    value: { fixed: 'as `limits.body`' },
    code: 'too-large',
    cells: [
      {
        over: titleOf.encoded,
        at: async ({ port }) => cameOf('encoded', await ask(port, referring(16))),
        beyond: async ({ port }) => cameOf('encoded', await ask(port, referring(17))),
      },
    ],
  }),
];
