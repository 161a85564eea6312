import { shellWord } from './quote.ts';
import { credentialHeader, type Sample } from './sample.ts';

/** The request by curl, for a POSIX shell. */
export function curlCode({ request, credential }: Sample): string {
  const { method, url, headers, body } = request;
  const known = credentialHeader(credential);
  const lines = [
    `curl ${shellWord(url.href)}`,
    ...(method === 'POST' ? [] : [`-X ${method}`]),
    ...Object.entries(headers).map(([name, value]) => `-H ${shellWord(`${name}: ${value}`)}`),
    ...(known === undefined ? [] : [`-H "${known.name}: ${known.prefix}$${known.variable}"`]),
    `--data-raw ${shellWord(body)}`,
  ];
  return lines.join(' \\\n  ');
}
