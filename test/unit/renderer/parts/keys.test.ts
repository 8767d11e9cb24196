import { expect, test } from 'vitest';
import { isSingleKey } from '../../../../renderer/parts/keys.ts';

test.each(['s', 'S', '7', '/', '?', 'shift+a'])('%s is a single key', (key) => {
  expect(isSingleKey(key)).toBe(true);
});

test.each(['Escape', 'mod+Enter', 'mod+k', 'ArrowDown', 'alt+s', 'ctrl+shift+a', 'Enter'])('%s is none', (key) => {
  expect(isSingleKey(key)).toBe(false);
});
