/** What a person who signs in or sets up is told, by the code of the error. */
interface Refused {
  readonly code: string;
  readonly message: string;
  readonly retryAfter?: number;
}

function wait(seconds: number | undefined): string {
  if (seconds === undefined || seconds <= 0) return 'Wait a little and try again.';
  if (seconds === 1) return 'Try again in a second.';
  return seconds < 120 ? `Try again in ${seconds} seconds.` : `Try again in ${Math.ceil(seconds / 60)} minutes.`;
}

/** Why signing in did not work, in plain words. */
export function signInText({ code, message, retryAfter }: Refused): string {
  switch (code) {
    case 'invalid-credentials':
      return 'The user name or the password is not right, or this user may not sign in.';
    case 'rate-limited':
      return `There were too many attempts. ${wait(retryAfter)}`;
    case 'unavailable':
      return `Too many people are signing in at once. ${wait(retryAfter)}`;
    case 'unreachable':
      return 'The server does not answer. Is it running?';
    case 'unknown-function':
      return 'Nobody can sign in here: this site has no database.';
    case 'not-kept':
      return 'This browser has not kept the session: its cookies are off, or it is Safari, which keeps none over plain HTTP. Use Chromium or Firefox, or open the console over HTTPS.';
    default:
      return message;
  }
}

/** Why the administrator could not be made, in plain words. */
export function setupText(refused: Refused): string {
  const { code, message } = refused;
  if (code === 'invalid-credentials')
    return 'This link is good no more: it was used, is older than an hour, or the server has printed a newer one. Start the server again for a new link.';
  if (code === 'conflict') return `${message}. Sign in, or choose another name.`;
  if (code === 'not-kept') return `The administrator is made. ${signInText(refused)}`;
  return signInText(refused);
}

/** Where a person goes after signing in: the page that asked for it, if it is one of the console's. */
export function placeAfter(asked: string | null): string {
  return asked !== null && /^\/console\/(?!sign-in|setup)/.test(asked) ? asked : '/console/';
}
