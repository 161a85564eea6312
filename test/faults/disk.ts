import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';

/** A small disk of its own, which Linux gives to root only. */
export class Disk {
  readonly folder = mkdtempSync(join(tmpdir(), 'polywire-disk-'));
  readonly file = join(this.folder, 'polywire.db');
  readonly #filler = join(this.folder, 'filler');

  mount(): void {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', this.folder], { stdio: 'pipe' });
  }

  /** Leaves not one page. */
  fill(): void {
    for (const size of [65_536, 4_096, 1]) {
      try {
        for (;;) appendFileSync(this.#filler, Buffer.alloc(size));
      } catch (reason) {
        expect(reason).include({ code: 'ENOSPC' });
      }
    }
  }

  free(): void {
    rmSync(this.#filler);
  }

  protect(): void {
    execFileSync('mount', ['-o', 'remount,ro', this.folder], { stdio: 'pipe' });
  }

  remove(): void {
    execFileSync('umount', [this.folder], { stdio: 'pipe' });
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Why there can be no disk; undefined where there can. */
export function obstacle(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root can mount a small disk';
  const disk = new Disk();
  try {
    disk.mount();
    disk.remove();
    return undefined;
  } catch (reason) {
    rmSync(disk.folder, { recursive: true, force: true });
    return `no small disk can be mounted here: ${String(reason).split('\n')[0]}`;
  }
}
