import { describe, expect, test } from 'vitest';
import { cameraFiles } from '../../../../../../native/android/read/probes/camera-files.ts';
import { nomedia } from '../../../../../../native/android/read/probes/nomedia.ts';
import { photos } from '../../../../../../native/android/read/probes/photos.ts';
import { videos } from '../../../../../../native/android/read/probes/videos.ts';
import { parsed, plain, soFar, wholeAnswer } from '../parse.ts';

const read = (text: string): Record<string, unknown> => {
  const { values, unknownLines } = parsed(photos, text);
  return { ...plain(values.photos), unknownLines };
};

const row = (number: number) =>
  `Row: ${number} _size=1, date_added=1714830000, _data=/storage/emulated/0/DCIM/Camera/${number}.jpg\n`;
const rows = (...numbers: number[]) => read(numbers.map(row).join(''));

describe('the media index', () => {
  test('is asked for the user in the foreground, photos and videos apart, the path last', () => {
    expect(photos.command({ apps: [], userId: 10 })).toEqual([
      'content',
      'query',
      '--user',
      '10',
      '--uri',
      'content://media/external/images/media',
      '--projection',
      '_size:date_added:datetaken:date_modified:_data',
    ]);
    expect(videos.command({ apps: [], userId: 0 })).toContain('content://media/external/video/media');
  });

  test('counts the folders of cameras apart from all others', () => {
    const text = `Row: 0 _size=3456789, date_added=1714830000, _data=/storage/emulated/0/DCIM/Camera/IMG_1, (2).jpg
Row: 1 _size=1000, date_added=1714840000, _data=/storage/1A2B-3C4D/DCIM/100ANDRO/DSC_0001.JPG
Row: 2 _size=NULL, date_added=NULL, _data=/storage/emulated/0/DCIM/Camera/broken.jpg
Row: 3 _size=5, date_added=1714850000, _data=/storage/emulated/0/DCIM/Screenshots/Screenshot_1.png
Row: 4 _size=5, date_added=1714850000, _data=/storage/emulated/0/WhatsApp/Media/DCIM/Camera/x.jpg
`;
    expect(read(text)).toEqual({
      count: 3,
      bytes: 3_457_789,
      newest: '2024-05-04T16:26:40.000Z',
      newestBytes: 1000,
      newestChange: 'missing',
      newestPhotos: [
        { added: '2024-05-04T16:26:40.000Z', taken: '2024-05-04T16:26:40.000Z', bytes: 1000 },
        { added: '2024-05-04T13:40:00.000Z', taken: '2024-05-04T13:40:00.000Z', bytes: 3_456_789 },
      ],
      outsideCamera: 2,
      unknownLines: 0,
    });
  });

  test('of which a row is lost or there twice is not counted', () => {
    expect(rows(0, 1, 2)['count']).toBe(3);
    for (const numbers of [
      [1, 2],
      [0, 2],
      [0, 1, 0, 1],
    ])
      expect(rows(...numbers)['count']).toBe('truncated');
  });

  test('tells the newest of the camera folder one by one: when they were added and taken, and how large they are', () => {
    const at = '/storage/emulated/0/DCIM/Camera';
    const text = `Row: 0 _size=30, date_added=1714830000, datetaken=1514764800000, _data=${at}/copied.jpg
Row: 1 _size=50, date_added=1714840000, datetaken=NULL, _data=${at}/IMG_2.jpg
Row: 2 _size=70, date_added=1714850000, datetaken=1714849990500, _data=/storage/emulated/0/Pictures/x.jpg
Row: 3 _size=NULL, date_added=1714860000, datetaken=NULL, _data=${at}/pending.jpg
Row: 4 _size=90, date_added=1714850000, datetaken=1714849990500, _data=${at}/IMG_3.jpg
`;
    expect(read(text)).toMatchObject({
      newestPhotos: [
        { added: '2024-05-04T19:13:20.000Z', taken: '2024-05-04T19:13:10.500Z', bytes: 90 },
        { added: '2024-05-04T16:26:40.000Z', taken: '2024-05-04T16:26:40.000Z', bytes: 50 },
        { added: '2024-05-04T13:40:00.000Z', taken: '2018-01-01T00:00:00.000Z', bytes: 30 },
      ],
      unknownLines: 0,
    });
    const many = Array.from(
      { length: 300 },
      (_, i) => `Row: ${i} _size=${i}, date_added=${1_714_830_000 + i}, datetaken=1, _data=${at}/${i}.jpg\n`,
    );
    const { newestPhotos } = read(many.join('')) as { newestPhotos: { bytes: number }[] };
    expect(newestPhotos).toHaveLength(100);
    expect([newestPhotos[0]?.bytes, newestPhotos[99]?.bytes]).toEqual([299, 200]);
  });

  test('without rows counts none', () => {
    expect(read('No result found.\n')).toEqual({
      count: 0,
      bytes: 0,
      newest: 'missing',
      newestBytes: 'missing',
      newestChange: 'missing',
      newestPhotos: [],
      outsideCamera: 0,
      unknownLines: 0,
    });
  });

  test('counts what goes on in a second line as unknown', () => {
    const text = `Row: 0 _size=1, date_added=1714830000, _data=/storage/emulated/0/DCIM/Camera/My
photo.jpg
`;
    expect(read(text)).toMatchObject({ count: 1, unknownLines: 1 });
    // Every row broken at one width was wrapped on its way.
    const rows = `Row: 0 _size=1, date_added=1714830000, _data=/storage/emulated/0/DCIM/Camera/1.jpg\n`.repeat(3);
    expect(read(rows.replaceAll(/^(.{60})/gm, '$1\n'))).toMatchObject({ count: 'unparsed' });
  });

  test('that answers with an exception is unparsed', () => {
    expect(read('[ERROR] Unsupported argument: --user\n')).toMatchObject({
      count: 'unparsed',
      outsideCamera: 'unparsed',
    });
  });

  test('gives videos under names of their own', () => {
    const { values } = parsed(
      videos,
      'Row: 0 _size=48318221, date_added=1714830000, _data=/storage/emulated/0/DCIM/Camera/VID_1.mp4\n',
    );
    expect(plain(values.photos)).toEqual({
      videoCount: 1,
      videoBytes: 48_318_221,
      newestVideo: '2024-05-04T13:40:00.000Z',
      newestVideos: [{ added: '2024-05-04T13:40:00.000Z', taken: '2024-05-04T13:40:00.000Z', bytes: 48_318_221 }],
      newestVideoChange: 'missing',
      videosOutsideCamera: 0,
    });
  });

  test('tells the last change that it knows of in the camera folder, whenever the photo was taken', () => {
    const at = '/storage/emulated/0/DCIM/Camera';
    const rows = (
      path: string,
    ) => `Row: 0 _size=30, date_added=1714830000, datetaken=1514764800000, date_modified=1714850000, _data=${at}/1.jpg
Row: 1 _size=50, date_added=1714840000, datetaken=NULL, date_modified=1714840001, _data=${at}/2.jpg
Row: 2 _size=50, date_added=1714840000, datetaken=NULL, date_modified=NULL, _data=${at}/3.jpg
Row: 3 _size=50, date_added=1714840000, datetaken=NULL, date_modified=1714990000, _data=${path}
`;
    expect(read(rows('/storage/emulated/0/Pictures/x.jpg'))).toMatchObject({
      newestChange: '2024-05-04T19:13:20.000Z',
    });
    const { values } = parsed(videos, rows(`${at}/4.mp4`));
    expect(values.photos?.newestVideoChange).toBe('2024-05-06T10:06:40.000Z');
  });
});

const files = (text: string, exitCode: number | null = 0) =>
  plain(cameraFiles.parse(text, soFar(), { ...wholeAnswer('camera-files', text), exitCode }).values.photos);

describe('the files of the camera folder', () => {
  const at = '/storage/emulated/0/DCIM';

  test('are asked for with their last change, of the user in the foreground', () => {
    expect(cameraFiles.command({ apps: [], userId: 10 }).join(' ')).toBe(
      'find /storage/emulated/10/DCIM -type f -mtime -7 -exec stat -c %Y %n {} +',
    );
  });

  test('count where a camera puts them, and not half-written, discarded or foreign ones', () => {
    const text = `1714830000 ${at}/Camera/IMG_1.jpg
1714840000 ${at}/100ANDRO/DSC 2.HEIC
1714850000 ${at}/Camera/.pending-1714900000-IMG_3.jpg
1714850000 ${at}/Camera/.trashed-1714900000-IMG_4.jpg
1714850000 ${at}/Screenshots/5.png
1714850000 ${at}/Camera/notes.txt
`;
    expect(files(text)).toEqual({ filesLately: 2, newestFile: '2024-05-04T16:26:40.000Z' });
  });

  test('are none where the phone prints nothing and says that it ended well, and unknown elsewhere', () => {
    expect(files('')).toEqual({ filesLately: 0, newestFile: 'missing' });
    expect(files('', null)).toEqual({ filesLately: 'unparsed', newestFile: 'unparsed' });
    expect(files(`1714830000 ${at}/Camera/IMG_1.jpg\n17148`)).toEqual({
      filesLately: 'unparsed',
      newestFile: 'unparsed',
    });
    expect(files("stat: '/storage/emulated/0/DCIM/Camera/1.jpg': No such file or directory\n")).toEqual({
      filesLately: 'unparsed',
      newestFile: 'unparsed',
    });
  });
});

const folders = (text: string) => {
  const { values, unknownLines } = parsed(nomedia, text);
  return [plain(values.photos)['hiddenFolders'], unknownLines];
};

describe('.nomedia files', () => {
  test('name the folders that they hide, but for those that are hidden anyway', () => {
    const text = `/storage/emulated/0/DCIM/.thumbnails/.nomedia
/storage/emulated/0/DCIM/Camera/.nomedia
/storage/emulated/0/DCIM/Open Camera/.nomedia
`;
    expect(folders(text)).toEqual([['/storage/emulated/0/DCIM/Camera', '/storage/emulated/0/DCIM/Open Camera'], 0]);
  });

  test('that are not there hide nothing', () => {
    expect(folders('')).toEqual([[], 0]);
  });

  test('are not known where find itself fails', () => {
    expect(folders("find: unknown option '-name'\n")).toEqual(['unparsed', 1]);
  });
});
