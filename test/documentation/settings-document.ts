import { type Descriptor, type ObjectDescriptor, unwrap } from '../../lib/descriptor.ts';
import { settingsType } from '../../lib/settings.ts';

/** docs/settings.md, out of the descriptor by which settings are read. */
export function settingsDocument(): string {
  const rows = rowsOf(settingsType as ObjectDescriptor, '');
  return `# Settings

Settings are kept in the database: \`polywire.db\` in the working folder, or what \`--database\` or \`DATABASE_URL\` names. A
\`polywire.settings.json\` in the working folder is taken over into a fresh database, once. \`--settings FILE\` keeps them in
a file instead, switches only; a program gives them as \`settings\` of \`createServer\`. What is left out has its default. A
wrong or misspelt setting is refused by name. A running server sees a change within two seconds; if what is kept has become
wrong meanwhile, the settings before it stay in force and the log says so.

| setting | kind | default | what it does |
|---|---|---|---|
${rows.join('\n')}

\`enabledwsfunctions\` takes names and globs in which \`*\` stands for any characters; a glob never matches \`admin.*\` or
\`auth.*\`: each of those is named. \`allowedHosts\` are hosts, with a port for that port only; loopback names are served on
loopback connections without being listed. Exceeding a limit is a clear fault, never a cut or reshaped input.
`;
}

function rowsOf(type: ObjectDescriptor, prefix: string): string[] {
  return Object.entries(type.fields).flatMap(([name, field]) => {
    const { core, fallback } = unwrap(field);
    if (core.kind === 'object') return rowsOf(core, `${prefix}${name}.`);
    const value = fallback === undefined ? '' : `\`${JSON.stringify(fallback.value)}\``;
    return [`| \`${prefix}${name}\` | ${kindOf(core)} | ${value} | ${descriptionOf(field)} |`];
  });
}

function kindOf(core: Descriptor): string {
  return core.kind === 'list' ? `list of ${core.item.kind}` : core.kind;
}

function descriptionOf(field: Descriptor): string {
  return field.description ?? unwrap(field).core.description ?? '';
}
