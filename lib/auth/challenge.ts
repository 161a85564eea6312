import type { Settings } from '../settings.ts';

const challenges = new WeakMap<Settings, string>();

/** What a 401 says of the ways to prove who calls (RFC 9110 §11.6.1); Basic only where the site takes it. */
export function challenge(settings: Settings): string {
  let text = challenges.get(settings);
  if (text === undefined) {
    const basic = settings.authenticators.some(({ name }) => name === 'basic');
    text = `Bearer realm="polywire"${basic ? ', Basic realm="polywire", charset="UTF-8"' : ''}`;
    challenges.set(settings, text);
  }
  return text;
}
