import Koa from 'koa';
import { createServer, define, t } from 'polywire';

const greet = define('site.greet', {
  description: 'Greets a visitor of the site.',
  effect: 'read',
  params: { name: t.string({ min: 1 }) },
  returns: t.string(),
  handler: ({ name }) => `Welcome, ${name}!`,
});

const polywire = await createServer({
  functions: [greet],
  settings: {
    enablewebservices: true,
    enabledwsprotocols: ['rest', 'jsonrpc', 'xmlrpc', 'soap'],
    enabledwsfunctions: ['site.*'],
  },
});

const app = new Koa();
app.use(polywire.koa()); // answers /rest/…, /jsonrpc, /xmlrpc and /soap, and passes everything else on
app.use((context) => {
  context.body = 'The rest of the site.\n';
});

const listener = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`The site is at http://127.0.0.1:${listener.address().port}`);
});

process.once('SIGTERM', () => {
  listener.close();
  polywire.close();
});
