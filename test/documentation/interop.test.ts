import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { interopDocument } from './interop-document.ts';
import { repositoryFile } from './repository.ts';

describe('docs/interop.md', () => {
  it('is what the cases say (WRITE_DOCS=1 writes it anew)', () => {
    const file = repositoryFile('docs/interop.md');
    if (process.env['WRITE_DOCS'] === '1') writeFileSync(file, interopDocument());
    expect(readFileSync(file, 'utf8')).to.equal(interopDocument());
  });
});
