import { expect } from 'chai';
import { Fault } from '../../../lib/fault.ts';
import { shareState } from '../../../lib/store/shared.ts';
import type { Store } from '../../../lib/store/store.ts';
import { overDatabases } from '../../lib/store/databases.ts';
import { within } from '../../processes/patience.ts';

/** A store whose settings cannot be read once, when that is asked for: it went away between two statements. */
function failing(store: Store): {
  readonly store: Store;
  readonly failOnce: () => void;
  readonly failed: () => boolean;
} {
  let due = false;
  let failed = false;
  const read: Store['settings']['read'] = async () => {
    if (!due) return store.settings.read();
    due = false;
    failed = true;
    throw new Fault('unavailable', 'The store is not available at the moment');
  };
  return {
    store: { ...store, settings: { ...store.settings, read } },
    failOnce: () => {
      due = true;
    },
    failed: () => failed,
  };
}

overDatabases('a store that goes away for a moment, while a change is read', (opened) => {
  it('does not leave a process with what was before the change', async () => {
    const { store, another } = opened();
    const other = await another();
    const { store: own, failOnce, failed } = failing(store);
    const shared = await shareState(own);
    failOnce();
    await other.settings.update((held) => ({ ...held, enablewebservices: true }));
    await within(3_000, 'the change is known', async () => shared.current().settings.enablewebservices);
    expect(failed()).equal(true);
    expect(shared.healthy()).equal(true);
    shared.close();
  });

  it('does not leave a process unready that read for a change of its own', async () => {
    const { store } = opened();
    const { store: own, failOnce } = failing(store);
    const shared = await shareState(own);
    failOnce();
    expect(await shared.refresh().catch(({ code }) => code)).equal('unavailable');
    expect(shared.healthy()).equal(false);
    await within(3_000, 'it is ready', async () => shared.healthy());
    shared.close();
  });
});
