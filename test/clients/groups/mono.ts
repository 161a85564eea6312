import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientRun, ForeignClient, Place } from '../client.ts';
import { must } from '../command.ts';
import { generate } from './generator.ts';

/** What distinguishes the runs: the document, and what the tools are told. */
interface Style {
  readonly title: string;
  /** `wsdl=1.2`: which of our documents. */
  readonly query: string;
  /** The name of the protocol for Mono's wsdl. */
  readonly protocol: 'Soap' | 'Soap12';
  readonly encoded?: true;
}

const styles: readonly Style[] = [
  { title: 'SOAP 1.1 document/literal', query: 'wsdl', protocol: 'Soap' },
  { title: 'SOAP 1.2 document/literal', query: 'wsdl=1.2', protocol: 'Soap12' },
  { title: 'SOAP 1.1 rpc/encoded', query: 'wsdl=encoded', protocol: 'Soap', encoded: true },
];

const programs = ['Client.cs', 'Report.cs', 'Security.cs'];
const programOf = ({ build }: Place, { query }: Style): string => join(build, `${query}.exe`.replace('=', '-'));

/** As the developer of a client would: by hand, since a WSDL does not tell of WS-Security. */
function addSecurityHeader(proxy: string): void {
  const method = /^ *public string edges_who\(/m;
  const text = readFileSync(proxy, 'utf8');
  if (!method.test(text)) throw new Error('wsdl made no method edges_who');
  const attribute = '[System.Web.Services.Protocols.SoapHeaderAttribute("Security")]';
  writeFileSync(proxy, text.replace(method, `        ${attribute}\n$&`));
}

/** Makes the proxy from the WSDL, and compiles it with the programs. */
async function compile(place: Place, style: Style): Promise<void> {
  const program = programOf(place, style);
  const proxy = `${program}.cs`;
  const document = `${place.url}/soap?${style.query}`;
  const options = ['-nologo', `-protocol:${style.protocol}`, '-namespace:Polywire', `-out:${proxy}`];
  // It warns of every document that is rpc/encoded: the WS-I Basic Profile has no such thing.
  const allowed = style.encoded ? { allowed: /^There were some warnings while generating the code/ } : {};
  await generate(['wsdl', ...options, document], { cwd: place.build, ...allowed });
  addSecurityHeader(proxy);
  const sources = programs.map((name) => join(place.source, name));
  const define = style.encoded ? ['-define:ENCODED'] : [];
  await must([
    'mcs',
    '-nologo',
    '-warnaserror',
    ...define,
    '-r:System.Web.Services',
    `-out:${program}`,
    proxy,
    ...sources,
  ]);
}

const runOf = (style: Style): ClientRun => ({
  title: style.title,
  protocol: 'soap',
  prepare: (place) => compile(place, style),
  command: (place) => ['mono', programOf(place, style), place.url],
});

/** .NET as it was when services were ASMX: a proxy from `wsdl`, compiled by Mono. */
export const mono: ForeignClient = {
  name: '.NET ASMX (Mono wsdl)',
  folder: 'mono',
  debian: ['mono-devel'],
  runs: styles.map(runOf),
};
