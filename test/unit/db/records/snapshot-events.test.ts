import { describe, expect, test } from 'vitest';
import { exampleSnapshot, exampleTicket, temporaryStore } from '../examples.ts';

describe('what is written about a snapshot later', () => {
  test('changes its label, note and ticket, and stays in its history with who and when', () => {
    let minute = 0;
    const store = temporaryStore({ now: () => new Date(Date.UTC(2026, 4, 2, 9, minute)) });
    const ticket = store.createTicket(exampleTicket()).id;
    const id = store.saveSnapshot(exampleSnapshot({ technician: 'Kim' }));
    const before = store.loadSnapshot(id);
    minute = 1;
    store.changeSnapshot(id, { note: '  cracked glass ' }, { who: 'Sam' });
    minute = 2;
    store.changeSnapshot(id, { label: 'drop-off', ticket }, { who: 'Kim' });
    store.changeSnapshot(id, { label: 'drop-off' }, { who: 'nobody' });
    const written = { label: 'drop-off', note: 'cracked glass', ticket, version: 3, technician: 'Kim' };
    expect(store.listSnapshots()).toMatchObject([written]);
    expect(store.loadSnapshot(id)).toEqual({ ...before, ...written });
    expect(store.snapshotHistory(id)).toEqual([
      { version: 2, who: 'Sam', at: '2026-05-02T09:01:00.000Z', label: 'before', note: 'cracked glass', ticket: null },
      { version: 3, who: 'Kim', at: '2026-05-02T09:02:00.000Z', label: 'drop-off', note: 'cracked glass', ticket },
    ]);
    const changed = expect.objectContaining({
      code: 'snapshot-changed',
      message:
        'Kim has written something else about this snapshot meanwhile. Nothing was overwritten: look at it as it is now, and save again.',
    });
    expect(() => store.changeSnapshot(id, { note: 'scratched' }, { who: 'Sam', seen: 2 })).toThrow(changed);
    expect(store.listSnapshots()).toMatchObject([written]);
    store.changeSnapshot(id, { note: 'cracked glass' }, { who: 'Sam', seen: 2 });
    expect(store.listSnapshots()).toMatchObject([written]);
    store.changeSnapshot(id, { label: null, note: '', ticket: null }, { who: 'Sam' });
    expect(store.listSnapshots()).toMatchObject([{ label: null, note: '', ticket: null, version: 4 }]);
  });

  test('is refused for a snapshot or a ticket that is not there, and nothing changes', () => {
    const store = temporaryStore();
    const id = store.saveSnapshot(exampleSnapshot());
    const notFound = expect.objectContaining({ code: 'not-found' });
    expect(() => store.changeSnapshot(9, { note: 'x' }, { who: 'Sam' })).toThrow(notFound);
    expect(() => store.changeSnapshot(id, { note: 'x', ticket: 9 }, { who: 'Sam' })).toThrow(notFound);
    expect(store.listSnapshots()).toMatchObject([{ note: '', version: 1 }]);
    expect(store.snapshotHistory(id)).toEqual([]);
  });
});
