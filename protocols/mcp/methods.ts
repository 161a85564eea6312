import type { Issue } from '../../lib/fault.ts';
import { Fault } from '../../lib/fault.ts';
import { readNamed } from '../../lib/json/arguments.ts';
import { isJsonObject } from '../../lib/json/object.ts';
import type { ParsedJson } from '../../lib/json/parse.ts';
import type { Call, WireRequest } from '../../lib/protocol.ts';
import type { Site } from '../../lib/site.ts';
import { type Incoming, type JsonObject, memberOf } from './incoming.ts';
import type { McpMember } from './index.ts';
import { toolboxOf } from './toolbox.ts';

/** What a message stands in. */
export interface Asked {
  readonly parsed: ParsedJson;
  readonly request: WireRequest;
  readonly site: Site;
  readonly stateless: boolean;
  readonly inBatch: boolean;
}

/** What a method comes to. */
interface Read {
  readonly call: Call | Fault;
  readonly kind: McpMember['kind'];
}

/** A call of a function with arguments out of the message. */
function callOf(name: string, raw: JsonObject, { parsed, request }: Asked): Call {
  return {
    name,
    spelling: 'operation',
    size: request.body.length,
    read: (fn, issues) => readNamed(fn, raw as Record<string, unknown>, parsed, issues),
  };
}

/** A call of what MCP has of its own; the names of catalogs have no slash. */
export function ownCall(name: `mcp/${string}`, asked: Asked, raw: JsonObject): Call {
  return callOf(name, raw, asked);
}

function method(name: `mcp/${string}`, asked: Asked, raw: JsonObject = {}): Read {
  return { call: ownCall(name, asked, raw), kind: 'method' };
}

/** What a request asks for: tools, and what its revision has beside them. */
export function callOfMethod({ method: name, params }: Incoming, asked: Asked): Read {
  switch (name) {
    case 'tools/call':
      return toolCall(params, asked);
    case 'tools/list':
      return toolsList(params, asked);
    case 'server/discover':
      if (asked.stateless) return method('mcp/server/discover', asked);
      break;
    case 'initialize':
      if (!asked.stateless) return method('mcp/initialize', asked, picked(params, 'protocolVersion'));
      break;
    case 'ping':
      if (!asked.stateless) return method('mcp/ping', asked);
      break;
  }
  return { call: new Fault('unknown-function', 'There is no such method', { gate: 'function' }), kind: 'method' };
}

function picked(params: JsonObject, name: string): JsonObject {
  const value = memberOf(params, name);
  return value === undefined ? {} : { [name]: value };
}

function toolsList(params: JsonObject, asked: Asked): Read {
  const { stateless, site } = asked;
  const { tools: most, page } = site.settings.mcp;
  const raw = { ...picked(params, 'cursor'), most, page, toolbox: toolboxOf(site), stateless };
  return method('mcp/tools/list', asked, raw);
}

function wrong(issues: readonly Issue[]): Fault {
  return new Fault('invalid-params', 'The parameters do not fit', { issues });
}

/** The arguments of a tool, which may be left out. */
function argumentsOf(object: JsonObject): JsonObject | Fault {
  const raw = memberOf(object, 'arguments') ?? {};
  return isJsonObject(raw) ? raw : wrong([{ path: 'arguments', code: 'type', message: 'must be an object' }]);
}

function nameOf(object: JsonObject): string | Fault {
  const name = memberOf(object, 'name');
  return typeof name === 'string' ? name : wrong([{ path: 'name', code: 'type', message: 'must be text' }]);
}

function toolCall(params: JsonObject, asked: Asked): Read {
  const name = nameOf(params);
  if (name instanceof Fault) return { call: name, kind: 'method' };
  const raw = argumentsOf(params);
  if (raw instanceof Fault) return { call: raw, kind: 'tool' };
  const { search, describe, call } = toolboxOf(asked.site);
  if (name === search) return { call: ownCall('mcp/search', asked, raw), kind: 'inner' };
  if (name === describe) return { call: ownCall('mcp/describe', asked, raw), kind: 'inner' };
  if (name !== call) return { call: functionCall(name, raw, asked), kind: 'tool' };
  const inner = nameOf(raw);
  const innerRaw = argumentsOf(raw);
  if (inner instanceof Fault) return { call: inner, kind: 'inner' };
  return { call: innerRaw instanceof Fault ? innerRaw : functionCall(inner, innerRaw, asked), kind: 'inner' };
}

/** A call of a function of the catalog, as its tool or its own name has it. */
function functionCall(name: string, raw: JsonObject, asked: Asked): Call | Fault {
  if (name.includes('/')) return new Fault('unknown-function', 'There is no such function', { gate: 'function' });
  const fn = asked.site.catalog.find(name, 'operation');
  if (asked.inBatch && fn?.name.startsWith('auth.') === true) {
    return new Fault('forbidden', 'Functions auth.* are not called in a batch', { gate: 'batch' });
  }
  return callOf(name, raw, asked);
}
