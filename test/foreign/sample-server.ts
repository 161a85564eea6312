import { createServer } from '../../index.ts';
import { sampleFunctions } from '../../services/sample/index.ts';

/** A text with what protocols like to break: accents, markup, the end of CDATA, a character beyond the BMP. */
export const oddText = 'Zoë & <Bob> ]]> 😀';

/** What test.kinds answers to it, but for moments, bytes and null, which clients have in forms of their own. */
export const oddKinds = {
  string: oddText,
  boolean: true,
  int: 42,
  int64: '9223372036854775807',
  float: 0.5,
  decimal: '0.10000000000000000001',
  date: '2026-02-28',
  enum: 'green',
  list: [oddText, ''],
  map: { one: 1, two: 2 },
  object: { x: 1, y: -1 },
  json: { any: ['thing', 1, null] },
};

/** The user that clients create, its list of custom fields still to be put into the client's form. */
export const newUser = {
  username: 'ana',
  password: 'a-long-secret',
  firstname: oddText,
  lastname: 'Silva',
  email: 'ana@example.org',
  auth: 'manual',
  idnumber: 'ID-1',
  lang: 'en',
  timezone: 'Europe/Lisbon',
  mailformat: 1,
  suspended: false,
} as const;
export const customField = { type: 'dept', value: 'D1' } as const;

/** Starts a server with the sample functions on a free port before the tests of a suite, and stops it after them. */
export function sampleServer(): () => string {
  let url = '';
  let close: () => Promise<void> = async () => {};
  before(async () => {
    const server = await createServer({
      functions: sampleFunctions,
      log: false,
      settings: {
        enablewebservices: true,
        enabledwsprotocols: ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'mcp'],
        enabledwsfunctions: ['*'],
      },
    });
    ({ url } = await server.listen({ port: 0 }));
    close = () => server.close(1_000);
  });
  after(() => close());
  return () => url;
}

interface Record {
  readonly id: unknown;
  readonly username: unknown;
  readonly firstname: unknown;
}

/** Whether these are the 1,000 records of sample.get_users, by the first, one with markup, and the last. */
export function areSampleUsers(records: readonly unknown[]): boolean {
  const users = records as readonly Record[];
  const shown = [users[0], users[5], users[999]].map((user) => `${user?.id} ${user?.username} ${user?.firstname}`);
  const expected = ['1 user0000 Ana', '6 user0005 Tom & Co', '1000 user0999 Kim'];
  return users.length === 1_000 && shown.join() === expected.join();
}
