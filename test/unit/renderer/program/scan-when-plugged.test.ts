import { expect, test } from 'vitest';
import type { PhoneListState } from '../../../../renderer/program/phone-list-store.ts';
import type { PhoneWork } from '../../../../renderer/program/phone-work.ts';
import type { ListedPhone } from '../../../../renderer/program/received.ts';
import { scanWhenPlugged } from '../../../../renderer/program/scan-when-plugged.ts';
import type { SettingsView } from '../../../../renderer/program/settings-store.ts';

const phone = (id: string, rest: Partial<ListedPhone> = {}) =>
  ({ id, state: 'ready', sample: false, ...rest }) as ListedPhone;

function started(isOn: boolean, reloaded = false) {
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  let list: PhoneListState = { list: null, problem: null, seen: new Map() };
  let on = isOn;
  const busy = new Set<string>();
  const read = new Set<string>();
  const scanned: string[] = [];
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const stop = scanWhenPlugged({
    phones: { get: () => list, subscribe },
    settings: {
      get: () => ({ state: { settings: { scanWhenPlugged: on } }, problem: null }) as SettingsView,
      subscribe,
    },
    works: {
      get: (id) =>
        ({
          activity: busy.has(id) ? { kind: 'batch', steps: [] } : null,
          report: read.has(id) ? {} : null,
        }) as unknown as PhoneWork,
      recall: () => Promise.resolve(),
      scanAll: (ids) => scanned.push(...ids),
    },
    reloaded,
  });
  return {
    scanned,
    busy,
    read,
    stop,
    show: (...phones: ListedPhone[]): void => {
      list = { ...list, list: { phones, troubles: [] } };
      tell();
    },
    switchOn: (): void => {
      on = true;
      tell();
    },
  };
}

test('a phone is scanned when it is plugged in and when it becomes readable, once each time; a sample never is', () => {
  const { show, scanned } = started(true);
  show();
  show(phone('A'), phone('S', { sample: true }), phone('B', { state: 'unauthorized' }));
  expect(scanned).toEqual(['A']);
  show(phone('A'), phone('B'));
  show(phone('A'), phone('B'));
  expect(scanned).toEqual(['A', 'B']);
  show(phone('B'));
  show(phone('A'), phone('B'));
  expect(scanned).toEqual(['A', 'B', 'A']);
});

test('nothing is scanned where it is switched off, and what is there already is not plugged in when it is switched on', () => {
  const { show, switchOn, scanned } = started(false);
  show();
  show(phone('A'));
  switchOn();
  expect(scanned).toEqual([]);
  show(phone('A'), phone('B'));
  expect(scanned).toEqual(['B']);
});

test('a phone that comes back while it is worked with, as one that restarts, is left to that work', () => {
  const { show, busy, scanned } = started(true);
  show();
  busy.add('A');
  show(phone('A'));
  expect(scanned).toEqual([]);
});

test('after the end nothing is scanned', () => {
  const { show, stop, scanned } = started(true);
  show();
  stop();
  show(phone('A'));
  expect(scanned).toEqual([]);
});

test('what is there when the window opens is scanned, but for what was scanned in this sitting', () => {
  const { show, read, scanned } = started(true);
  read.add('A');
  show(phone('A'), phone('B'));
  expect(scanned).toEqual(['B']);
});

test('a page that is loaded anew scans nothing that is there already', () => {
  const { show, scanned } = started(true, true);
  show(phone('A'), phone('B'));
  expect(scanned).toEqual([]);
  show(phone('A'), phone('B'), phone('C'));
  expect(scanned).toEqual(['C']);
});
