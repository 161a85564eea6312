import { t } from '../../lib/builders.ts';
import { type Descriptor, type Infer, type Json, unwrap } from '../../lib/descriptor.ts';
import { hasDefault, type KnownSetting, knownSettings } from '../known-settings.ts';

/** A setting and what it does. */
export const AdminSetting = t.object('AdminSetting', {
  name: t.string({ description: 'Its name as limits/body.' }),
  description: t.string(),
  kind: t.enum(['boolean', 'int', 'string', 'enum', 'strings', 'json'], { description: 'The form of its value.' }),
  choices: t.optional(t.list(t.string(), { description: 'The values that it can have.' })),
  default: t.optional(t.json({ description: 'Absent where it has none.' })),
  together: t.boolean({ description: 'Whether its group is changed as a whole only.' }),
});

/** Every setting, as callers are told of it. */
export const describedSettings = knownSettings.map(described);

function described({ path, description, descriptor, fallback }: KnownSetting): Infer<typeof AdminSetting> {
  const { core } = unwrap(descriptor);
  const [group = '', member] = path;
  return {
    name: path.join('/'),
    description,
    kind: kindOf(core),
    ...(core.kind === 'enum' ? { choices: [...core.values] } : {}),
    ...(fallback === undefined ? {} : { default: JSON.parse(JSON.stringify(fallback)) as Json }),
    together: member !== undefined && !hasDefault(group),
  };
}

function kindOf(core: Descriptor): Infer<typeof AdminSetting>['kind'] {
  if (core.kind === 'list') return core.item.kind === 'string' ? 'strings' : 'json';
  return core.kind === 'boolean' || core.kind === 'int' || core.kind === 'string' || core.kind === 'enum'
    ? core.kind
    : 'json';
}
