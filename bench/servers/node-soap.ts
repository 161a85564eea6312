import { createServer } from 'node:http';
import { listen } from 'soap';
import { createdUsers, type NewUser, userRecords } from '../data.ts';
import { announce } from './announce.ts';
import { wsdl } from './node-soap-wsdl.ts';

interface CreateUsers {
  readonly users: { readonly item: readonly NewUser[] };
}

const result = {
  item: userRecords().map((record) => ({ ...record, customfields: { item: record.customfields } })),
};

const services = {
  Bench: {
    BenchPort: {
      bench_echo: ({ text }: { readonly text: string }) => ({ result: text }),
      bench_create_users: ({ users }: CreateUsers) => ({ result: { item: createdUsers(users.item) } }),
      bench_get_users: () => ({ result }),
    },
  },
};

const server = createServer((_, response) => response.writeHead(404).end());
listen(server, '/soap', services, wsdl(), () => {
  server.listen(0, '127.0.0.1', () => announce(server.address()));
});
