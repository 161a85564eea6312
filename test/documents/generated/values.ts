/** Values of every kind as they stand in JSON, typed so that both generators' types must take and give them. */
export const odd = 'Zoë & <Bob> ]]> \u{1F600}';

export const course = {
  name: odd,
  sections: [{ title: 'One', modules: [{ id: '9007199254740993', tags: ['a'], marks: { ana: 1, 'zoë b': -2 } }] }],
};

export const entry = { id: 1, username: odd, email: 'ana@example.org', grade: 0.25, active: true };

export const booking = { id: '9007199254740993', guest: 'Ana', paid: '12.50', left: null };

export const limited = {
  text: 'abc',
  word: 'word',
  int: -5,
  float: 0.5,
  bytes: 'AQID',
  list: ['a' as const, 'b' as const],
  map: { one: true, 'two more': false },
};

export const wrapped = {
  nullable: null,
  nullable_moment: '2026-02-28T12:34:56.789Z',
  text: 'text',
  digits: '7',
  bytes: 'AP8=',
  list: [1, null],
};
