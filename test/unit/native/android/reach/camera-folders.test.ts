import { describe, expect, test } from 'vitest';
import {
  cameraFolderOf,
  mediaPaths,
  placePath,
  whyLeftOut,
} from '../../../../../native/android/reach/camera-folders.ts';

describe("the phone's storage", () => {
  test.each(['/sdcard', '/storage/emulated/0', '/storage/self/primary', '/mnt/sdcard'])(
    'is the same under the name %s',
    (name) => {
      expect(placePath(`${name}/DCIM/Camera/IMG_1.jpg`)).toEqual({
        volume: '/sdcard',
        card: null,
        segments: ['DCIM', 'Camera', 'IMG_1.jpg'],
      });
    },
  );

  test('is apart from a memory card, which has a name', () => {
    expect(placePath('/storage/1A2B-3C4D/DCIM/IMG_1.jpg')).toEqual({
      volume: '/storage/1A2B-3C4D',
      card: '1A2B-3C4D',
      segments: ['DCIM', 'IMG_1.jpg'],
    });
  });

  test.each([
    '/data/data/com.example/files/x.jpg',
    '/storage/emulated/10/DCIM/x.jpg',
    '/storage/emulated',
    '/storage/self',
    '/sdcard/DCIM/../../data/x.jpg',
    '/sdcard/DCIM/./x.jpg',
    '/sdcard/DCIM/a\0b.jpg',
    '/sdcardx/DCIM/x.jpg',
    'DCIM/x.jpg',
    '',
  ])('does not hold %j', (path) => {
    expect(placePath(path)).toBeNull();
  });
});

describe('a camera folder', () => {
  test.each([
    ['/sdcard/DCIM/Camera/x.jpg', '/sdcard/DCIM'],
    ['/storage/1A2B-3C4D/dcim/100CANON/x.jpg', '/storage/1A2B-3C4D/dcim'],
    ['/sdcard/Pictures/Camera/x.jpg', '/sdcard/Pictures/Camera'],
    ['/sdcard/Pictures/Screenshots/x.jpg', null],
    ['/sdcard/DCIM', null],
  ])('of %s is %s', (path, folder) => {
    const placed = placePath(path);
    expect(placed === null ? null : cameraFolderOf(placed)).toBe(folder);
  });

  test('holds things that are no photos of its owner', () => {
    expect(['.nomedia', '.thumbnails', '.trashed-1764-a.jpg', '.pending-1764-b.jpg'].map(whyLeftOut)).not.toContain(
      null,
    );
    expect(['IMG_1.jpg', '.hidden.jpg', 'trashed-1.jpg', 'VID.mp4', 'RAW.dng'].map(whyLeftOut)).toEqual(
      Array.from({ length: 5 }, () => null),
    );
  });
});

// The form of Android 14.
test('the media index names paths, whatever is in them', () => {
  const text = [
    'Row: 0 _size=3456789, date_added=1714830000, _data=/storage/emulated/0/DCIM/Camera/IMG_1.jpg',
    'Row: 1 _size=NULL, date_added=1714830000, _data=/storage/emulated/0/DCIM/a, _data=b.jpg\r',
    'Row: 2 _size=1, date_added=1, _data=/storage/emulated/0/DCIM/line',
    'break.jpg',
    'Error while accessing provider:media',
  ].join('\n');
  expect(mediaPaths(text)).toEqual([
    '/storage/emulated/0/DCIM/Camera/IMG_1.jpg',
    '/storage/emulated/0/DCIM/a, _data=b.jpg',
    '/storage/emulated/0/DCIM/line',
  ]);
  expect(mediaPaths('No result found.\n')).toEqual([]);
});
