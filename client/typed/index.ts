export type { ExportedCatalog } from '../../lib/exported/form.ts';
export type { FaultCode, Issue } from '../../lib/fault.ts';
export type { Planned, Settled, TypedClient } from './caller.ts';
export { createClient } from './create-client.ts';
export { ClientError, isError, TransportError, type TransportReason } from './error.ts';
export type { CallOptions, ClientOptions, ClientProtocol, Retries } from './options.ts';
