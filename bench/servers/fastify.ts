import { fastify } from 'fastify';
import { createdUsers, echoText, type NewUser, newUsers, type UserRecord, userRecords } from '../data.ts';
import { announce } from './announce.ts';

type Schema = Readonly<Record<string, unknown>>;

const objectOf = (properties: Readonly<Record<string, Schema>>): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

const listOf = (items: Schema): Schema => ({ type: 'array', items });

/** The JSON Schema of a sample value: every field is required, the first item of a list stands for all. */
function schemaOf(sample: unknown): Schema {
  if (Array.isArray(sample)) return listOf(schemaOf(sample[0]));
  if (typeof sample !== 'object' || sample === null) return { type: typeof sample };
  const fields = Object.entries(sample).map(([name, value]) => [name, fieldSchema(name, value)] as const);
  return objectOf(Object.fromEntries(fields));
}

const INTEGERS = new Set(['id', 'mailformat', 'lastaccess']);
const fieldSchema = (name: string, value: unknown): Schema =>
  INTEGERS.has(name) ? { type: 'integer' } : schemaOf(value);

const records: readonly UserRecord[] = userRecords();
const app = fastify({ bodyLimit: 64 * 1_048_576 });

app.post<{ Body: { readonly text: string } }>(
  '/rest/bench.echo',
  { schema: { body: schemaOf({ text: echoText() }), response: { 200: { type: 'string' } } } },
  (request, reply) => reply.header('Content-Type', 'application/json; charset=utf-8').send(jsonText(request.body.text)),
);

app.post<{ Body: { readonly users: readonly NewUser[] } }>(
  '/rest/bench.create_users',
  {
    schema: { body: schemaOf({ users: newUsers() }), response: { 200: schemaOf(createdUsers(newUsers())) } },
  },
  (request, reply) => reply.send(createdUsers(request.body.users)),
);

app.post(
  '/rest/bench.get_users',
  { schema: { body: objectOf({}), response: { 200: schemaOf(records) } } },
  (_, reply) => reply.send(records),
);

/** Fastify sends a string as it is, so a JSON string is written by the handler. */
function jsonText(text: string): string {
  return JSON.stringify(text);
}

await app.listen({ port: 0, host: '127.0.0.1' });
announce(app.server.address());
