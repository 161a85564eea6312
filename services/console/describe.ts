import { t } from '../../lib/builders.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import type { Json } from '../../lib/descriptor.ts';
import { exportCatalog } from '../../lib/exported/export.ts';
import { Fault, type FaultCode, faultCodes } from '../../lib/fault.ts';
import { operationName } from '../../lib/operation-name.ts';
import { numberOf } from '../../protocols/jsonrpc/fault.ts';
import { statusOf } from '../../protocols/rest/fault.ts';
import { faultClasses } from '../../protocols/soap/fault.ts';
import { faultNumber } from '../../protocols/xmlrpc/fault.ts';
import { protocolsOf, titleOf } from './functions.ts';
import type { ConsoleHouse } from './house.ts';

/** `console.describe`: all that a page shows of a function. */
export function describeFunction(house: ConsoleHouse) {
  return define('console.describe', {
    description: 'Describes a function that you may call: its types, errors, examples, and where it answers.',
    effect: 'read',
    access: { user: 'optional' },
    params: { name: t.string({ max: 100 }) },
    returns: t.json(),
    handler: ({ name }, call) => {
      const site = house.site();
      const fn = site.catalog.find(name);
      // as in lists: who knows the name of an unlisted one may call it, and is told nothing of it
      const known =
        fn !== undefined && !fn.internal && ((fn.listed && call.mayCall(name)) || call.can('admin:settings'));
      if (!known) throw new Fault('unknown-function', 'There is no such function', { gate: 'function' });
      call.functions(); // refuses where lists are for known callers only
      const services = call.can('admin:services') ? house.admin?.custody.store.services.list() : undefined;
      return services === undefined
        ? description(fn, house)
        : services.then((list) => ({
            ...description(fn, house),
            services: list.filter((one) => site.service(one.id)?.has(fn)).map((one) => one.name),
          }));
    },
  });
}

function description(fn: AnyFunction, house: ConsoleHouse): Record<string, Json> {
  const site = house.site();
  const { deprecated, quota, helpUrls, access, idempotent } = fn;
  return {
    // the function in the form from which a page makes its descriptors again
    catalog: exportCatalog([fn]) as unknown as Json,
    title: titleOf(fn),
    description: fn.description,
    on: site.functionIsOn(fn),
    protocols: [...protocolsOf(fn, site, house)],
    idempotent,
    errors: errorsOf(fn),
    capabilities: [...(access.capabilities ?? [])],
    quota: { weight: quota?.weight ?? 1 },
    deadline: fn.deadline ?? site.settings.limits.deadline,
    body: fn.body ?? site.settings.limits.body,
    ...(deprecated === undefined ? {} : { deprecated: { ...deprecated } }),
    helpUrls: [...helpUrls],
    addresses: addressesOf(fn, house),
  };
}

/** Codes that nobody is told: the one of functions that are off is for the log. */
const silent: readonly FaultCode[] = ['function-off'];

function errorsOf(fn: AnyFunction): readonly Json[] {
  const declared = Object.entries(fn.errors).map(([code, { number, status = 400, message }]) => {
    const fault = new Fault(code as FaultCode, message ?? '', { declared: { number, status } });
    return {
      ...codesOf(fault),
      declared: true,
      number,
      ...(message === undefined ? {} : { message }),
    };
  });
  const standard = faultCodes.filter((code) => !silent.includes(code) && !Object.hasOwn(fn.errors, code));
  return [...declared, ...standard.map((code) => ({ ...codesOf(new Fault(code, '')), declared: false }))];
}

/** What a fault is in each protocol. */
function codesOf(fault: Fault) {
  const [soap11, soap12] = faultClasses(fault);
  return {
    code: fault.code,
    rest: statusOf(fault),
    jsonrpc: numberOf(fault),
    xmlrpc: faultNumber(fault),
    soap11,
    soap12,
  };
}

/** Where the function answers, and under which name. */
function addressesOf({ name }: AnyFunction, { protocols, site }: ConsoleHouse): readonly Json[] {
  const { protocolIsOn } = site();
  return protocols.map((protocol) => {
    const path = protocol.routes[0]?.path ?? '/';
    const soap = protocol.name === 'soap';
    return {
      protocol: protocol.name,
      on: protocolIsOn(protocol.name),
      path: protocol.name === 'rest' ? `${path}${name}` : path,
      operation: soap ? operationName(name) : name,
      ...(soap ? { wsdl: `${path}?wsdl` } : {}),
    };
  });
}
