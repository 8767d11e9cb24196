import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { menuFileSchema } from '../../../../diagnosis/load/catalog-schemas.ts';
import { builtInCatalog, loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import type { Answer, Finding } from '../../../../diagnosis/finding.ts';
import { phoneValues } from '../../../../diagnosis/load/conditions.ts';
import { judge } from '../../../../diagnosis/judge/judge.ts';
import { sampleIphone } from '../../../../native/samples/ios/sample-iphones.ts';
import type { Reading, ReadingValues } from '../../../../native/reading.ts';
import { buildReading, patched } from '../judge/build-reading.ts';
import { healthyPhone, photosApp } from '../judge/healthy-phone.ts';
import { readIphone } from '../judge/read-iphone.ts';

const catalog = loadCatalog();
const at = '2026-11-27T12:00:00.000Z';

/** Both answers to every question of a phone: each makes other findings and corrections. */
function answersTo(findings: readonly Finding[], answer: Answer['answer']): Answer[] {
  return findings.filter(({ question }) => question !== null).map(({ cause, app }) => ({ cause, app, answer, at }));
}

/** Everything that may be said about a phone, whatever its owner answers. */
function saidAbout(reading: Reading): Finding[] {
  const { findings } = judge(reading, catalog);
  const answered = (['yes', 'no'] as const).flatMap(
    (answer) => judge(reading, catalog, { answers: answersTo(findings, answer) }).findings,
  );
  return [...findings, ...answered];
}

const sentencesOf = (findings: readonly Finding[]): string[] =>
  findings.flatMap(({ title, explanation, notProof, check, question, corrections }) => [
    title,
    explanation,
    notProof ?? '',
    ...check,
    question?.text ?? '',
    ...corrections.flatMap((one) => [one.title, ...one.steps, one.caution ?? '', one.afterwards ?? '']),
  ]);

const iphoneApps = ['com.apple.mobileslideshow', 'com.google.photos', 'com.microsoft.skydrive'];
async function iphone(id: string, productVersion: string): Promise<Reading> {
  const sample = sampleIphone(id).create();
  const phone = { ...sample, identity: { ...sample.identity, productVersion } };
  return readIphone(phone, iphoneApps, new Date());
}

async function statusOf(version: string, cause: string) {
  const { findings } = judge(await iphone('healthy', version), catalog);
  return findings.find((finding) => finding.cause === cause && finding.app !== 'com.apple.mobileslideshow')?.status;
}

const iosVersions = ['12.5.7', '13.7', '14.8.1', '15.8.3', '16.7.10', '17.7', '18.6', '26.1'];

describe('an iPhone', () => {
  test.each(iosVersions)(
    'with iOS %s is spoken of in whole sentences, and never in words of Android',
    async (version) => {
      const said = (
        await Promise.all(['healthy', 'icloud-photos-off', 'managed'].map((id) => iphone(id, version)))
      ).flatMap(saidAbout);
      const sentences = sentencesOf(said);
      expect(sentences.filter((sentence) => /[{}]/.test(sentence))).toEqual([]);
      expect(sentences.filter((sentence) => /Android|Swipe down twice|Play Store|power button/.test(sentence))).toEqual(
        [],
      );
    },
  );

  test.each([
    { version: '12.5.7', words: ['Settings > Privacy > Photos', 'Read and Write'] },
    { version: '14.8.1', words: ['Settings > Privacy > Photos', 'All Photos'] },
    { version: '16.7.10', words: ['Settings > Privacy & Security > Photos', 'All Photos'] },
    { version: '17.7', words: ['Settings > Privacy & Security > Photos', 'Full Access'] },
    { version: '26.1', words: ['Settings > Privacy & Security > Photos', 'Full Access'] },
  ])('with iOS $version has its own words for the access to photos', async ({ version, words: [page, choice] }) => {
    const [access] = saidAbout(await iphone('healthy', version)).filter(({ cause }) => cause === 'photos-permission');
    expect(access?.check[0]).toBe(`Open ${page} and tap Google Photos.`);
    expect(access?.check[1]).toMatch(new RegExp(`^It must say ${choice}\\.`));
  });

  test('had no access to selected photos before iOS 14, and no Low Data Mode before iOS 13', async () => {
    expect(await statusOf('13.7', 'photos-permission-partial')).toBe('not-applicable');
    expect(await statusOf('14.8.1', 'photos-permission-partial')).toBe('manual');
    expect(await statusOf('12.5.7', 'low-data-mode')).toBe('not-applicable');
  });
});

const makers = [
  'aosp',
  'pixel',
  'samsung',
  'xiaomi',
  'coloros',
  'vivo',
  'huawei',
  'motorola',
  'sony',
  'nothing',
] as const;

/** Nearly everything is wrong with it. */
const troubled: ReadingValues = {
  network: { metered: true, captivePortal: true, validated: false, privateDnsMode: 'hostname', rssi: -90 },
  dataPolicy: { dataSaver: true },
  power: { saverBeforePower: true, saverSticky: true, triggerLevel: 60, extremeMode: true },
  battery: { level: 9, temperature: 50 },
  storage: { low: true },
  photos: { hiddenFolders: ['DCIM'] },
  system: { autoTime: false, processLimit: 0, locationOn: false, managed: true, bootedAgoMs: 9_000_000_000 },
  identity: { securityPatch: '2020-01-01' },
  apps: {
    [photosApp]: {
      exempt: false,
      bucket: 45,
      runAnyInBackground: 'ignore',
      mediaAccess: 'partial',
      mediaLocation: false,
      notifications: false,
      locationAlways: true,
      suspended: true,
      hibernated: true,
      enabledState: 'disabled-until-used',
      autostart: 'ignore',
      autoRevoke: 'default',
      netPolicy: 1,
      inVpn: true,
      sentBytes24h: 0,
      cacheBytes: 9_000_000_000,
      updatedAt: '2020-01-01 00:00:00',
    },
  },
};

describe('an Android phone', () => {
  test.each(makers.flatMap((skin) => [26, 29, 31, 33, 34, 36].map((sdk) => ({ skin, sdk }))))(
    'of $skin with API level $sdk is spoken of in whole sentences',
    ({ skin, sdk }) => {
      const reading = buildReading(patched(patched(healthyPhone, troubled), { identity: { skin, sdk } }));
      const said = saidAbout(reading);
      expect(said.filter(({ status }) => status === 'problem').length).toBeGreaterThan(20);
      expect(sentencesOf(said).filter((sentence) => /[{}]/.test(sentence))).toEqual([]);
    },
  );
});

describe('a phone whose menus are in another language', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'menus-'));
    cpSync(builtInCatalog, folder, { recursive: true });
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const offeredOn = (language: string, from = loadCatalog(folder)) => {
    const reading = buildReading(
      patched(healthyPhone, {
        identity: { language, skin: 'samsung' },
        apps: { [photosApp]: { runAnyInBackground: 'ignore' } },
      }),
    );
    const finding = judge(reading, from).findings.find(({ cause }) => cause === 'background-restricted');
    const offered = finding?.corrections.find(({ kind }) => kind === 'guided');
    return [offered?.caution, offered?.steps[0]];
  };

  test('is given the English words, and told that they are', () => {
    expect(offeredOn('en-GB')).toEqual([null, 'Open Settings > Apps > Google Photos > Battery.']);
    expect(offeredOn('es-ES')).toEqual([
      'The menus of this phone are in Spanish; these steps name them in English.',
      'Open Settings > Apps > Google Photos > Battery.',
    ]);
  });

  test('is given its own words from a file that is only dropped in, and English ones where it has none', () => {
    writeFileSync(
      join(folder, 'menus', 'samsung-es.yaml'),
      `skins: [samsung]
language: es
lastVerified: 2026-11-27
source: a test
tables:
  - version: every version
    words: { app-battery: 'Ajustes > Aplicaciones > {app} > Batería' }
`,
    );
    expect(offeredOn('es-ES')).toEqual([
      'The menus of this phone are in Spanish; some steps name them in English.',
      'Open Ajustes > Aplicaciones > Google Photos > Batería.',
    ]);
    expect(offeredOn('en-GB')[1]).toBe('Open Settings > Apps > Google Photos > Battery.');
    expect(offeredOn('es-ES', loadCatalog())[1]).toBe('Open Settings > Apps > Google Photos > Battery.');
  });
});

test('every table of the words of iOS says when they were looked up', () => {
  const { tables } = menuFileSchema.parse(parse(readFileSync(join(builtInCatalog, 'menus', 'ios.yaml'), 'utf8')));
  expect(tables.filter(({ lastVerified }) => lastVerified === undefined)).toEqual([]);
});

const stepsOf = (reading: Reading, language: string, cause: string) => {
  const { findings } = judge(reading, loadCatalog(undefined, { language }));
  return findings.find((finding) => finding.cause === cause)?.corrections[0]?.steps.slice(0, 2);
};

const android = (skin: 'pixel' | 'samsung' | 'xiaomi'): Reading =>
  buildReading(
    patched(healthyPhone, {
      identity: { language: 'de-DE', skin, sdk: 35 },
      apps: { [photosApp]: { runAnyInBackground: 'ignore' } },
    }),
  );

const unrestricted = (reading: Reading): string =>
  catalog.menus.fill('{menu.unrestricted}', reading, phoneValues(reading));

describe('a phone in German', () => {
  test('has its menu words in German, whichever language the window speaks', async () => {
    const sample = sampleIphone('low-power').create();
    const spoken = { ...sample, language: { language: 'de', locale: 'de_DE' } };
    const reading = await readIphone(spoken, iphoneApps, new Date());
    expect(stepsOf(reading, 'en', 'low-power-mode')).toEqual([
      'Open Einstellungen > Batterie.',
      'Switch Stromsparmodus off. The battery symbol is no longer yellow.',
    ]);
    expect(stepsOf(reading, 'de', 'low-power-mode')).toEqual([
      'Öffnen Sie Einstellungen > Batterie.',
      'Schalten Sie Stromsparmodus aus. Das Akkusymbol ist nicht mehr gelb.',
    ]);
  });

  test('that is a Pixel says Uneingeschränkt, and a Samsung, whose German words have no source here, says Unrestricted', () => {
    expect(unrestricted(android('pixel'))).toBe('Uneingeschränkt');
    expect(unrestricted(android('samsung'))).toBe('Unrestricted');
  });

  test('that is a Xiaomi, whose German words have no source here, has them in English, and is told so', () => {
    const { findings } = judge(android('xiaomi'), loadCatalog(undefined, { language: 'de' }));
    const finding = findings.find(({ cause }) => cause === 'background-restricted');
    const offered = finding?.corrections.find(({ kind }) => kind === 'guided');
    expect(offered?.steps[0]).toBe('Öffnen Sie Settings > Apps > Manage apps > Google Fotos > Battery saver.');
    expect(offered?.caution).toBe(
      'Die Menüs dieses Telefons sind auf Deutsch; diese Schritte nennen sie auf Englisch.',
    );
  });

  test('has those that have no German source in English, and says so', async () => {
    const sample = sampleIphone('quota-exceeded').create();
    const spoken = { ...sample, language: { language: 'de', locale: 'de_DE' } };
    const { findings } = judge(
      await readIphone(spoken, iphoneApps, new Date()),
      loadCatalog(undefined, { language: 'de' }),
    );
    const correction = findings.find(({ cause }) => cause === 'cloud-storage-full')?.corrections[0];
    expect(correction?.steps[0]).toBe('Öffnen Sie Settings > your name > iCloud > Manage Account Storage.');
    expect(correction?.caution).toBe(
      'Die Menüs dieses Telefons sind auf Deutsch; diese Schritte nennen sie auf Englisch.',
    );
  });

  test('in English, has them in English in a German window', async () => {
    const reading = await readIphone(sampleIphone('low-power').create(), iphoneApps, new Date());
    expect(stepsOf(reading, 'de', 'low-power-mode')?.[1]).toBe(
      'Schalten Sie Low Power Mode aus. Das Akkusymbol ist nicht mehr gelb.',
    );
  });
});
