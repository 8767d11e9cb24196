import { describe, expect, test } from 'vitest';
import { alternativePath } from '../../../../diagnosis/judge/alternative-path.ts';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { backupApps } from '../../../../diagnosis/judge/judge.ts';
import { quickWin } from '../../../../diagnosis/judge/quick-win.ts';
import { offeredCorrectionSchema } from '../../../../diagnosis/finding.ts';
import { buildReading } from './build-reading.ts';
import { healthyPhone, photosApp } from './healthy-phone.ts';

const catalog = loadCatalog();
const oneDrive = 'com.microsoft.skydrive';
const icloud = 'com.apple.mobileslideshow';

describe('the quick win', () => {
  test('is off, half a minute, on, and a restart, in the words of the app', () => {
    expect(quickWin(catalog, buildReading(healthyPhone), oneDrive)).toEqual({
      id: 'quick-win',
      before: {},
      kind: 'guided',
      title: 'Switch the backup of OneDrive off and on again, and restart',
      steps: [
        'Open OneDrive > your picture at the top > Settings > Camera backup. Its name is Gallery Sync (formerly Camera backup; Camera Upload).',
        'Switch it off, and leave it off for 30 seconds.',
        'Switch it on again, for the account that should hold the photos.',
        'Restart the phone and unlock it. Then open OneDrive once.',
      ],
      commands: [],
      inverse: [],
      irreversible: null,
      restarts: false,
      needsCopy: false,
      costs: null,
      proven: null,
      locked: null,
      refused: false,
      caution: 'Nothing is deleted by this. If OneDrive offers to free up space or to delete photos, say no.',
      afterwards: 'Take one photo and see in OneDrive whether it is uploaded.',
      opens: [],
      wait: { afterStep: 2, seconds: 30 },
      lastVerified: '2026-11-27',
      source:
        'Google Photos Help, Back up photos; Microsoft Support, Camera backup in OneDrive; catalog/apps.yaml, where the switch is',
    });
  });

  test('of iCloud Photos is a pause: switching it off is not quick', () => {
    const { id, steps, wait, caution } = quickWin(catalog, buildReading({}, 'ios'), icloud);
    expect(id).toBe('quick-win-icloud');
    expect(wait).toEqual({ afterStep: 2, seconds: 30 });
    expect(steps.join(' ')).not.toMatch(/switch/i);
    expect(caution).toContain('Do not switch iCloud Photos off');
  });

  test.each(['android', 'ios'] as const)('is there for every app on %s, whatever was read', (platform) => {
    for (const app of [...backupApps(catalog, platform), 'org.example.unknown']) {
      const offered = quickWin(catalog, buildReading({}, platform), app);
      expect(offeredCorrectionSchema.parse(offered)).toEqual(offered);
      expect(JSON.stringify(offered)).not.toMatch(/\{[a-z.]+\}/);
      expect(offered.wait?.afterStep).toBeLessThan(offered.steps.length);
    }
  });
});

describe('the second way', () => {
  test('is by hand in the app itself, and warns of deleting and of both ways at once', () => {
    expect(alternativePath(catalog, buildReading({}), photosApp)).toEqual({
      id: 'upload-by-hand-google-photos',
      title: 'Upload the newest photos by hand in Google Photos',
      steps: [
        'Open Google Photos, press and hold a photo, and select the photos that are not backed up yet.',
        'Tap Back up (Back up now in the menu with three dots), and leave the app open until it is done.',
        'Or copy the photos to a computer, open photos.google.com there, and drag them into the window.',
      ],
      caution:
        'Delete no photo on the phone meanwhile, not even those that were uploaded in this way, until Google Photos backs up by itself again.',
      switchBack:
        'Google Photos backs up by itself again. End the second way now, and check in Google Photos that the photos of these days are there.',
      duplicateWarning:
        'Two ways are in use. As long as both upload, photos arrive twice and take up room twice. Keep one of them.',
      lastVerified: '2026-11-27',
      source: 'Google Photos Help, Back up photos & videos; Upload from a computer',
    });
  });

  test.each([
    ['ios', icloud, 'upload-by-hand-icloud'],
    ['android', 'com.sec.android.gallery3d', 'another-service'],
    ['android', 'com.nextcloud.client', 'upload-by-hand'],
    ['ios', 'org.example.unknown', 'upload-by-hand'],
  ] as const)('on %s of %s is %s', (platform, app, id) => {
    expect(alternativePath(catalog, buildReading({}, platform), app).id).toBe(id);
  });

  test.each(['android', 'ios'] as const)(
    'is there for every app on %s, and never asks to delete an original',
    (platform) => {
      for (const app of backupApps(catalog, platform)) {
        const path = alternativePath(catalog, buildReading({}, platform), app);
        expect(JSON.stringify(path)).not.toMatch(/\{[a-z.]+\}/);
        expect(path.steps.join(' ')).not.toMatch(/delete/i);
        expect(path.caution).toMatch(/^Delete no photo/);
      }
    },
  );
});
