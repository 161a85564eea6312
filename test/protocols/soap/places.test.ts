import { expect } from 'chai';
import { t } from '../../../lib/builders.ts';
import { define } from '../../../lib/define.ts';
import { answer, message11, messageEncoded, post, siteOf } from './messages.ts';

const User = t.object('User', { id: t.int(), email: t.string(), tags: t.optional(t.map(t.int())) });
const save = define('save', {
  description: 'Saves users.',
  effect: 'write',
  params: { users: t.list(User) },
  handler: () => undefined,
});
const site = siteOf([save], { limits: { list: 3, xmlDepth: 9 } });

function literal(users: string): string {
  const body = `<p:save xmlns:p="urn:polywire"><users>${users}</users></p:save>`;
  return answer(site, post(message11(body))).fault?.message ?? '';
}

function encoded(users: string, after = ''): string {
  return answer(site, post(messageEncoded(`<p:save>${users}</p:save>${after}`))).fault?.message ?? '';
}

const good = '<item><id>1</id><email>a</email></item>';

describe('soap: where a message breaks', () => {
  it('is told of elements where text belongs, and of text where elements belong', () => {
    expect(literal(`${good}<item><id>1</id><email><b>a</b></email></item>`)).match(
      /^The element b is not allowed in the text of email at line 1, column \d+, in users\/1$/,
    );
    expect(literal(`<item>x${good}</item>`)).match(
      /^Text is not allowed between the elements of item at line 1, column \d+, in users\/0$/,
    );
  });

  it('is told of what is too much', () => {
    expect(literal(good.repeat(4))).equal('There are more than 3 entries, in users');
    expect(literal(`${good}<item><id><a><a><a/></a></a></id></item>`)).match(/^The element a .*, in users\/1\/id$/);
    const entries = [1, 2, 3, 4].map((n) => `<entry><key>${n}</key><value>${n}</value></entry>`).join('');
    expect(literal(`<item><id>1</id><email>a</email><tags>${entries}</tags></item>`)).equal(
      'There are more than 3 entries, in users/0/tags',
    );
  });

  it('is told of references', () => {
    expect(encoded('<users><item href="#none"/></users>')).equal(
      'The reference #none leads to nothing in the message, in users/0',
    );
    expect(encoded('<users><item href="#m"/></users>', '<m id="m" href="#m"/>')).equal(
      'References in the message form a loop, in users/0',
    );
  });

  it('is not told of what is outside of the parameters, or not XML', () => {
    expect(answer(site, post(message11('<p:save xmlns:p="urn:polywire"><users/></p:save><x/>'))).fault?.message).equal(
      'The Body holds more than one element',
    );
    expect(literal('<item><id>1</ID></item>')).match(
      /^The end tag does not match the element id at line 1, column \d+$/,
    );
  });
});
