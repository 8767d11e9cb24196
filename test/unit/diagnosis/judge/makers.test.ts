import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { judge } from '../../../../diagnosis/judge/judge.ts';
import type { ReadingValues } from '../../../../native/reading.ts';
import { buildReading, patched } from './build-reading.ts';
import { healthyPhone, photosApp, stalledPhone } from './healthy-phone.ts';

const catalog = loadCatalog();

type AppValues = NonNullable<ReadingValues['apps']>[string];
type Identity = NonNullable<ReadingValues['identity']>;

function judged(identity: Identity, app: AppValues, more: ReadingValues = {}) {
  return judge(buildReading(patched(patched(stalledPhone, more), { identity, apps: { [photosApp]: app } })), catalog);
}

const guided = (identity: Identity, cause: string, app: AppValues) =>
  judged(identity, app)
    .findings.find((finding) => finding.cause === cause)
    ?.corrections.find(({ kind }) => kind === 'guided');

describe('guided steps', () => {
  test.each<{ on: string; identity: Identity; step: string }>([
    {
      on: 'Pixel',
      identity: { skin: 'pixel', sdk: 34 },
      step: 'Settings > Apps > See all apps > Google Photos > App battery usage',
    },
    { on: 'Android 10', identity: { skin: 'aosp', sdk: 29 }, step: 'Settings > Apps > Google Photos > Battery' },
    {
      on: 'HyperOS',
      identity: { skin: 'xiaomi', sdk: 34 },
      step: 'Settings > Apps > Manage apps > Google Photos > Battery saver',
    },
    {
      on: 'ColorOS',
      identity: { skin: 'coloros', sdk: 35 },
      step: 'Settings > Apps > App management > Google Photos > Battery usage',
    },
    {
      on: 'vivo',
      identity: { skin: 'vivo', sdk: 34 },
      step: 'Settings > Apps > App management > Google Photos > Battery',
    },
    {
      on: 'EMUI',
      identity: { skin: 'huawei', sdk: 29 },
      step: 'Settings > Apps > Apps > Google Photos > Battery (Power usage details)',
    },
    {
      on: 'Motorola',
      identity: { skin: 'motorola', sdk: 33 },
      step: 'Settings > Apps > See all apps > Google Photos > App battery usage',
    },
    {
      on: 'an unknown maker',
      identity: { sdk: 34 },
      step: 'Settings > Apps > See all apps > Google Photos > App battery usage',
    },
  ])('on $on speak the words of its menus', ({ identity, step }) => {
    const { skin: _pixel, ...rest } = healthyPhone.identity ?? {};
    const reading = buildReading({
      ...patched(healthyPhone, { apps: { [photosApp]: { runAnyInBackground: 'ignore' } } }),
      identity: { ...rest, ...identity },
    });
    const finding = judge(reading, catalog).findings.find(({ cause }) => cause === 'background-restricted');
    expect(finding?.corrections.find(({ kind }) => kind === 'guided')?.steps[0]).toBe(`Open ${step}.`);
  });

  test.each([
    { on: 'HiOS', identity: { skin: 'other', skinVersion: 'HiOS 13.6.0' } as const, stands: true },
    { on: 'an unknown maker', identity: {}, stands: true },
    { on: 'a Pixel', identity: { skin: 'pixel' } as const, stands: false },
    { on: 'LineageOS', identity: { skin: 'aosp', skinVersion: 'LineageOS 21.0' } as const, stands: false },
    { on: 'MagicOS', identity: { skin: 'huawei', skinVersion: 'MagicOS 7.1' } as const, stands: false },
  ])("on $on say whether they are another maker's words", ({ identity, stands }) => {
    const { skin: _pixel, ...rest } = healthyPhone.identity ?? {};
    const reading = buildReading({
      ...patched(healthyPhone, { apps: { [photosApp]: { runAnyInBackground: 'ignore' } } }),
      identity: { ...rest, sdk: 33, ...identity },
    });
    const finding = judge(reading, catalog).findings.find(({ cause }) => cause === 'background-restricted');
    const caution = finding?.corrections.find(({ kind }) => kind === 'guided')?.caution ?? '';
    expect(caution.includes("The words of this phone's menus are not known here.")).toBe(stands);
  });

  test.each([
    { sdk: 33, words: 'Settings > Battery and device care > Battery > More battery settings > Protect battery' },
    { sdk: 34, words: 'Settings > Battery and device care > Battery > Battery protection' },
    { sdk: 36, words: 'Settings > Battery > Battery protection' },
  ])('on Samsung with API level $sdk speak the words of its One UI', ({ sdk, words }) => {
    const job = { id: '1', service: 's', userId: 0, satisfied: [], needsUnmetered: false, failures: 0 };
    const { findings } = judged(
      { skin: 'samsung', sdk },
      {
        jobs: [
          { ...job, required: ['CHARGING', 'CONNECTIVITY'], satisfied: ['CONNECTIVITY'], unsatisfied: ['CHARGING'] },
        ],
      },
      { battery: { chargeLimit: 80 } },
    );
    const limit = findings.find(({ cause }) => cause === 'charge-limit');
    expect(limit?.corrections[0]?.steps[0]).toBe(`Open ${words}.`);
  });

  test('open the screen of the maker, with the general one behind it', () => {
    expect(guided({ skin: 'xiaomi' }, 'maker-autostart', { autostart: 'ignore' })?.opens).toEqual([
      'am start -n com.miui.securitycenter/com.miui.permcenter.autostart.AutoStartManagementActivity',
      `am start -a android.settings.APPLICATION_DETAILS_SETTINGS -d package:${photosApp}`,
    ]);
    expect(guided({ skin: 'pixel' }, 'background-restricted', { runAnyInBackground: 'ignore' })?.opens).toEqual([
      `am start -a android.settings.APPLICATION_DETAILS_SETTINGS -d package:${photosApp}`,
    ]);
  });

  test('keep an app id from a hostile phone one word of the command', () => {
    const values: ReadingValues = { apps: { 'x; reboot': { installed: true, stopped: true } } };
    const finding = judge(buildReading(values), catalog).findings.find(({ cause }) => cause === 'app-stopped');
    const opens = finding?.corrections.find(({ kind }) => kind === 'guided')?.opens;
    expect(opens).toEqual([`am start -a android.settings.APPLICATION_DETAILS_SETTINGS -d 'package:x; reboot'`]);
  });
});

const exemptions = (app: AppValues) =>
  judged({ skin: 'samsung', sdk: 34 }, app)
    .findings.find(({ cause }) => cause === 'battery-optimized')
    ?.corrections.map(({ id }) => id);

describe('several limits of one maker', () => {
  const limits: AppValues = { bucket: 45, bucketReason: 's-4', stopped: true };

  test('are one recipe, one step, and a reason why', () => {
    const { findings, steps } = judged({ skin: 'samsung', sdk: 34 }, limits);
    expect(steps.map(({ cause, correction }) => [cause, correction])).toEqual([
      ['app-stopped', 'background-recipe-samsung'],
    ]);
    expect(steps[0]?.why).toMatch(/^Several limits of this Samsung hold Google Photos back at once/);
    const lead = findings.find(({ cause }) => cause === 'app-stopped');
    const recipe = lead?.corrections.find(({ kind }) => kind === 'guided');
    expect(recipe?.steps).toContain(
      'Open Settings > Apps > Google Photos > Battery and choose Optimised, and not Unrestricted.',
    );
  });

  test('do not get corrections that undo each other: a sleeping app on Samsung is not exempted', () => {
    const job = { id: '1', service: 's', userId: 0, required: [], satisfied: [], needsUnmetered: false, failures: 0 };
    const dozing: AppValues = { jobs: [{ ...job, unsatisfied: ['DEVICE_NOT_DOZING'] }] };
    expect(exemptions(dozing)).toEqual(['exempt-app-samsung', 'exempt-app-by-hand-samsung']);
    expect(exemptions({ ...dozing, ...limits })).toEqual(['exempt-app-by-hand-samsung']);
  });

  test('are steps of their own on plain Android, where each can be put right by itself', () => {
    const { steps } = judged({ skin: 'pixel' }, { stopped: true, runAnyInBackground: 'ignore' });
    expect(steps.map(({ correction }) => correction)).toEqual(['open-app-once', 'allow-background']);
  });

  test('that are alone keep their own steps', () => {
    const { steps } = judged({ skin: 'xiaomi' }, { autostart: 'ignore' });
    expect(steps.map(({ correction }) => correction)).toEqual(['autostart-xiaomi']);
  });
});

describe('the health of the phone', () => {
  test('is told apart, and is no part of the verdict and the steps about the backup', () => {
    const worn = judge(
      buildReading(patched(healthyPhone, { battery: { capacityPercent: 60 }, system: { bootedAgoMs: 10 } })),
      catalog,
    );
    const health = worn.findings.filter(({ pack }) => pack === 'device-health');
    expect(health[0]).toMatchObject({ cause: 'device-battery-worn', status: 'problem' });
    expect(worn.verdict).toMatch(/^Uploads run: /);
    expect(worn.steps).toEqual([]);
  });
});
