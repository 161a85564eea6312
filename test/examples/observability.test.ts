import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { root } from '../lib/repository.ts';
import { Project } from '../services/cli/project.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';

/** A span as ConsoleSpanExporter prints it, as far as it is looked at. */
interface Printed {
  readonly name: string;
  readonly traceId: string;
  readonly id: string;
  readonly parent: string | undefined;
}

/** Reads what util.inspect has written. */
function spansIn(text: string): readonly Printed[] {
  return text
    .split(/^\}$/m)
    .filter((part) => /^ {2}traceId: '/m.test(part))
    .map((part) => {
      const one = (pattern: RegExp) => pattern.exec(part)?.[1];
      return {
        name: one(/^ {2}name: '(.*)',$/m) ?? '',
        traceId: one(/^ {2}traceId: '(.*)',$/m) ?? '',
        id: one(/^ {2}id: '(.*)',$/m) ?? '',
        parent: one(/^ {4}spanId: '(.*)',$/m),
      };
    });
}

describe('the example of observability', () => {
  const project = new Project();
  const asked: IncomingHttpHeaders[] = [];
  let prices: Server;

  before((done) => {
    cpSync(join(root, 'examples/observability'), project.folder, { recursive: true });
    mkdirSync(join(project.folder, 'node_modules'), { recursive: true });
    const scope = 'node_modules/@opentelemetry';
    symlinkSync(join(root, scope), join(project.folder, scope), 'junction');
    prices = createServer((request, response) => {
      asked.push(request.headers);
      response.end('9.99');
    }).listen(0, '127.0.0.1', done);
  });
  after(async () => {
    prices.close();
    await project.remove();
  });

  it('records as docs/observability.md prints it, and takes the trace on', async function () {
    if (process.platform === 'win32') this.skip(); // no signals there
    const text = readFileSync(join(root, 'docs/observability.md'), 'utf8');
    const [, options = '', words = ''] = /^NODE_OPTIONS='(.*)' npx --no polywire serve (.*)$/m.exec(text) ?? [];
    const list = `http://127.0.0.1:${(prices.address() as AddressInfo).port}/prices`;
    const serving = await project.serveWith({ NODE_OPTIONS: options, PRICE_LIST: list }, ...words.split(' '));
    const answer = await fetch(`${serving.url}/rest/shop.quote?article=lamp`, {
      headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` },
    });
    expect(await answer.json()).deep.include({ status: 'ok', result: '9.99' });
    const { status, stdout, stderr } = await serving.stop();
    expect(status, stderr).equal(0);
    const spans = spansIn(stdout);
    const call = spans.find(({ name }) => name === 'shop.quote');
    const own = spans.find(({ name }) => name === 'look up');
    expect(call, stdout).deep.include({ traceId, parent: 'b7ad6b7169203331' });
    expect(own).deep.include({ traceId, parent: call?.id });
    expect(asked.map(({ traceparent }) => traceparent)).eql([`00-${traceId}-${own?.id}-01`]);
  });
});
