export { type Authenticator, defineAuthenticator, type Presented, type Proof } from './lib/auth/authenticator.ts';
export { t } from './lib/builders.ts';
export { CatalogError } from './lib/catalog.ts';
export {
  type Access,
  type AnyFunction,
  type CallContext,
  type Client,
  type DeclaredError,
  define,
  type FunctionDescriptor,
  type ListedFunction,
  type User,
} from './lib/define.ts';
export type { Descriptor, Fields, Infer, Json, Kind, Shape } from './lib/descriptor.ts';
export { Fault, type FaultCode, faultCodes, type Issue } from './lib/fault.ts';
export type { LogTarget } from './lib/log.ts';
export type { Family, Sample, Snapshot } from './lib/observe/families.ts';
export type { Peers } from './lib/observe/observer.ts';
export type { TraceHeaders } from './lib/observe/trace-context.ts';
export type { ListenOptions, Server } from './lib/server.ts';
export type { Limits, PartialSettings, Settings, SettingsStore } from './lib/settings.ts';
export { createServer, type ServerOptions } from './services/site.ts';
