import type { PartialSettings } from '../../../index.ts';
import { beginWatch, endWatch, settledMemory } from './watch.ts';
import type { Ask, Known, Told } from './words.ts';

/** What a site does when it is asked, besides reporting. */
interface Doing {
  readonly change: (settings: PartialSettings) => Promise<unknown>;
  readonly restore: () => Promise<unknown>;
  readonly close: () => Promise<unknown>;
}

async function obey(ask: Ask, doing: Doing): Promise<Told['value']> {
  switch (ask.ask) {
    case 'begin':
      return beginWatch();
    case 'end':
      return endWatch();
    case 'memory':
      return settledMemory();
    case 'settings':
      await doing.change(ask.settings);
      return undefined;
    case 'restore':
      await doing.restore();
      return undefined;
    case 'close':
      await doing.close();
      return undefined;
  }
}

/** Tells what callers know, then answers whatever the tests ask, until they say to close or go away. */
export function listenToTests(known: Known, doing: Doing): void {
  const orphaned = (): void => process.exit(1);
  process.once('disconnect', orphaned);
  const say = (told: Told, done?: () => void): void => void process.send?.(told, undefined, undefined, done);
  process.on('message', (ask: Ask) => {
    void obey(ask, doing).then((value) => {
      if (ask.ask === 'close') process.off('disconnect', orphaned);
      say({ id: ask.id, value }, ask.ask === 'close' ? () => process.disconnect() : undefined);
    });
  });
  say({ id: 0, value: known });
}
