import { describe, expect, test } from 'vitest';
import { sleepingApps } from '../../../../../../native/android/read/probes/sleeping-apps.ts';
import { DRIVE, parsed, PHOTOS, plain, soFar } from '../parse.ts';

const so = soFar({ uids: { [PHOTOS]: 10_204, [DRIVE]: 10_287 } });
const row = (uid: number, app: string, sleep: string, running = '') =>
  `-RST ${'null'.padStart(23)}-PT      0-ST  0-SC F-DT  0-DR  0-DD F-Uid ${String(uid).padStart(8)}(-)-Idle()2-maxLv 2-FAS ${sleep}-BU   0.000000-Pkg ${app}${running}`;
const list = (rows: readonly string[], size = rows.length, end = 'mMARsRestrictedPackages --- size 0\n') =>
  `mMARsTargetPackages --- size ${size}\n${rows.join('\n')}\n${end}`;
const read = (text: string) => {
  const { apps } = parsed(sleepingApps, text, so).values;
  return [plain(apps?.[PHOTOS])['asleepBy'], plain(apps?.[DRIVE])['asleepBy']];
};

describe('who put an app to sleep (Samsung)', () => {
  test('is the phone, the owner or nobody', () => {
    expect(read(list([row(10_204, PHOTOS, 'Y/   1(A)'), row(10_287, DRIVE, 'Y/   2(-)', '--(R)')]))).toEqual([
      'phone',
      'owner',
    ]);
    expect(read(list([row(10_204, PHOTOS, 'Y/ 128(A)'), row(10_287, DRIVE, 'N/   0(-)')]))).toEqual([
      'phone',
      'nobody',
    ]);
    // Put back by hand after the phone did it by itself: the last word was the owner's.
    expect(read(list([row(10_204, PHOTOS, 'Y/   3(A)')]))).toEqual(['owner', 'nobody']);
  });

  test('is another for the copy of another user', () => {
    expect(read(list([row(1_010_204, PHOTOS, 'Y/   1(A)')]))).toEqual(['nobody', 'nobody']);
  });

  test('is not known where the list is not whole, or the reason is a new one', () => {
    expect(read(list([row(10_287, DRIVE, 'Y/   2(-)')], 2))).toEqual(['truncated', 'owner']);
    expect(read(list([row(10_287, DRIVE, 'Y/   2(-)')], 1, ''))).toEqual(['truncated', 'owner']);
    expect(read(list([row(10_204, PHOTOS, 'Y/  16(-)')]))).toEqual(['unparsed', 'nobody']);
    expect(read(list([row(10_204, PHOTOS, 'Y/   1(A)').replace('-FAS', '\n-FAS')], 1))).toEqual([
      'truncated',
      'truncated',
    ]);
    expect(read('Bad activity command, or no activities match: mars\n')).toEqual(['unparsed', 'unparsed']);
  });
});
