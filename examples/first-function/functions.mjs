import { define, t } from 'polywire';

const books = [
  { id: 1n, title: 'The Left Hand of Darkness', author: 'Ursula K. Le Guin', price: '9.99', published: '1969-03-01' },
  { id: 2n, title: 'Kindred', author: 'Octavia E. Butler', price: '12.50', published: '1979-06-01' },
  { id: 3n, title: 'The Dispossessed', author: 'Ursula K. Le Guin', price: '10.00', published: '1974-05-01' },
];

const Book = t.object('Book', {
  id: t.int64(),
  title: t.string(),
  author: t.string(),
  price: t.decimal(),
  published: t.date(),
});

/** One function: SOAP with its WSDL, XML-RPC, JSON-RPC and REST all follow from this. */
export const findBooks = define('shop.find_books', {
  description: 'Finds books by their author.',
  effect: 'read',
  params: {
    author: t.string({ min: 1, description: 'The name of the author, or a part of it.' }),
    limit: t.default(t.int({ min: 1, max: 100 }), 10, { description: 'How many books to give at most.' }),
  },
  returns: t.list(Book),
  errors: {
    'author-not-found': { number: 2001, status: 404, message: 'Nobody of that name has written a book of ours' },
  },
  examples: [{ params: { author: 'Le Guin' } }],
  handler: ({ author, limit }, call) => {
    const found = books.filter((book) => book.author.includes(author));
    return found.length > 0 ? found.slice(0, limit) : call.fail('author-not-found');
  },
});
