import { describe, expect, test } from 'vitest';
import { keptPackages } from '../../../../../../native/android/read/probes/kept-packages.ts';
import { packages } from '../../../../../../native/android/read/probes/package-list.ts';
import { DRIVE, parsed, PHOTOS, plain, soFar, wholeAnswer } from '../parse.ts';

const list = (...lines: string[]) => `${lines.join('\n')}\n`;
/** Android 8 to 16: `pm list packages -U --user 0`. */
const owner = list('package:android uid:1000', `package:${PHOTOS} uid:10204`, 'package:com.android.chrome uid:10205');

const appsOf = (text: string, so = soFar()) => {
  const { values, unknownLines } = parsed(packages, text, so);
  return { photos: plain(values.apps?.[PHOTOS]), drive: plain(values.apps?.[DRIVE]), unknownLines };
};

describe('pm list packages', () => {
  test('names the apps of the user with their uids, and proves that others are not installed', () => {
    expect(appsOf(owner)).toEqual({
      photos: { installed: true, uid: 10_204 },
      drive: { installed: false, uid: 'missing' },
      unknownLines: 0,
    });
  });

  test('is asked for the user in the foreground', () => {
    expect(packages.command({ apps: [PHOTOS], userId: 10 })).toEqual(['pm', 'list', 'packages', '-U', '--user', '10']);
  });

  test('of Android 12 and later without a user names the uids of all, of which the own one counts', () => {
    const all = list('package:android uid:1000,1001000', `package:${PHOTOS} uid:10204,1010204`);
    expect(appsOf(all, soFar({ userId: 10 })).photos).toEqual({ installed: true, uid: 1_010_204 });
    expect(appsOf(all).photos).toEqual({ installed: true, uid: 10_204 });
  });

  test('with paths, as people save it, names the package after the last equals sign', () => {
    const withPaths = list(
      'package:/system/framework/framework-res.apk=android',
      `package:/data/app/~~bt-GwgDT0B0WlSsvXrZynw==/${PHOTOS}-Vgj7nt0khQox6qBv7ngwMQ==/base.apk=${PHOTOS}`,
    );
    expect(appsOf(withPaths)).toEqual({
      photos: { installed: true, uid: 'missing' },
      drive: { installed: false, uid: 'missing' },
      unknownLines: 0,
    });
  });

  test('that was cut in the middle proves no absence', () => {
    const cut = 'package:android uid:1000\npackage:com.android.chrome uid:';
    expect(appsOf(cut)).toEqual({
      photos: { installed: 'truncated', uid: 'truncated' },
      drive: { installed: 'truncated', uid: 'truncated' },
      unknownLines: 1,
    });
  });

  test('of third parties only, read from a file, proves no absence', () => {
    const fromFile = { ...wholeAnswer('packages', ''), exitCode: null };
    const { values } = packages.parse(list(`package:${DRIVE}`), soFar(), fromFile);
    expect(plain(values.apps?.[DRIVE])).toEqual({ installed: true, uid: 'missing' });
    expect(plain(values.apps?.[PHOTOS])).toEqual({ installed: 'truncated', uid: 'truncated' });
  });

  test('that is something else altogether is unparsed', () => {
    expect(appsOf('WARNING: linker: something is not quite right\n')).toEqual({
      photos: { installed: 'unparsed', uid: 'unparsed' },
      drive: { installed: 'unparsed', uid: 'unparsed' },
      unknownLines: 1,
    });
  });
});

const withPhotos = (installed: boolean) => {
  const reading = soFar();
  return {
    ...reading,
    apps: { ...reading.apps, [PHOTOS]: { installed: { value: installed, source: 'packages' } } },
  };
};

const kept = (text: string, installed = false) => {
  const answer = { ...wholeAnswer('packages-kept', text), exitCode: null };
  const { apps } = keptPackages.parse(text, withPhotos(installed), answer).values;
  return [plain(apps?.[PHOTOS])['kept'], plain(apps?.[DRIVE])['kept']];
};

describe('pm list packages -u', () => {
  test('names what the phone still knows although it is not installed', () => {
    expect(kept(owner)).toEqual([true, false]);
    expect(kept(owner, true)).toEqual([false, false]);
  });

  test('proves nothing of an app that it does not name where it is not whole', () => {
    expect(kept(list(`package:${PHOTOS}`))).toEqual([true, 'truncated']);
  });
});
