import { afterEach, describe, expect, test } from 'vitest';
import { readAndroid } from '../../../../native/android/read/read.ts';
import { AndroidSampleSource } from '../../../../native/samples/android/sample-source.ts';
import { actAsOwner } from '../../../../native/samples/android/owner-act.ts';
import { createSample } from '../../../../native/samples/android/profiles.ts';
import { iosProbes } from '../../../../native/ios/read/read.ts';
import { IphoneSampleSource } from '../../../../native/samples/ios/sample-source.ts';
import type { PhoneList } from '../../../../native/source.ts';
import type { Reading } from '../../../../native/reading.ts';
import type { SampleSource } from '../../../../native/samples/sample-source.ts';
import { captureOfSample } from '../android/read/sample-capture.ts';
import { promptPace } from '../../../prompt-pace.ts';

const iphones = new IphoneSampleSource(promptPace);
const androids = new AndroidSampleSource(promptPace);

afterEach(async () => {
  for (const source of [iphones, androids]) {
    for (const { id } of (await source.list()).phones) source.remove(id);
  }
});

const photosIos = 'com.apple.mobileslideshow';
const photosAndroid = 'com.google.android.apps.photos';

async function scan(source: SampleSource, phoneId: string, apps: readonly string[]): Promise<Reading> {
  return source.read(await source.capture(phoneId, { apps }));
}

describe.each([
  ['iPhones', iphones, 'low-power'],
  ['Android phones', androids, 'pixel-14'],
] as const)('sample %s', (_name, source, sampleId) => {
  test('are listed once they were asked for, by what they say of themselves, and go when they are taken away', async () => {
    const lists: PhoneList[] = [];
    const stop = source.watch((list) => lists.push(list));
    const id = await source.add(sampleId);
    source.remove(id);
    stop();
    await source.add(sampleId);
    expect(lists.map(({ phones }) => phones.map((phone) => phone.id))).toEqual([[], [id], []]);
    expect(lists[1]?.phones[0]).toMatchObject({ platform: source.platform, state: 'ready', sample: true });
    expect(lists[1]?.phones[0]?.model).not.toBeNull();
  });

  test('that nobody knows are refused', async () => {
    await expect(source.add('nokia-3310')).rejects.toMatchObject({ code: 'unknown-sample' });
    expect(() => source.actAsOwner('nowhere', { proves: [], app: null })).toThrow(
      expect.objectContaining({ code: 'unknown-phone' }),
    );
  });

  test('end a cancelled scan with what they have said', async () => {
    const id = await source.add(sampleId);
    const ending = new AbortController();
    const capture = await source.capture(id, {
      apps: [],
      signal: ending.signal,
      onProgress: ({ answered }) => {
        if (answered === 2) ending.abort();
      },
    });
    expect(capture.brokenOff?.reason).toBe('cancelled');
    expect(capture.answers.length).toBeLessThan(6);
  });
});

describe('a sample iPhone', () => {
  test('answers every question of a scan, in the words of a real one', async () => {
    const id = await iphones.add('healthy');
    const { answers, brokenOff, origin } = await iphones.capture(id, { apps: [photosIos] });
    expect(brokenOff).toBeNull();
    expect(origin).toBe('usb');
    const asked = iosProbes.filter((probe) => probe.asked !== 'file').map((probe) => probe.id);
    expect(answers.map(({ probe }) => probe).toSorted()).toEqual(asked.toSorted());
    // Healthy phones have no list of resets: the file is made by the first one.
    expect(answers.filter(({ ended }) => ended !== 'whole').map(({ command, detail }) => [command, detail])).toEqual([
      ['afc read /PhotoData/CPL/resetevents.plist', 'There is no such file or folder on the iPhone.'],
    ]);
  });

  test('changes when its owner acts on what is wrong, and not otherwise', async () => {
    const id = await iphones.add('low-power');
    expect((await scan(iphones, id, [])).power.lowPowerMode).toMatchObject({ value: true });
    expect(iphones.actAsOwner(id, { proves: ['network.airplaneMode'], app: null })).toBe(false);
    expect((await scan(iphones, id, [])).power.lowPowerMode).toMatchObject({ value: true });
    expect(iphones.actAsOwner(id, { proves: ['power.lowPowerMode'], app: null })).toBe(true);
    expect((await scan(iphones, id, [])).power.lowPowerMode).toMatchObject({ value: false });
  });

  test('is locked until its owner unlocks it: lockdownd answers meanwhile, the services do not', async () => {
    const id = await iphones.add('locked');
    const { phones } = await iphones.list();
    expect(phones[0]).toMatchObject({ state: 'locked', remedy: { title: 'Unlock the iPhone' } });
    const reading = await scan(iphones, id, [photosIos]);
    expect(reading.battery.level).toMatchObject({ value: 84 });
    expect(reading.icloud.photosEnabled).toMatchObject({ unavailable: 'denied' });
    expect(iphones.actAsOwner(id, { proves: ['state'], app: null })).toBe(true);
    expect((await iphones.list()).phones[0]).toMatchObject({ state: 'ready', remedy: null });
    expect((await scan(iphones, id, [photosIos])).icloud.photosEnabled).toMatchObject({ value: true });
  });

  test('does not know questions that a real one is never asked', async () => {
    const id = await iphones.add('healthy');
    expect(await iphones.run(id, ['format', 'disk'])).toMatchObject({
      ended: 'missing',
      detail: 'A sample iPhone does not know "format disk".',
    });
  });
});

const value = (leaf: object | undefined): unknown => (leaf !== undefined && 'value' in leaf ? leaf.value : undefined);

/** A value before and after the owner acted on what it tells of. */
const proven = (sampleId: string, path: string, app: string | null, read: (reading: Reading) => unknown) => {
  const phone = createSample(sampleId);
  const healthy = createSample(sampleId, { healthy: true });
  const now = () => read(readAndroid(captureOfSample(phone, [photosAndroid])));
  const before = now();
  const changed = actAsOwner(phone.state, healthy.state, { proves: [path], app });
  return { before, changed, after: now() };
};

describe('the owner of a sample Android phone', () => {
  test.each([
    ['pixel-14', 'app.exempt', (reading: Reading) => reading.apps[photosAndroid]?.exempt, false, true],
    ['pixel-14', 'dataPolicy.dataSaver', (reading: Reading) => reading.dataPolicy.dataSaver, true, false],
    [
      'pixel-14',
      'app.runAnyInBackground',
      (reading: Reading) => reading.apps[photosAndroid]?.runAnyInBackground,
      'ignore',
      'default',
    ],
    ['pixel-16', 'storage.freeBytes', (reading: Reading) => reading.storage.low, true, false],
    ['motorola-13', 'network.captivePortal', (reading: Reading) => reading.network.captivePortal, true, false],
    [
      'motorola-13',
      'app.mediaAccess',
      (reading: Reading) => reading.apps[photosAndroid]?.mediaAccess,
      'partial',
      'full',
    ],
    ['samsung-14', 'app.enabledState', (reading: Reading) => reading.apps[photosAndroid]?.stopped, true, false],
    ['nokia-10', 'system.autoTime', (reading: Reading) => reading.system.autoTime, false, true],
    ['xiaomi-14', 'app.autostart', (reading: Reading) => reading.apps[photosAndroid]?.autostart, 'ignore', 'allow'],
  ] as const)('puts right on %s what %s tells of', (sampleId, path, leaf, before, after) => {
    const app = path.startsWith('app.') ? photosAndroid : null;
    expect(proven(sampleId, path, app, (reading) => value(leaf(reading)))).toEqual({
      before,
      changed: true,
      after,
    });
  });

  test('changes nothing where nothing is wrong', async () => {
    const id = await androids.add('pixel-14');
    expect(androids.actAsOwner(id, { proves: ['network.airplaneMode', 'network.rssi'], app: null })).toBe(false);
    expect(androids.actAsOwner(id, { proves: ['app.suspended'], app: photosAndroid })).toBe(false);
    expect(androids.actAsOwner(id, { proves: [], app: null })).toBe(false);
  });
});
