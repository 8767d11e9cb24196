import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { askToNotify, notify } from '../../../../renderer/parts/notification.ts';

const shown: string[] = [];
const asked = vi.fn<() => void>();

function browser(permission: string, hidden: boolean): void {
  const notification = class {
    static permission = permission;
    static requestPermission = asked;
    constructor(words: string) {
      shown.push(words);
    }
    addEventListener(): void {}
  };
  vi.stubGlobal('Notification', notification);
  vi.stubGlobal('document', { hidden });
  onTestFinished(() => void vi.unstubAllGlobals());
}

beforeEach(() => {
  shown.length = 0;
  asked.mockReset();
});

test('a notification is shown where it is allowed and nobody sees the window', () => {
  browser('granted', true);
  notify('Pixel 8: Allow on phone');
  expect(shown).toEqual(['Pixel 8: Allow on phone']);
});

test.each([
  ['denied', true],
  ['default', true],
  ['granted', false],
])('none is shown with the permission %s and the window hidden: %s', (permission, hidden) => {
  browser(permission, hidden);
  notify('Pixel 8: Allow on phone');
  expect(shown).toEqual([]);
});

test('it is asked for once, and not again after an answer', () => {
  browser('default', false);
  askToNotify();
  expect(asked).toHaveBeenCalledTimes(1);
  browser('denied', false);
  askToNotify();
  expect(asked).toHaveBeenCalledTimes(1);
});
