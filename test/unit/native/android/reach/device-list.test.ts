import { expect, test } from 'vitest';
import { parseDeviceLine } from '../../../../../native/android/reach/device-list.ts';

const modelOf = (written: string) =>
  parseDeviceLine(`S1 device usb:1-1 product:p model:${written} device:d transport_id:1`)?.phone.model;

test("a model is called as the phone itself calls it: a space for adb's underscore, the hyphen in Samsung's numbers", () => {
  expect(modelOf('SM_S911B')).toBe('SM-S911B');
  expect(modelOf('Pixel_8_Pro')).toBe('Pixel 8 Pro');
  expect(modelOf('SM_art_phone')).toBe('SM art phone');
});
