import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** User and system time of a process and its descendants, in the kernel's ticks: only ratios are ever reported. */
export function cpuTicks(root: number): number {
  return sum(treeOf(root).map((pid) => statOf(pid)?.ticks ?? 0));
}

/** The peak resident memory of a process and its descendants, in megabytes of 1,000,000 bytes. */
export function peakMegabytes(root: number): number {
  return sum(treeOf(root).map(peakOf)) / 1e6;
}

/** Waits until a process tree has stopped working: a slow one still serves the backlog of clients that have gone. */
export async function waitForIdle(root: number, patience = 60_000): Promise<void> {
  const end = Date.now() + patience;
  for (let before = -1, quiet = 0; quiet < 3 && Date.now() < end; ) {
    const now = cpuTicks(root);
    quiet = now === before ? quiet + 1 : 0;
    before = now;
    await sleep(30);
  }
}

interface Stat {
  readonly parent: number;
  readonly ticks: number;
}

function treeOf(root: number): readonly number[] {
  const parents = new Map(processes().map((pid) => [pid, statOf(pid)?.parent] as const));
  const tree = [root];
  for (const member of tree) {
    for (const [pid, parent] of parents) if (parent === member) tree.push(pid);
  }
  return tree;
}

const processes = (): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

/** Fields 4 (ppid) and 14 to 17 (own time, time of ended children) of proc(5) stat; the name may hold spaces. */
function statOf(pid: number): Stat | undefined {
  const text = readProc(pid, 'stat');
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { parent: Number(fields[1]), ticks: sum(fields.slice(11, 15).map(Number)) };
}

function peakOf(pid: number): number {
  const kibibytes = /^VmHWM:\s*(\d+) kB/m.exec(readProc(pid, 'status') ?? '')?.[1];
  return Number(kibibytes ?? 0) * 1024;
}

/** A process may end at any moment, and then has no file. */
function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
