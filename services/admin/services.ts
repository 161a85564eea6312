import { t } from '../../lib/builders.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import type { ServiceRecord } from '../../lib/store/records.ts';
import { held, shown } from './form.ts';
import { type AdminHouse, changed, check, conflict, guarded } from './house.ts';
import { addressRanges, checkLimits, functionPatterns, noteFunctions, validityParams } from './limits.ts';
import { capability, plainName, same, serviceNamed, userNamed, usernames } from './names.ts';

const right = 'admin:services';
const description = t.string({ max: 1_000 });
const restricted = t.boolean({ description: 'Whether only its listed users may use it.' });
const functions = t.describe(functionPatterns, 'Names of its functions, or globs such as users.*');
const named = { name: t.string({ max: 100 }) };

const AdminService = t.object('AdminService', {
  id: t.int(),
  name: t.string(),
  description,
  enabled: t.boolean(),
  restricted,
  capability: t.optional(t.string({ description: 'What its users need to be able to do.' })),
  functions,
});

const AdminServiceUsers = t.object('AdminServiceUsers', {
  service: AdminService,
  users: t.list(t.object('AdminServiceUser', { user: t.string(), addresses: addressRanges, ...validityParams })),
});

function createService(house: AdminHouse) {
  return define('admin.create_service', {
    description: 'Adds a service: a named set of functions, to which tokens may belong.',
    effect: 'write',
    ...guarded(right),
    params: {
      name: plainName,
      description: t.default(description, ''),
      enabled: t.default(t.boolean(), true),
      restricted: t.default(restricted, false),
      capability: t.optional(capability),
      functions,
    },
    returns: AdminService,
    handler: async (params, call) => {
      const { services } = house.custody.store;
      check((issues) => noteFunctions(params.functions, 'functions', issues));
      if ((await services.list()).some(({ name }) => same(name, params.name))) {
        throw conflict(`There is a service ${params.name} already`);
      }
      const service = await services.create({ ...params, users: [] });
      await changed(house, call, 'service-created', service.name);
      return shown(AdminService, service);
    },
  });
}

function listServices(house: AdminHouse) {
  return define('admin.list_services', {
    description: 'Lists all services.',
    effect: 'read',
    ...guarded(right),
    returns: t.list(AdminService),
    handler: async () => (await house.custody.store.services.list()).map((service) => shown(AdminService, service)),
  });
}

function showService(house: AdminHouse) {
  return define('admin.show_service', {
    description: 'Shows a service and its listed users.',
    effect: 'read',
    ...guarded(right),
    params: named,
    returns: AdminServiceUsers,
    handler: async ({ name }) => {
      const service = await serviceNamed(house, name, 'name');
      const names = await usernames(house);
      const users = service.users.map(({ userId, addresses, validFrom, validUntil }) => ({
        user: names.get(userId) ?? '',
        addresses,
        valid_from: moment(validFrom),
        valid_until: moment(validUntil),
      }));
      return { service: shown(AdminService, service), users };
    },
  });
}

function moment(time: number | undefined): Date | undefined {
  return time === undefined ? undefined : new Date(time);
}

function updateService(house: AdminHouse) {
  return define('admin.update_service', {
    description: 'Changes what is given of a service; null takes its capability away.',
    effect: 'write',
    ...guarded(right),
    params: {
      ...named,
      description: t.optional(description),
      enabled: t.optional(t.boolean()),
      restricted: t.optional(restricted),
      capability: t.optional(t.nullable(capability)),
      functions: t.optional(functions),
    },
    returns: AdminService,
    handler: async ({ name, ...rest }, call) => {
      check((issues) => noteFunctions(rest.functions ?? [], 'functions', issues));
      const service = await serviceNamed(house, name, 'name');
      const change = held(rest);
      await house.custody.store.services.update(service.id, change);
      await changed(house, call, 'service-changed', service.name);
      return shown(AdminService, { ...service, ...change } as ServiceRecord);
    },
  });
}

function removeService(house: AdminHouse) {
  return define('admin.remove_service', {
    description: 'Removes a service with its tokens.',
    effect: 'write',
    ...guarded(right),
    params: named,
    handler: async ({ name }, call) => {
      const service = await serviceNamed(house, name, 'name');
      await house.custody.store.services.remove(service.id);
      await changed(house, call, 'service-removed', service.name);
    },
  });
}

const place = { service: t.string({ max: 100 }), user: t.string({ max: 100, description: 'The name to log in by.' }) };

function addServiceUser(house: AdminHouse) {
  return define('admin.add_service_user', {
    description: 'Lets a user use a restricted service, or changes when and from where.',
    effect: 'write',
    ...guarded(right),
    params: { ...place, addresses: t.default(addressRanges, []), ...validityParams },
    handler: async ({ service: name, user: who, ...rest }, call) => {
      const limits = held(rest);
      checkLimits(limits, house);
      const service = await serviceNamed(house, name);
      const user = await userNamed(house, who);
      await house.custody.store.services.putUser(service.id, { userId: user.id, ...limits });
      await changed(house, call, 'service-user-added', `${service.name} ${user.username}`);
    },
  });
}

function removeServiceUser(house: AdminHouse) {
  return define('admin.remove_service_user', {
    description: 'Takes a user off the list of a restricted service.',
    effect: 'write',
    ...guarded(right),
    params: place,
    returns: t.boolean({ description: 'Whether the user was on it.' }),
    handler: async ({ service: name, user: who }, call) => {
      const service = await serviceNamed(house, name);
      const user = await userNamed(house, who);
      const had = await house.custody.store.services.removeUser(service.id, user.id);
      if (had) await changed(house, call, 'service-user-removed', `${service.name} ${user.username}`);
      return had;
    },
  });
}

/** Functions about services and who may use them. */
export function serviceFunctions(house: AdminHouse): readonly AnyFunction[] {
  return [
    createService,
    listServices,
    showService,
    updateService,
    removeService,
    addServiceUser,
    removeServiceUser,
  ].map((make) => make(house) as AnyFunction);
}
