import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { repositoryFile } from './repository.ts';
import { settingsDocument } from './settings-document.ts';

describe('docs/settings.md', () => {
  it('is what the settings descriptor says (WRITE_DOCS=1 writes it anew)', () => {
    const file = repositoryFile('docs/settings.md');
    if (process.env['WRITE_DOCS'] === '1') writeFileSync(file, settingsDocument());
    expect(readFileSync(file, 'utf8')).to.equal(settingsDocument());
  });
});
