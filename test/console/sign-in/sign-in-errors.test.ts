import { expect } from 'chai';
import { placeAfter, setupText, signInText } from '../../../console/sign-in/sign-in-errors.ts';

const refused = (code: string, retryAfter?: number) => ({
  code,
  message: 'As the server says',
  ...(retryAfter === undefined ? {} : { retryAfter }),
});

describe('console: signing in', () => {
  it('says in plain words why it did not work', () => {
    expect(signInText(refused('invalid-credentials'))).to.match(/user name or the password/);
    expect(signInText(refused('rate-limited', 30))).to.equal('There were too many attempts. Try again in 30 seconds.');
    expect(signInText(refused('rate-limited', 121))).to.match(/in 3 minutes/);
    expect(signInText(refused('rate-limited'))).to.match(/Wait a little/);
    expect(signInText(refused('internal'))).to.equal('As the server says');
    expect(setupText(refused('invalid-credentials'))).to.match(/good no more/);
    expect(signInText(refused('not-kept'))).to.match(/^This browser has not kept the session/);
    expect(setupText(refused('not-kept'))).to.match(/^The administrator is made\. This browser has not kept/);
    expect(setupText(refused('rate-limited', 1))).to.match(/in a second/);
  });

  it('goes on only to pages of the console', () => {
    expect(placeAfter('/console/administration/keys?find=a')).to.equal('/console/administration/keys?find=a');
    for (const asked of [
      null,
      '',
      '//evil.example/',
      'https://evil.example/console/',
      '/rest/x',
      '/console/sign-in?to=x',
      '/console/setup',
    ]) {
      expect(placeAfter(asked), String(asked)).to.equal('/console/');
    }
  });
});
