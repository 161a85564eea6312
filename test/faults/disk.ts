import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
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

/** A small disk of its own that can break, as disks do: Linux then lets nobody write to it any more. */
export class BrittleDisk {
  readonly #place = mkdtempSync(join(tmpdir(), 'polywire-brittle-'));
  readonly folder = join(this.#place, 'disk');
  readonly file = join(this.folder, 'polywire.db');
  readonly #image = join(this.#place, 'image');

  constructor() {
    mkdirSync(this.folder);
    writeFileSync(this.#image, '');
    truncateSync(this.#image, 16 * 1_048_576);
  }

  make(): void {
    execFileSync('mkfs.ext4', ['-q', this.#image], { stdio: 'pipe' });
    this.mount();
  }

  mount(): void {
    execFileSync('mount', ['-o', 'loop,errors=remount-ro', this.#image, this.folder], { stdio: 'pipe' });
  }

  /** Has the file system, once it has all that was written, find an error: it was told to let nobody write then. */
  breakDown(): void {
    execFileSync('sync', ['-f', this.folder], { stdio: 'pipe' });
    const [device] = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .flatMap((line) => {
        const [from = '', to] = line.split(' ');
        return to === this.folder ? [from.slice('/dev/'.length)] : [];
      });
    writeFileSync(`/sys/fs/ext4/${device}/trigger_fs_error`, 'as the tests want it');
    expect(() => writeFileSync(join(this.folder, 'more'), 'x'), 'a write to the broken disk').throw(/EROFS|EIO/);
  }

  /** Puts the disk in order, as one does before it is used again. */
  repair(): void {
    this.unmount();
    const { status } = spawnSync('fsck.ext4', ['-f', '-y', this.#image], { stdio: 'pipe' });
    expect(status, 'errors were put right').below(2);
    this.mount();
  }

  unmount(): void {
    execFileSync('umount', [this.folder], { stdio: 'pipe' });
  }

  remove(): void {
    rmSync(this.#place, { recursive: true, force: true });
  }
}

/** Why there can be no disk that breaks; undefined where there can. */
export function brittleObstacle(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root can mount a disk that breaks';
  const disk = new BrittleDisk();
  try {
    disk.make();
    disk.breakDown();
    disk.unmount();
    return undefined;
  } catch (reason) {
    return `no disk that breaks can be mounted here: ${String(reason).split('\n')[0]}`;
  } finally {
    disk.remove();
  }
}
