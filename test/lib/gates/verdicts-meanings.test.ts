import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { meaningOf, meanings } from '../../../lib/gates/verdicts-meanings.ts';
import { root } from '../repository.ts';

/** Functions that take the name of a gate first, as `forbidden('capability')`. */
const makers = /(?:function\s+(\w+)\s*\(|const\s+(\w+)\s*=\s*\(\s*)(?:\s*)gate: string/g;
const named = /\bgate:\s*['"`]([^'"`]+)/g;
const made = /\bgateOf\s*=[^;]*?[`'"]([a-z-]+):\$\{/g;

/** Every gate that a source names, without what is put in at run time. */
function gatesIn(source: string): readonly string[] {
  const gates = [...source.matchAll(named), ...source.matchAll(made)].map(([, gate = '']) => gate);
  for (const [, first, second] of source.matchAll(makers)) {
    const calls = new RegExp(`\\b${first ?? second}\\(\\s*['"\`]([^'"\`]+)`, 'g');
    gates.push(...[...source.matchAll(calls)].map(([, gate = '']) => gate));
  }
  return gates.map((gate) => gate.split(/:|\$\{/)[0] ?? '');
}

describe('lib/gates/verdicts-meanings', () => {
  const files = readdirSync(join(root, 'lib'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const found = new Map<string, string>();
  for (const file of files) {
    for (const gate of gatesIn(readFileSync(join(root, 'lib', file), 'utf8'))) found.set(gate, file);
  }

  it('sees the gates of the sources, however they are named', () => {
    expect([...found.keys()]).include.members([
      'site', // refuse('site', …)
      'capability', // forbidden('capability')
      'deadline', // gate: 'deadline'
      'authenticator', // gate: `authenticator:${…}`
      'service-user', // refused('service-user')
      'validity', // invalid('validity')
    ]);
  });

  it('has a meaning for every gate of lib', () => {
    for (const [gate, file] of found) expect(meanings, `lib/${file}`).have.property(gate);
  });

  it('says something of every outcome', () => {
    expect(meaningOf('ok', undefined)).equal('The call was carried out.');
    expect(meaningOf('forbidden', 'capability')).equal(meanings['capability']);
    expect(meaningOf('invalid-credentials', 'authenticator:token')).equal(meanings['authenticator']);
    expect(meaningOf('rate-limited', 'quota:key')).equal(meanings['quota']);
    expect(meaningOf('invalid-params', undefined)).include('invalid-params');
    expect(meaningOf('forbidden', 'one of their own')).include('one of their own');
  });
});
