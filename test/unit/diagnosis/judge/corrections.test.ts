import { describe, expect, test } from 'vitest';
import { loadCatalog, type AutomaticCorrection } from '../../../../diagnosis/load/catalog.ts';
import type { OfferedCorrection } from '../../../../diagnosis/finding.ts';
import { judge, verifyCorrection } from '../../../../diagnosis/judge/judge.ts';
import { fillCommand, TemplateError, templatePaths } from '../../../../diagnosis/load/template.ts';
import { commandText } from '../../../../native/command.ts';
import type { ReadingValues } from '../../../../native/reading.ts';
import { unavailable } from '../../../../native/unavailable.ts';
import { buildReading, patched } from './build-reading.ts';
import { healthyApp, healthyPhone, photosApp, stalledPhone } from './healthy-phone.ts';

const catalog = loadCatalog();

type AppValues = NonNullable<ReadingValues['apps']>[string];
const app = (leaves: AppValues): ReadingValues => ({ apps: { [photosApp]: leaves } });

function offered(cause: string, patch: ReadingValues): OfferedCorrection[] {
  const { findings } = judge(buildReading(patched(healthyPhone, patch)), catalog);
  return findings.find((finding) => finding.cause === cause)?.corrections ?? [];
}

const automatic = (cause: string, patch: ReadingValues) =>
  offered(cause, patch)
    .filter(({ kind }) => kind === 'automatic')
    .map(({ commands, inverse }) => ({ commands, inverse }));

const guided = (cause: string, patch: ReadingValues) =>
  offered(cause, patch)
    .filter(({ kind }) => kind === 'guided')
    .map(({ id }) => id);

const waitingForWifi = {
  id: '1',
  service: 'x/.Y',
  userId: 0,
  required: ['CONNECTIVITY'],
  satisfied: [],
  unsatisfied: ['CONNECTIVITY'],
  needsUnmetered: true,
  failures: 0,
};
/** Battery optimisation is seen to hold the app back. */
const dozing: AppValues = {
  exempt: false,
  jobs: [{ ...waitingForWifi, needsUnmetered: false, unsatisfied: ['DEVICE_NOT_DOZING'] }],
};
const granted = { granted: true, flags: [] };
const denied = { granted: false, flags: [] };
const media = (images: typeof granted, video: typeof granted) => ({
  'android.permission.READ_MEDIA_IMAGES': images,
  'android.permission.READ_MEDIA_VIDEO': video,
});

describe('the commands of an automatic correction and of its inverse', () => {
  test.each<{ what: string; cause: string; patch: ReadingValues; commands: string[]; inverse: string[] }>([
    {
      what: 'battery optimisation',
      cause: 'battery-optimized',
      patch: app(dozing),
      commands: [`cmd deviceidle whitelist +${photosApp}`],
      inverse: [`cmd deviceidle whitelist -${photosApp}`],
    },
    {
      what: 'background work that was ignored',
      cause: 'background-restricted',
      patch: app({ runAnyInBackground: 'ignore' }),
      commands: [`appops set --user 0 ${photosApp} RUN_ANY_IN_BACKGROUND allow`],
      inverse: [`appops set --user 0 ${photosApp} RUN_ANY_IN_BACKGROUND ignore`],
    },
    {
      what: 'background work of another user, whose older op holds nothing back',
      cause: 'background-restricted',
      patch: { identity: { userId: 10 }, ...app({ runAnyInBackground: 'deny', runInBackground: 'ignore' }) },
      commands: [`appops set --user 10 ${photosApp} RUN_ANY_IN_BACKGROUND allow`],
      inverse: [`appops set --user 10 ${photosApp} RUN_ANY_IN_BACKGROUND deny`],
    },
    {
      what: 'an app that a Samsung has put to sleep, in both ways',
      cause: 'maker-sleeping',
      patch: { identity: { skin: 'samsung' }, ...app({ bucket: 45, runAnyInBackground: 'ignore' }) },
      commands: [
        `am set-standby-bucket --user 0 ${photosApp} active`,
        `appops set --user 0 ${photosApp} RUN_ANY_IN_BACKGROUND allow`,
      ],
      inverse: [
        `appops set --user 0 ${photosApp} RUN_ANY_IN_BACKGROUND ignore`,
        `am set-standby-bucket --user 0 ${photosApp} restricted`,
      ],
    },
    {
      what: 'background work restricted for the whole uid',
      cause: 'background-restricted',
      patch: app({ runAnyInBackground: 'default', runAnyInBackgroundUid: 'ignore' }),
      commands: [`appops set --user 0 --uid ${photosApp} RUN_ANY_IN_BACKGROUND allow`],
      inverse: [`appops set --user 0 --uid ${photosApp} RUN_ANY_IN_BACKGROUND ignore`],
    },
    {
      what: 'background data',
      cause: 'background-data-denied',
      patch: app({ netPolicy: 1, netPolicyName: 'REJECT_METERED_BACKGROUND' }),
      commands: ['cmd netpolicy remove restrict-background-blacklist 10204'],
      inverse: ['cmd netpolicy add restrict-background-blacklist 10204'],
    },
    {
      what: 'airplane mode',
      cause: 'airplane-mode',
      patch: { network: { airplaneMode: true } },
      commands: ['cmd connectivity airplane-mode disable'],
      inverse: ['cmd connectivity airplane-mode enable'],
    },
    {
      what: 'a rare standby bucket',
      cause: 'standby-bucket',
      patch: app({ bucket: 40 }),
      commands: [`am set-standby-bucket --user 0 ${photosApp} active`],
      inverse: [`am set-standby-bucket --user 0 ${photosApp} rare`],
    },
    {
      what: 'a restricted standby bucket',
      cause: 'standby-bucket',
      patch: app({ bucket: 45 }),
      commands: [`am set-standby-bucket --user 0 ${photosApp} active`],
      inverse: [`am set-standby-bucket --user 0 ${photosApp} restricted`],
    },
    {
      what: 'the level of battery saver',
      cause: 'battery-saver-threshold',
      patch: { power: { triggerLevel: 35 } },
      commands: ['settings put global low_power_trigger_level 15'],
      inverse: ['settings put global low_power_trigger_level 35'],
    },
    {
      what: 'private DNS',
      cause: 'private-dns-broken',
      patch: { network: { privateDnsMode: 'hostname', privateDnsBroken: true, validated: false } },
      commands: ['settings put global private_dns_mode opportunistic'],
      inverse: ['settings put global private_dns_mode hostname'],
    },
    {
      what: 'photos and videos on Android 13 and later',
      cause: 'photos-permission',
      patch: app({
        mediaAccess: 'none',
        imagesGranted: false,
        videosGranted: false,
        permissions: media(denied, denied),
      }),
      commands: [
        `pm grant --user 0 ${photosApp} android.permission.READ_MEDIA_IMAGES`,
        `pm grant --user 0 ${photosApp} android.permission.READ_MEDIA_VIDEO`,
      ],
      inverse: [
        `pm revoke --user 0 ${photosApp} android.permission.READ_MEDIA_VIDEO`,
        `pm revoke --user 0 ${photosApp} android.permission.READ_MEDIA_IMAGES`,
      ],
    },
    {
      what: 'storage before Android 13',
      cause: 'photos-permission',
      patch: {
        identity: { sdk: 31 },
        ...app({ mediaAccess: 'none', permissions: { 'android.permission.READ_EXTERNAL_STORAGE': denied } }),
      },
      commands: [`pm grant --user 0 ${photosApp} android.permission.READ_EXTERNAL_STORAGE`],
      inverse: [`pm revoke --user 0 ${photosApp} android.permission.READ_EXTERNAL_STORAGE`],
    },
    {
      what: 'videos that were left out',
      cause: 'photos-permission-partial',
      patch: app({ mediaAccess: 'partial', permissions: media(granted, denied) }),
      commands: [`pm grant --user 0 ${photosApp} android.permission.READ_MEDIA_VIDEO`],
      inverse: [`pm revoke --user 0 ${photosApp} android.permission.READ_MEDIA_VIDEO`],
    },
    {
      what: 'an app that was switched off',
      cause: 'app-disabled',
      patch: app({ enabledState: 'disabled-user' }),
      commands: [`pm enable --user 0 ${photosApp}`],
      inverse: [`pm disable-user --user 0 ${photosApp}`],
    },
    {
      what: 'an app that was stopped, by its own screen',
      cause: 'app-stopped',
      patch: app({ stopped: true }),
      commands: [`am start --user 0 -n ${photosApp}/.home.HomeActivity`],
      inverse: [`am force-stop --user 0 ${photosApp}`],
    },
    {
      what: 'an app that a computer suspended',
      cause: 'app-suspended',
      patch: app({ suspended: true, suspendedBy: 'com.android.shell' }),
      commands: [`pm unsuspend --user 0 ${photosApp}`],
      inverse: [`pm suspend --user 0 ${photosApp}`],
    },
    {
      what: 'Wi-Fi that somebody marked as metered, whose name is filled in when it is carried out',
      cause: 'wifi-only-but-no-wifi',
      patch: {
        network: { metered: true, meteredOverride: true, meteredMark: 'true' },
        ...app({ jobs: [waitingForWifi] }),
      },
      commands: ["cmd netpolicy set metered-network 'this Wi-Fi' false"],
      inverse: ["cmd netpolicy set metered-network 'this Wi-Fi' true"],
    },
    {
      what: 'Wi-Fi that calls itself metered, with the former mark and not with true',
      cause: 'wifi-only-but-no-wifi',
      patch: { network: { metered: true, meteredMark: 'none' }, ...app({ jobs: [waitingForWifi] }) },
      commands: ["cmd netpolicy set metered-network 'this Wi-Fi' false"],
      inverse: ["cmd netpolicy set metered-network 'this Wi-Fi' none"],
    },
    {
      what: 'the adaptive saver',
      cause: 'battery-saver',
      patch: { power: { saverAdaptive: true, saverSticky: false, schedule: 'percentage' } },
      commands: ['cmd power set-adaptive-power-saver-enabled false'],
      inverse: ['cmd power set-adaptive-power-saver-enabled true'],
    },
    {
      what: 'permissions that would be taken away, with the former mode and not with allow',
      cause: 'permission-auto-revoke',
      patch: app({ autoRevoke: 'default', usedByUserAgoMs: 4_320_000_000 }),
      commands: [`appops set --user 0 ${photosApp} AUTO_REVOKE_PERMISSIONS_IF_UNUSED ignore`],
      inverse: [`appops set --user 0 ${photosApp} AUTO_REVOKE_PERMISSIONS_IF_UNUSED default`],
    },
  ])('for $what', ({ cause, patch, commands, inverse }) => {
    expect(automatic(cause, patch)).toEqual([{ commands, inverse }]);
  });

  test('let one app past Data Saver first, and switch it off for the phone second', () => {
    expect(automatic('data-saver', { dataPolicy: { dataSaver: true }, network: { metered: true } })).toEqual([
      {
        commands: ['cmd netpolicy add restrict-background-whitelist 10204'],
        inverse: ['cmd netpolicy remove restrict-background-whitelist 10204'],
      },
      {
        commands: ['cmd netpolicy set restrict-background false'],
        inverse: ['cmd netpolicy set restrict-background true'],
      },
    ]);
    const second = catalog.causes.find(({ id }) => id === 'data-saver')?.corrections[1];
    expect(second).toMatchObject({ id: 'data-saver-off', per: 'phone' });
  });
});

describe('a correction with nothing to put back', () => {
  test.each<{ cause: string; patch: ReadingValues; commands: string[]; why: string; restarts?: true }>([
    {
      cause: 'cache-suspect',
      patch: app({ cacheBytes: 3_000_000_000 }),
      commands: [`pm clear --cache-only --user 0 ${photosApp}`],
      why: 'Nothing needs putting back, because Google Photos fills its cache again by itself.',
    },
    {
      cause: 'phone-storage-full',
      patch: { storage: { freeBytes: 100_000_000, low: true } },
      commands: ['pm trim-caches 999G'],
      why: 'Nothing needs putting back, because apps fill their caches again by themselves.',
    },
    {
      cause: 'app-hibernated',
      patch: app({ hibernated: true }),
      commands: [`am start --user 0 -n ${photosApp}/.home.HomeActivity`],
      why: 'Nothing needs putting back, because the phone puts an app to sleep again by itself when nobody uses it.',
    },
    {
      cause: 'low-battery',
      patch: { battery: { updatesStopped: true } },
      commands: ['dumpsys battery reset'],
      why: 'Nothing needs putting back, because the frozen values were those of a test command.',
    },
    {
      cause: 'restart-due',
      patch: { system: { bootedAgoMs: 30 * 86_400_000 } },
      commands: ['svc power reboot'],
      why: 'A restart cannot be taken back, and it changes no setting.',
      restarts: true,
    },
  ])('$cause says why', ({ cause, patch, commands, why, restarts = false }) => {
    const [first] = offered(cause, patch);
    expect(first).toMatchObject({ kind: 'automatic', commands, inverse: [], irreversible: why, restarts });
  });

  test('a cache is cleared only where Android can leave the rest alone', () => {
    expect(automatic('cache-suspect', { identity: { sdk: 32 }, ...app({ cacheBytes: 3_000_000_000 }) })).toEqual([]);
  });

  test('what has a way back says nothing of the kind', () => {
    expect(offered('airplane-mode', { network: { airplaneMode: true } })[0]).toMatchObject({
      irreversible: null,
      restarts: false,
    });
  });
});

describe('what is carried with a guided correction', () => {
  test('a pause after a step', () => {
    const [general] = catalog.causes.find(({ id }) => id === 'backup-off')?.corrections.slice(-1) ?? [];
    expect(general).toMatchObject({ id: 'backup-off-and-on', wait: { afterStep: 2, seconds: 30 } });
    expect(offered('airplane-mode', { network: { airplaneMode: true } }).map(({ wait }) => wait)).toEqual([null, null]);
  });

  test('whether photos that are not backed up may be lost by it', () => {
    const risky = catalog.causes.flatMap(({ corrections }) =>
      corrections.filter(({ needsCopy }) => needsCopy).map(({ id }) => id),
    );
    expect(risky).toEqual(['icloud-photos-off-and-on', 'reset-app-preferences', 'reinstall-iphone', 'reinstall']);
    const testPhotos = [{ app: photosApp, at: '2026-11-22T11:00:00.000Z', outcome: 'nothing-sent' as const }];
    const { findings } = judge(buildReading(stalledPhone), catalog, { testPhotos });
    const reinstall = findings.find(({ cause }) => cause === 'reinstall')?.corrections[0];
    expect(reinstall).toMatchObject({ id: 'reinstall', kind: 'guided', needsCopy: true });
  });
});

describe('an automatic correction is not offered', () => {
  test('to wake an app that somebody else suspended', () => {
    expect(automatic('app-suspended', app({ suspended: true, suspendedBy: 'com.google.android.flipendo' }))).toEqual(
      [],
    );
  });

  test('to open an app whose screen is not known', () => {
    const unknown = unavailable('missing', 'Not told.');
    expect(automatic('app-stopped', app({ stopped: true, launcher: unknown }))).toEqual([]);
  });

  test('to call a mobile network or the Wi-Fi of Android 9 unmetered', () => {
    const marked = { metered: true, meteredMark: 'true' } as const;
    const waiting = app({ jobs: [waitingForWifi] });
    const mobile = { network: { ...marked, transports: ['CELLULAR'] }, ...waiting };
    expect(automatic('wifi-only-but-no-wifi', mobile)).toEqual([]);
    expect(automatic('wifi-only-but-no-wifi', { identity: { sdk: 28 }, network: marked, ...waiting })).toEqual([]);
  });

  test('where putting back a composite policy would lose a part of it', () => {
    const composite = app({ netPolicy: 5, netPolicyName: 'REJECT_METERED_BACKGROUND|ALLOW_METERED_BACKGROUND' });
    expect(automatic('background-data-denied', composite)).toEqual([]);
    expect(guided('background-data-denied', composite)).toEqual(['background-data-by-hand']);
    const other = { dataPolicy: { dataSaver: true }, network: { metered: true }, ...app({ netPolicy: 524_288 }) };
    expect(offered('data-saver', other).map(({ id }) => id)).toEqual(['data-saver-off', 'data-saver-by-hand']);
  });

  test('where the former state was not read', () => {
    const user = { identity: { userId: unavailable('denied', 'Not told.') } };
    expect(automatic('background-restricted', { ...user, ...app({ runAnyInBackground: 'ignore' }) })).toEqual([]);
    const uid = { uid: unavailable('timeout', 'No answer.') };
    expect(
      automatic('background-data-denied', app({ ...uid, netPolicy: 1, netPolicyName: 'REJECT_METERED_BACKGROUND' })),
    ).toEqual([]);
  });

  test('where an administrator fixed the permission', () => {
    const fixed = app({
      mediaAccess: 'none',
      permissions: media(denied, denied),
      policyFixed: ['android.permission.READ_MEDIA_IMAGES'],
    });
    expect(automatic('photos-permission', fixed)).toEqual([]);
  });

  test('where the shell may not leave the state: an app in deep sleep', () => {
    const asleep = app({ enabledState: 'disabled-until-used' });
    expect(automatic('app-disabled', asleep)).toEqual([]);
    expect(guided('app-disabled', asleep)).toEqual(['wake-deep-sleeping-app']);
  });

  test('to switch battery saver off on a cable, where it could not be switched on again', () => {
    expect(automatic('battery-saver', { power: { saverBeforePower: true } })).toEqual([]);
    const byHand = { saverSticky: true, saverAdaptive: false, schedule: 'percentage' } as const;
    const waiting = { ...byHand, saverBeforePower: true, saverPending: true };
    expect(automatic('battery-saver', { power: waiting })).toEqual([
      {
        commands: ['settings put global low_power_sticky 0'],
        inverse: ['dumpsys battery unplug', 'cmd power set-mode 1', 'dumpsys battery reset'],
      },
    ]);
    const on = { ...byHand, saverOn: true };
    const off = [{ commands: ['cmd power set-mode 0'], inverse: ['cmd power set-mode 1'] }];
    expect(automatic('battery-saver', { power: on })).toEqual([]);
    expect(automatic('battery-saver', { power: on, battery: { powered: false } })).toEqual(off);
    expect(automatic('battery-saver', { power: on, identity: { skin: 'samsung' } })).toEqual(off);
  });

  test('of battery saver where something else would keep it coming back', () => {
    const both = { saverSticky: true, saverPending: true, saverAdaptive: true, schedule: 'percentage' } as const;
    expect(automatic('battery-saver', { power: both })).toEqual([]);
    expect(guided('battery-saver', { power: both })).toEqual(['saver-off-by-hand']);
  });

  test('for the whole phone after one app was let past Data Saver', () => {
    const one = { dataPolicy: { dataSaver: true }, network: { metered: true } };
    const past: ReadingValues = {
      ...one,
      apps: { 'com.microsoft.skydrive': { ...healthyApp, netPolicy: 4 } },
    };
    expect(offered('data-saver', one).map(({ id }) => id)).toContain('data-saver-off');
    expect(offered('data-saver', past).map(({ id }) => id)).not.toContain('data-saver-off');
  });

  test('for a finding that is fine', () => {
    expect(offered('battery-optimized', {})).toEqual([]);
  });
});

describe('the guided correction', () => {
  test.each([
    { skin: 'samsung', sdk: 34, id: 'exempt-app-by-hand-samsung' },
    { skin: 'xiaomi', sdk: 34, id: 'exempt-app-by-hand' },
    { skin: 'pixel', sdk: 34, id: 'exempt-app-by-hand' },
    { skin: 'pixel', sdk: 29, id: 'exempt-app-by-hand' },
    { skin: 'vivo', sdk: 33, id: 'exempt-app-by-hand' },
  ] as const)('on $skin, API level $sdk, is $id', ({ skin, sdk, id }) => {
    expect(guided('battery-optimized', { identity: { skin, sdk }, ...app(dozing) })).toEqual([id]);
  });

  test('is the generic one where the menus are not known', () => {
    const values: ReadingValues = {
      ...healthyPhone,
      identity: {},
      apps: { [photosApp]: { ...healthyApp, ...dozing } },
    };
    const finding = judge(buildReading(values), catalog).findings.find(({ cause }) => cause === 'battery-optimized');
    expect(finding?.corrections.map(({ id }) => id)).toEqual(['exempt-app-samsung', 'exempt-app-by-hand']);
  });

  test('warns on Samsung that the exemption ends "never sleeping"', () => {
    const [first] = offered('battery-optimized', { identity: { skin: 'samsung' }, ...app(dozing) });
    expect(first?.caution).toContain('never sleeping apps');
  });
});

describe('every automatic correction of the catalog', () => {
  const all = catalog.causes.flatMap((cause) =>
    cause.corrections
      .filter((one): one is AutomaticCorrection => one.kind === 'automatic')
      .map((correction) => ({ cause: cause.id, correction, id: correction.id })),
  );

  test.each(all)('$cause: $id verifies itself by what it changes', ({ correction }) => {
    const recorded = new Set(correction.before);
    expect(correction.verify.reads.some((path) => recorded.has(path))).toBe(true);
    for (const path of correction.inverse.flatMap(templatePaths)) {
      if (path !== 'identity.userId' && path !== 'app.uid') expect(recorded).toContain(path);
    }
  });
});

describe('verification', () => {
  const correction = catalog.causes.find(({ id }) => id === 'battery-optimized')?.corrections[0];
  if (correction === undefined) throw new Error('There is no correction.');
  const verify = (leaves: AppValues) =>
    verifyCorrection(correction, buildReading(patched(healthyPhone, app(leaves))), photosApp, catalog);

  test('says whether it took, and unknown where the phone did not answer', () => {
    expect(verify({ exempt: true })).toBe(true);
    expect(verify({ exempt: false })).toBe(false);
    expect(verify({ exempt: unavailable('unplugged', 'Gone.') })).toBe('unknown');
  });
});

describe('a command', () => {
  const reading = buildReading({ identity: { userId: 0 }, network: { privateDnsHost: 'a b"; reboot #' }, apps: {} });
  const hostile = [`x; rm -rf /sdcard`, 'a b', `a"b`, `a'b`, '$(reboot)', '`reboot`', 'a\nreboot', '{app.uid}', '$&'];

  test.each(hostile)('keeps the app id %j one word', (id) => {
    expect(fillCommand('cmd deviceidle whitelist +{app}', reading, id)).toEqual([
      'cmd',
      'deviceidle',
      'whitelist',
      `+${id}`,
    ]);
  });

  test('is quoted for the shell, values from the phone included', () => {
    const words = fillCommand('settings put global x {network.privateDnsHost}', reading, null);
    expect(words).toEqual(['settings', 'put', 'global', 'x', 'a b"; reboot #']);
    expect(commandText(words)).toBe(`settings put global x 'a b"; reboot #'`);
    expect(commandText(fillCommand('pm enable {app}', reading, "it's"))).toBe(String.raw`pm enable 'it'\''s'`);
  });

  test('names the Wi-Fi in use when it is carried out, as one word', () => {
    const words = fillCommand('cmd netpolicy set metered-network {wifi} false', reading, null, `a'b "c"; reboot`);
    expect(words.slice(-2)).toEqual([`a'b "c"; reboot`, 'false']);
    expect(templatePaths('cmd netpolicy set metered-network {wifi} {network.meteredMark}')).toEqual([
      'network.meteredMark',
    ]);
  });

  test('is not written without its values', () => {
    expect(() => fillCommand('pm enable --user {identity.userId} {app}', reading, null)).toThrow(TemplateError);
    expect(() => fillCommand('x {power.triggerLevel}', reading, null)).toThrow(
      'power.triggerLevel could not be read, so the command cannot be written.',
    );
    expect(() => fillCommand('x {app.uid}', reading, 'com.absent')).toThrow(TemplateError);
  });
});

const sleeping = (asleepBy: 'phone' | 'owner' | 'nobody') =>
  guided('maker-sleeping', {
    identity: { skin: 'samsung' },
    ...app({ bucket: 45, runAnyInBackground: 'ignore', asleepBy }),
  });

describe('an app that a Samsung has put to sleep', () => {
  test('is taken off the list where its owner put it there, and kept from being put there again elsewhere', () => {
    expect(sleeping('owner')).toEqual(['take-off-the-list']);
    expect(sleeping('phone')).toEqual(['never-sleeping-apps']);
  });
});
