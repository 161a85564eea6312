import { newUser } from './new-user.ts';
import type { Verb } from './noun.ts';

type Params = Readonly<Record<string, unknown>>;

/** What can be done with which noun: the names of the commands, and the functions that carry them out. */
export const nouns = {
  key: {
    create: { function: 'admin.create_key' },
    list: {
      function: 'admin.list_keys',
      columns: ['id', 'name', 'owner', 'valid_until', 'last_used', 'revoked', 'functions'],
    },
    show: { function: 'admin.show_key' },
    set: { function: 'admin.update_key' },
    rotate: { function: 'admin.rotate_key' },
    revoke: { function: 'admin.revoke_key', done: 'The key {id} is revoked.' },
  },
  token: {
    create: { function: 'admin.create_token', fill: { name: () => 'cli' } },
    list: {
      function: 'admin.list_tokens',
      columns: ['id', 'user', 'name', 'service', 'valid_until', 'last_used', 'revoked'],
    },
    show: { function: 'admin.show_token' },
    set: { function: 'admin.update_token' },
    revoke: { function: 'admin.revoke_token', done: 'The token {id} is revoked.' },
  },
  user: {
    create: { function: 'admin.create_user', fill: { name: ({ username }: Params) => username }, around: newUser },
    list: {
      function: 'admin.list_users',
      columns: ['username', 'name', 'state', 'has_password', 'valid_from', 'valid_until'],
    },
    show: { function: 'admin.show_user' },
    set: { function: 'admin.update_user' },
    password: { function: 'admin.set_password', done: 'The password of {username} is changed.' },
    remove: { function: 'admin.remove_user', done: 'The user {username} is removed.' },
    'create-app-password': { function: 'admin.create_app_password' },
    'list-app-passwords': { function: 'admin.list_app_passwords' },
    'revoke-app-password': { function: 'admin.revoke_app_password', done: 'The application password {id} is revoked.' },
  },
  role: {
    create: { function: 'admin.create_role' },
    list: { function: 'admin.list_roles', columns: ['name', 'capabilities', 'description'] },
    show: { function: 'admin.show_role' },
    set: { function: 'admin.update_role' },
    remove: { function: 'admin.remove_role', done: 'The role {name} is removed.' },
    assign: { function: 'admin.assign_role', done: '{user} has the role {role} in {context}.' },
    unassign: { function: 'admin.unassign_role', done: '{user} no longer has the role {role} in {context}.' },
  },
  service: {
    create: { function: 'admin.create_service' },
    list: {
      function: 'admin.list_services',
      columns: ['name', 'enabled', 'restricted', 'capability', 'functions', 'description'],
    },
    show: { function: 'admin.show_service' },
    set: { function: 'admin.update_service' },
    remove: { function: 'admin.remove_service', done: 'The service {name} is removed.' },
    'add-user': { function: 'admin.add_service_user', done: '{user} may use {service}.' },
    'remove-user': { function: 'admin.remove_service_user', done: '{user} is no longer listed in {service}.' },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Verb>>>>;

/** Commands of one word. */
export const reports = {
  audit: {
    function: 'admin.audit',
    columns: ['time', 'function', 'protocol', 'client', 'user', 'address', 'code', 'request_id'],
  },
  events: { function: 'admin.events', columns: ['time', 'kind', 'actor', 'subject', 'address', 'request_id'] },
} as const satisfies Readonly<Record<string, Verb>>;
