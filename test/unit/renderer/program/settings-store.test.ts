import { expect, test } from 'vitest';
import type { Client } from '../../../../renderer/program/client.ts';
import type { Settings, SettingsState } from '../../../../renderer/program/received.ts';
import { followSettings } from '../../../../renderer/program/settings-store.ts';

const kept = {
  settings: { theme: 'light', shopName: 'Old', singleKeys: true },
  trouble: null,
} as unknown as SettingsState;
const withSettings = (change: Partial<Settings>): SettingsState => ({
  ...kept,
  settings: { ...kept.settings, ...change },
});

/** A program that tells what it is told to tell, and answers a change when it is told to. */
function program() {
  const answers: PromiseWithResolvers<SettingsState>[] = [];
  const listeners: ((state: SettingsState) => void)[] = [];
  const client = {
    settings: {
      follow: {
        subscribe: (_input: undefined, { onData }: { onData: (state: SettingsState) => void }) => {
          listeners.push(onData);
        },
      },
      change: {
        mutate: () => {
          const answer = Promise.withResolvers<SettingsState>();
          answers.push(answer);
          return answer.promise;
        },
      },
    },
  } as unknown as Client;
  const tell = (state: SettingsState): void => {
    for (const listener of listeners) listener(state);
  };
  return { store: followSettings(client), answers, tell };
}

test('a change that was not kept takes back only itself, not what was changed meanwhile', async () => {
  const { store, answers, tell } = program();
  tell(kept);
  store.change({ theme: 'dark' });
  store.change({ shopName: 'New' });
  expect(store.get().state).toEqual(withSettings({ theme: 'dark', shopName: 'New' }));
  // Another window's change.
  tell(withSettings({ theme: 'dark', shopName: 'New', singleKeys: false }));
  answers[0]?.reject(new Error('The disk is full.'));
  await expect.poll(() => store.get().problem).not.toBeNull();
  expect(store.get().state).toEqual(withSettings({ theme: 'light', shopName: 'New', singleKeys: false }));
});
