import { join } from 'node:path';
import type { ClientRun, ForeignClient, Place } from '../client.ts';
import { axis, cxf, generate, installCxf, type JavaTool, javac, jaxwsRi, quick, sourcesIn } from './java-tools.ts';

interface Program {
  readonly tool: JavaTool;
  /** What the run needs beside what all Java programs share; each a folder below `java/`. */
  readonly folders: readonly string[];
  readonly main: string;
  /** What the program is given: the document, or the endpoint. */
  readonly argument: string;
}

/** A run: stubs generated from our WSDL, compiled together with the program, in one JVM. */
function run(title: string, query: string, program: Program): ClientRun {
  const { tool, folders, main, argument } = program;
  const made = (place: Pick<Place, 'build'>) => join(place.build, `${tool.name}-${query.replace(/\W/g, '')}`);
  return {
    title,
    protocol: 'soap',
    prepare: async (place) => {
      const { files } = await generate(tool, `${place.url}/soap?${query}`, made(place), place);
      const own = ['.', ...folders].flatMap((folder) => sourcesIn(join(place.source, folder)));
      await javac(tool, [...own, ...files], join(made(place), 'classes'), place);
    },
    command: (place) => {
      const resources = folders.map((folder) => join(place.source, folder));
      const classes = [join(made(place), 'classes'), ...resources, tool.classPath(place)].join(':');
      return ['java', ...quick, ...tool.jvm, '-cp', classes, main, `${place.url}${argument}`];
    },
  };
}

const jaxws = (tool: JavaTool, title: string, query: string): ClientRun =>
  run(title, query, { tool, folders: ['jaxws', tool.name], main: 'Jaxws', argument: `/soap?${query}` });

const ofAxis = (title: string, query: string, style: string): ClientRun =>
  run(title, query, { tool: axis, folders: ['axis', `axis/${style}`], main: 'Axis', argument: '/soap' });

const jdk = ['openjdk-17-jdk-headless'];

/** Java's SOAP clients: Apache CXF, JAX-WS RI, Axis 1.4. */
export const javaClients: readonly ForeignClient[] = [
  {
    name: 'Java Apache CXF',
    folder: 'java',
    debian: [...jdk, 'maven'],
    install: installCxf,
    runs: [jaxws(cxf, 'SOAP 1.1 document/literal', 'wsdl'), jaxws(cxf, 'SOAP 1.2 document/literal', 'wsdl=1.2')],
  },
  {
    name: 'Java JAX-WS RI',
    folder: 'java',
    debian: [...jdk, 'jaxws', 'libjaxws-java'],
    runs: [
      jaxws(jaxwsRi, 'SOAP 1.1 document/literal', 'wsdl'),
      jaxws(jaxwsRi, 'SOAP 1.2 document/literal', 'wsdl=1.2'),
    ],
  },
  {
    name: 'Java Apache Axis 1.4',
    folder: 'java',
    debian: [...jdk, 'libaxis-java'],
    runs: [
      ofAxis('SOAP 1.1 document/literal', 'wsdl', 'literal'),
      ofAxis('SOAP 1.1 rpc/encoded', 'wsdl=encoded', 'encoded'),
    ],
  },
];
