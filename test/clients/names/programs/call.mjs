// The call by npm's soap: call.mjs URL-OF-WSDL. Every operation must be there and be one of the document's.
import { createClientAsync } from 'soap';

const url = process.argv[2];
const client = await createClientAsync(url, { forceSoap12Headers: url.endsWith('=1.2') });
const operations = Object.values(Object.values(client.describe())[0])[0];
for (const name of Object.keys(operations)) {
  if (typeof client[name] !== 'function') throw new Error(`${name} cannot be called`);
}
const [answer] = await client.echoAsync({ class: 'a', self: 7, end: true, default: 'b' });
console.log(answer.result.$value ?? answer.result);
