import { writeFileSync } from 'node:fs';
import { symlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { androidProbes } from '../../../../native/android/read/read.ts';
import { dumpKinds, recogniseDump } from '../../../../native/offline/dump-kinds.ts';
import { readFileCapture } from '../../../../native/offline/open-file.ts';
import { folderOf, found, openFile, PHOTOS, scope, textOf, troubleOf } from './folder.ts';
import { battery, properties, smallReport } from './report-text.ts';
import { buildZip } from './zip-builder.ts';

const askedAbout = (bucket: number, mode: string) =>
  `$ am get-standby-bucket ${PHOTOS}\n${bucket}\n$ appops get ${PHOTOS}\nRUN_ANY_IN_BACKGROUND: ${mode}\n`;
const transcriptOf = (...serials: string[]) =>
  serials.map((serial) => `$ adb -s ${serial} shell dumpsys battery\n${battery(41)}\n`).join('');
const propertiesOf = (device: string, serial: string) =>
  `[ro.product.device]: [${device}]\n[ro.serialno]: [${serial}]\n[ro.build.version.sdk]: [34]\n`;

const settingsIn = async (text: string) => {
  const { capture, read } = await openFile('a.txt', text);
  return read(capture);
};

describe('a single dump', () => {
  test('is recognised by what it holds, whatever its name', async () => {
    const { capture, read } = await openFile('note from customer.txt', battery(41));
    expect(found(capture)).toEqual(['battery: dumpsys battery, whole']);
    expect(read(capture).battery.level).toEqual({ value: 41, source: 'battery' });
  });

  test('holds what it is, not what it is called', () => {
    expect(recogniseDump('dumpsys_wifi.txt', battery(41))?.command).toBe('dumpsys battery');
  });

  test('is recognised by a telling name where its beginning says nothing', () => {
    const middle = '    Required constraints: CHARGING [0x1]\n';
    expect(recogniseDump('charge-limit_dumpsys_jobscheduler.txt', middle)?.command).toBe('dumpsys jobscheduler');
    expect(recogniseDump('jobs.txt', middle)).toBeNull();
  });

  test('that is none is said to be none, by its name', async () => {
    const { capture, read } = await openFile('dumpsys_battery.txt', 'level of my phone\nis low\n');
    expect(read(capture).battery.level).toEqual({
      unavailable: 'unparsed',
      detail: 'dumpsys_battery.txt is not a battery dump.',
      source: 'battery',
    });
    const folder = await folderOf({ 'dumpsys_power.txt': 'error: no devices found\n', 'b.txt': battery(41) });
    const both = await readFileCapture(folder, scope);
    expect(both.read(both.capture).power.saverOn).toMatchObject({ detail: 'dumpsys_power.txt is not a power dump.' });
    expect(both.read(both.capture).battery.level).toMatchObject({ value: 41 });
  });

  test('of which one line is known says what the line says', async () => {
    const { capture, read } = await openFile('dumpsys_battery.txt', 'a note\n  level: 41\n');
    expect(read(capture).battery.level).toMatchObject({ value: 41 });
  });

  test.each([
    ['global.txt', 'airplane_mode_on=0\n', 'settings list global'],
    ['settings/secure.txt', 'default_input_method=x\nlocation_mode=3\n', 'settings list secure'],
    ['s.txt', 'screen_brightness=100\n', 'settings list system'],
    ['settings/global.txt', 'some_key_of_the_maker=1\n', 'settings list global'],
    ['p.txt', '[ro.product.model]: [SM-S936B]\n', 'getprop'],
    ['p.txt', 'package:com.x uid:10204\n', 'pm list packages'],
    ['p.txt', 'Activity Resolver Table:\n  Schemes:\n', 'dumpsys package'],
    ['p.txt', 'user,com.whatsapp,10291\n', 'dumpsys deviceidle'],
    ['e.txt', 'ACTIVITY MANAGER PROCESS EXIT INFO (dumpsys activity exit-info)\n', 'dumpsys activity exit-info'],
    ['am get-current-user.txt', '10\n', 'am get-current-user'],
    [
      'dumpsys_activity_settings.txt',
      'ACTIVITY MANAGER SETTINGS (dumpsys activity settings)\n',
      'dumpsys activity settings',
    ],
    ['p.txt', 'chain:enabled\n', 'cmd connectivity get-chain3-enabled'],
    ['pm_list_packages_-d.txt', 'package:com.x\n', 'pm list packages -d'],
    ['pm list packages -e.txt', 'package:com.x\n', 'pm list packages -e'],
    ['pm_list_packages_u.txt', 'package:com.x\n', 'pm list packages -u'],
    ['packages.json', '[\n    {\n        "name": "com.x",\n        "files": []', 'androidqf packages.json'],
    ['m.txt', 'mMARsTargetPackages --- size 0\n', 'dumpsys activity mars list'],
    ['dumpsys_activity.txt', 'ACTIVITY MANAGER SETTINGS (dumpsys activity settings)\n', 'dumpsys activity'],
  ])('%s is told apart', (name, head, command) => {
    expect(recogniseDump(name, head)?.command).toBe(command);
  });

  test('counts as taken when the file was last written, and has its name as its id', async () => {
    const folder = await folderOf({ 'dumpsys_battery.txt': battery(41) });
    const path = join(folder, 'dumpsys_battery.txt');
    await utimes(path, 1_700_000_000, 1_700_000_000);
    const { capture } = await readFileCapture(path, scope);
    expect([capture.startedAt, capture.phoneId]).toEqual(['2023-11-14T22:13:20.000Z', 'dumpsys_battery.txt']);
  });

  test('that is longer than the cap is cut and says so', async () => {
    const { capture, read } = await openFile('b.txt', `${battery(41)}\n${'x'.repeat(17 * 1024 * 1024)}`);
    expect(found(capture)).toEqual(['battery: dumpsys battery, truncated']);
    expect(read(capture).battery.level).toMatchObject({ unavailable: 'truncated' });
  });

  test('may hold bytes that are no text and zero bytes', async () => {
    const { capture } = await openFile(
      'b.txt',
      Buffer.concat([Buffer.from(battery(41)), Buffer.from([0, 0xff, 0xc3, 0])]),
    );
    expect(found(capture)).toEqual(['battery: dumpsys battery, whole']);
  });

  test.each([
    ['a picture that is called photos', 'photos.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    ['an empty file', 'dumpsys_battery.txt', Buffer.alloc(0)],
    ['a program', 'dumpsys_battery.txt', Buffer.alloc(5000)],
    ['a letter', 'letter.txt', Buffer.from('Dear customer,\nyour battery is fine.\n')],
  ])('is not %s', async (_what, name, content) => {
    expect(await troubleOf(openFile(name, content))).toBe('not-recognised');
  });
});

describe('a folder of dumps', () => {
  test('is one phone, each answer named with the file it lies in', async () => {
    const folder = await folderOf({
      'dumpsys_battery.txt': battery(41),
      'settings/global.txt': 'airplane_mode_on=1\n',
      'getprop.txt': `${properties('UTC')}\n`,
      'readme.md': 'taken on Monday',
      '.hidden': battery(99),
    });
    const { capture, read, unread } = await readFileCapture(folder, scope);
    expect(found(capture)).toEqual([
      'battery: dumpsys battery (dumpsys_battery.txt), whole',
      'getprop: getprop (getprop.txt), whole',
      'settings-global: settings list global (settings/global.txt), whole',
    ]);
    expect([capture.phoneId, unread]).toEqual(['HT1234567890', ['readme.md']]);
    expect(read(capture).network.airplaneMode).toEqual({ value: true, source: 'settings-global' });
  });

  test('may come as a zip', async () => {
    const zip = buildZip([
      { name: 'phone/', content: '' },
      { name: 'phone/dumpsys_battery.txt', content: battery(41) },
      { name: 'phone/photo.jpg', content: Buffer.from([0xff, 0xd8]) },
    ]);
    const { capture, unread } = await openFile('dumps.zip', zip);
    expect(found(capture)).toEqual(['battery: dumpsys battery (phone/dumpsys_battery.txt), whole']);
    expect(unread).toEqual(['phone/photo.jpg']);
  });

  test('may be an unpacked bug report', async () => {
    const folder = await folderOf({
      'main_entry.txt': 'report.txt',
      'report.txt': smallReport(),
      'FS/proc/dumpsys_battery.txt': battery(1),
    });
    const { capture } = await readFileCapture(folder, scope);
    expect(found(capture)).toContain('battery: dumpsys battery, whole');
    expect(capture.answers).toHaveLength(3);
  });

  test('is not left through a symbolic link', async () => {
    const outside = await folderOf({ 'dumpsys_battery.txt': battery(41) });
    const folder = await folderOf({ 'getprop.txt': `${properties('UTC')}\n` });
    await symlink(outside, join(folder, 'link'));
    await symlink(join(outside, 'dumpsys_battery.txt'), join(folder, 'dumpsys_battery.txt'));
    const { capture } = await readFileCapture(folder, scope);
    expect(found(capture)).toEqual(['getprop: getprop, whole']);
  });

  test('with more files than the cap is refused', async () => {
    const folder = await folderOf();
    for (let index = 0; index < 5001; index += 1) writeFileSync(join(folder, `${index}.txt`), '');
    expect(await troubleOf(readFileCapture(folder, scope))).toBe('folder-too-large');
  });

  test('without a known dump is not recognised', async () => {
    expect(await troubleOf(readFileCapture(await folderOf({ 'a.txt': 'x' }), scope))).toBe('not-recognised');
  });
});

test('every probe that a file may answer has a dump to be found in', () => {
  const inFiles = new Set(dumpKinds.flatMap(({ probes }) => probes));
  const missing = androidProbes.filter(({ id, per }) => per === 'phone' && !inFiles.has(id)).map(({ id }) => id);
  // A file says nothing about the phone's clock and its present start, and its location switch is one of its secure settings.
  // Nobody should be asked for a dump of notifications; and files of the camera folder are listed in no form of their own.
  expect(missing.toSorted()).toEqual(['boot-id', 'camera-files', 'clock', 'data-limit', 'location']);
  const ids = new Set(androidProbes.map(({ id }) => id));
  expect([...inFiles].filter((id) => !ids.has(id))).toEqual([]);
});

describe('a text file as people send it', () => {
  const level = 'Current Battery Service state:\n  AC powered: false\n  level: 41\n  scale: 100\n';
  const idle = '  Whitelist system apps:\n    com.android.shell\n  mLightEnabled=true  mDeepEnabled=true\n';

  test('tells of the firewall for single apps, which is off or on and lets each app through or not', async () => {
    const text = `$ cmd connectivity get-chain3-enabled\nchain:enabled\n$ cmd connectivity get-package-networking-enabled ${PHOTOS}\n${PHOTOS}:deny\n$ pm list packages -d com.google.android.gms\npackage:com.google.android.gms\n$ \n`;
    const { capture, read } = await openFile('anna.txt', text);
    const { network, apps, system } = read(capture);
    expect([network.appFirewall, apps[PHOTOS]?.networkDenied, system.playServices]).toMatchObject([
      { value: true },
      { value: true },
      { value: 'off' },
    ]);
  });

  test('may be the transcript of a terminal with several dumps', async () => {
    const text = `C:\\> adb shell dumpsys battery\n${level}\nC:\\> adb -s R5CT shell dumpsys deviceidle\n${idle}\nC:\\>\n`;
    const { capture } = await openFile('anna.txt', text);
    expect(found(capture)).toEqual(['battery: dumpsys battery, whole', 'deviceidle: dumpsys deviceidle, whole']);
    expect(textOf(capture, 'battery')).toBe(level);
  });

  test('may be a page with blocks of code', async () => {
    const { capture } = await openFile('notes.txt', `My phone:\n\n\`\`\`\n${level}\`\`\`\n\nlevel: 3\n`);
    expect(textOf(capture, 'battery')).toBe(level);
  });

  test('is not cut where a line of the dump merely looks like a prompt', async () => {
    const { capture } = await openFile('battery.txt', level.replace('  level', '  a note: 5 %\nnext >\n  level'));
    expect(textOf(capture, 'battery')).toContain('level: 41');
  });

  test('of which lines were picked out proves nothing', async () => {
    const { capture } = await openFile('a.txt', `$ dumpsys deviceidle | grep Whitelist\n  Whitelist system apps:\n$\n`);
    expect(found(capture)).toEqual(['deviceidle: dumpsys deviceidle, truncated']);
  });

  test('may hold two dumps one after the other, without a word between', async () => {
    const { capture } = await openFile('battery.txt', `${level}\nSystem ready: true\nRestrict background: false\n`);
    expect(found(capture)).toEqual(['battery: dumpsys battery, whole', 'netpolicy: dumpsys netpolicy, whole']);
  });

  test('that ends within a line loses that line: a piece of a value is another value', async () => {
    const { capture, read } = await openFile('battery.txt', level.slice(0, level.indexOf('41') + 1));
    expect(read(capture).battery.level).toMatchObject({ unavailable: 'missing' });
  });

  test('may be the answer about one app: its name stands in the command, or in that of the file', async () => {
    const text = `$ appops get ${PHOTOS}\nRUN_ANY_IN_BACKGROUND: ignore\n$ am get-standby-bucket ${PHOTOS}\n45\n$\n`;
    const { capture, read } = await openFile('anna.txt', text);
    const leaves = read(capture).apps[PHOTOS];
    expect([leaves?.runAnyInBackground, leaves?.bucket]).toMatchObject([{ value: 'ignore' }, { value: 45 }]);
    const file = await openFile(`appops_get_${PHOTOS}.txt`, 'RUN_ANY_IN_BACKGROUND: ignore\n');
    expect(file.read(file.capture).apps[PHOTOS]?.runAnyInBackground).toMatchObject({ value: 'ignore' });
  });

  const ownerAndMore = 'Users:\n\tUserInfo{0:Anna:4c13} running\n\tUserInfo{77:Wartungsmodus:80410} running';
  test.each([
    ['pm_list_users.txt', ownerAndMore, 'unparsed'],
    ['pm_list_users.txt', `${ownerAndMore}\n`, 'missing'],
    ['a.txt', `$ adb shell pm list users\n${ownerAndMore}`, 'unparsed'],
    ['a.txt', `$ adb shell pm list users\n${ownerAndMore}\n$ `, 'missing'],
  ])('that is a list of users and ends within a line is no list of them all (%s)', async (name, text, reason) => {
    const { capture, read } = await openFile(name, text);
    expect(read(capture).identity.userKind).toMatchObject({ unavailable: reason });
  });

  test('that is a list of packages and ends within a line proves of none that it is not there', async () => {
    const { capture, read } = await openFile('pm_list_packages.txt', `package:android\npackage:${PHOTOS}`);
    expect(read(capture).apps[PHOTOS]?.installed).toMatchObject({ unavailable: 'truncated' });
    const listed = await openFile('pm_list_packages.txt', `package:android\npackage:${PHOTOS}\npackage:com.goo`);
    expect(listed.read(listed.capture).apps[PHOTOS]?.installed).toMatchObject({ value: true });
  });

  test.each([
    [`appops get ${PHOTOS} CAMERA`, 'CAMERA: allow; time=+5m ago\n'],
    [`appops get --user 0 ${PHOTOS} RUN_IN_BACKGROUND`, 'No operations.\nDefault mode: allow\n'],
  ])('about one operation (%s) tells of no other that it stands at its default', async (command, answer) => {
    const { capture, read } = await openFile('anna.txt', `$ adb shell ${command}\n${answer}$\n`);
    expect(read(capture).apps[PHOTOS]?.runAnyInBackground).toMatchObject({ unavailable: 'truncated' });
    const file = await openFile(`appops_get_${PHOTOS}.txt`, answer);
    expect(file.read(file.capture).apps[PHOTOS]?.runAnyInBackground).toMatchObject({ unavailable: 'truncated' });
  });

  test.each([
    ['ignore', 'RUN_ANY_IN_BACKGROUND: ignore\n'],
    ['default', 'No operations.\nDefault mode: allow\n'],
  ])('about running in the background alone tells that: %s', async (value, answer) => {
    const command = `appops get ${PHOTOS} RUN_ANY_IN_BACKGROUND`;
    for (const [name, text] of [
      ['anna.txt', `$ adb shell ${command}\n${answer}$\n`],
      [`${command.replaceAll(' ', '_')}.txt`, answer],
    ] as const) {
      const { capture, read } = await openFile(name, text);
      const leaves = read(capture).apps[PHOTOS];
      expect(leaves?.runAnyInBackground).toMatchObject({ value });
      expect(leaves?.runInBackground).toMatchObject({ unavailable: 'missing' });
    }
  });

  const ofOwner = `$ am get-standby-bucket --user 0 ${PHOTOS}\n10\n$ appops get ${PHOTOS}\nRUN_ANY_IN_BACKGROUND: allow\n`;
  const ofAnother = `$ am get-standby-bucket --user 10 ${PHOTOS}\n45\n$ appops get --user 10 ${PHOTOS}\nCAMERA: allow; time=+1d2h3m4s5ms ago\nRUN_ANY_IN_BACKGROUND: ignore\n`;
  test.each([
    ['alone', ofAnother, { unavailable: 'truncated' }, { unavailable: 'truncated' }],
    ['after it', ofOwner + ofAnother, { value: 10 }, { value: 'allow' }],
    ['before it', ofAnother + ofOwner, { value: 10 }, { value: 'allow' }],
  ])("about another user is not the owner's: %s", async (_where, text, bucket, operation) => {
    const { capture, read } = await openFile('a.txt', `${text}$\n`);
    const leaves = read(capture).apps[PHOTOS];
    expect([leaves?.bucket, leaves?.runAnyInBackground]).toMatchObject([bucket, operation]);
  });

  test('asked again counts as it was answered last: that is how the phone is now', async () => {
    const { capture, read } = await openFile(
      'before and after.txt',
      askedAbout(45, 'ignore') + askedAbout(10, 'allow'),
    );
    const leaves = read(capture).apps[PHOTOS];
    expect([leaves?.bucket, leaves?.runAnyInBackground]).toMatchObject([{ value: 10 }, { value: 'allow' }]);
  });

  test('asked again for a few lines only, counts as it was answered whole', async () => {
    const { capture } = await openFile(
      'a.txt',
      `$ dumpsys battery\n${level}$ dumpsys battery | grep level\n  level: 9\n`,
    );
    expect(found(capture)).toEqual(['battery: dumpsys battery, whole']);
  });

  test.each(['-s', '-3', '--user 10', 'com.google'])(
    'that lists packages with %s proves of no app that it is not there',
    async (part) => {
      const list = 'package:android\npackage:com.google.android.gms\n';
      const { capture, read } = await openFile('a.txt', `$ adb shell pm list packages ${part}\n${list}`);
      expect(read(capture).apps[PHOTOS]?.installed).toMatchObject({ unavailable: 'truncated' });
    },
  );

  test('that lists all packages, with more about each, proves which are not there', async () => {
    const text = '$ adb shell pm list packages -U -f --user 0\npackage:/system/a.apk=android uid:1000\n';
    const { capture, read } = await openFile('a.txt', text);
    expect(read(capture).apps[PHOTOS]?.installed).toMatchObject({ value: false });
  });

  test('of several phones is not read as one', async () => {
    expect(await troubleOf(openFile('a.txt', transcriptOf('A1', 'B2')))).toBe('several-phones');
    expect(await troubleOf(openFile('a.txt', transcriptOf('A1', 'A1')))).toBe('no trouble');
    const folder = (other: string) =>
      folderOf({ 'a/getprop.txt': propertiesOf('shiba', 'A1'), 'b/getprop.txt': other });
    expect(await troubleOf(readFileCapture(await folder(propertiesOf('e1s', 'unknown')), scope))).toBe(
      'several-phones',
    );
    expect(await troubleOf(readFileCapture(await folder(propertiesOf('shiba', 'B2')), scope))).toBe('several-phones');
    expect(await troubleOf(readFileCapture(await folder(propertiesOf('shiba', 'A1')), scope))).toBe('no trouble');
  });

  test('may be sizes that the phone has rounded', async () => {
    const { capture, read } = await openFile(
      'df_h.txt',
      'Filesystem  Size Used Avail Use% Mounted on\n/dev/dm-7  110G  12G   98G  11% /data\n',
    );
    expect(read(capture).storage.totalBytes).toMatchObject({ value: 110 * 1024 ** 3 });
  });
});

describe('a saved list of settings', () => {
  const common = 'airplane_mode_on=0\nauto_time=1\nbluetooth_on=1\n';
  const rest = 'data_roaming=0\ndevice_provisioned=1\nmode_ringer=2\nstay_on_while_plugged_in=0\nwifi_on=1\n';
  const end = 'wifi_sleep_policy=2\n';
  const secureEnd = 'android_id=0123456789abcdef\nlocation_mode=3\nuser_setup_complete=1\n';
  const secure = `accessibility_display_magnification_enabled=0\n${secureEnd}`;
  test('that is whole tells by what is not in it that Android stands at its default', async () => {
    const { network, identity } = await settingsIn(`$ settings list global\n${common}${rest}${end}`);
    expect(network.captivePortalDetection).toMatchObject({ value: true });
    expect(identity.repairMode).toMatchObject({ value: false });
    expect((await settingsIn(`$ settings list secure\n${secure}`)).network.alwaysOnVpn).toMatchObject({ value: '' });
  });

  test.each([
    ['its end', common],
    ['its beginning', rest + end],
    ['its middle', common + end],
    ['all but a few lines', 'low_power=0\nlow_power_trigger_level=0\n'],
  ])('that is not whole (%s) tells no default', async (_what, text) => {
    const { network, identity, system } = await settingsIn(
      `$ settings list global\n${text}private_dns_default_mode=off\n`,
    );
    for (const leaf of [network.captivePortalDetection, identity.repairMode, system.appStandby, network.privateDnsMode])
      expect(leaf).toMatchObject({ unavailable: 'truncated' });
  });

  test('tells no default of what would stand before the first line that every phone has', async () => {
    const { system } = await settingsIn(`$ settings list global\n${common}${rest}${end}`);
    expect(system.adaptiveBattery).toMatchObject({ unavailable: 'truncated' });
  });

  test("of a user that lost its beginning tells no VPN, and one of Samsung's modes that is off tells nothing of the others", async () => {
    const { network } = await settingsIn(`$ settings list secure\n${secureEnd}`);
    expect([network.alwaysOnVpn, network.alwaysOnVpnLockdown]).toMatchObject([
      { unavailable: 'truncated' },
      { unavailable: 'truncated' },
    ]);
    const { power } = await settingsIn('$ settings list system\nemergency_mode=0\nscreen_brightness=9\n');
    expect(power.extremeMode).toMatchObject({ unavailable: 'missing' });
  });
});
