/** How the two npm SOAP clients hold lists, maps and texts of JSON: both have wrappers with members, and nothing for empty ones. */

/** The members of a wrapper, which may be empty or have one only. */
export const within = (wrapper, name) => [wrapper?.[name] ?? []].flat();

export const readers = {
  json: JSON.parse,
  list: (value) => within(value, 'item'),
  map: (value) => new Map(within(value, 'entry').map(({ key, value: inner }) => [key, inner])),
  records: (value) => within(value, 'item'),
};

export const writers = {
  bytes: (value) => value.toString('base64'),
  json: JSON.stringify,
  list: (item) => ({ item }),
  map: (value) => ({ entry: [...value].map(([key, inner]) => ({ key, value: inner })) }),
  object: (course) => {
    const modules = within(course.sections, 'item').flatMap((section) => within(section.modules, 'item'));
    for (const module of modules) {
      module.tags ??= {};
      module.marks ??= {};
    }
    return course;
  },
  records: (item) => ({ item }),
};
