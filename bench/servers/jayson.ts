import jayson from 'jayson';
import { createdUsers, type NewUser, userRecords } from '../data.ts';
import { announce } from './announce.ts';

type Answer = (error: null, result: unknown) => void;

const records = userRecords();

const methods = {
  'bench.echo': ({ text }: { readonly text: string }, answer: Answer) => answer(null, text),
  'bench.create_users': ({ users }: { readonly users: readonly NewUser[] }, answer: Answer) =>
    answer(null, createdUsers(users)),
  'bench.get_users': (_: unknown, answer: Answer) => answer(null, records),
};

const server = new jayson.Server(methods).http();
server.listen(0, '127.0.0.1', () => announce(server.address()));
