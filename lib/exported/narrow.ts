import type { ExportedCatalog, ExportedFields, ExportedFunction, ExportedType } from './form.ts';

/** The catalog of those functions alone that are named, with the types that they need. */
export function narrowed(catalog: ExportedCatalog, names: readonly string[]): ExportedCatalog {
  const wanted = new Set(names);
  const functions = catalog.functions.filter(({ name }) => wanted.has(name));
  const needed = new Set<string>();
  const need = (type: ExportedType | undefined): void => {
    if (type === undefined) return;
    need(type.item);
    if (type.fields !== undefined) needAll(type.fields);
    else if (type.name !== undefined && !needed.has(type.name)) {
      needed.add(type.name);
      needAll(catalog.types[type.name]);
    }
  };
  const needAll = (fields: ExportedFields = {}): void => Object.values(fields).forEach(need);
  for (const fn of functions) typesOf(fn).forEach(need);
  const types = Object.entries(catalog.types).filter(([name]) => needed.has(name));
  return { ...catalog, types: Object.fromEntries(types), functions };
}

function typesOf({ params = {}, returns, errors = {} }: ExportedFunction): readonly (ExportedType | undefined)[] {
  return [...Object.values(params), returns, ...Object.values(errors).map(({ data }) => data)];
}
