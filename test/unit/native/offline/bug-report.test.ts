import { describe, expect, test } from 'vitest';
import { readAndroid } from '../../../../native/android/read/read.ts';
import { BugReportReader } from '../../../../native/offline/bug-report.ts';
import { found, openFile, scope, textOf, folderOf } from './folder.ts';
import { battery, properties, report, section, service, smallReport } from './report-text.ts';
import { readFileCapture } from '../../../../native/offline/open-file.ts';
import { join } from 'node:path';
import { buildZip } from './zip-builder.ts';

describe('a bug report', () => {
  test('gives the answers of the probes that read its sections, and keeps nothing else', async () => {
    const { capture } = await openFile('bugreport-x.txt', smallReport());
    expect(found(capture)).toEqual([
      'getprop: getprop, whole',
      'storage: df, whole',
      'battery: dumpsys battery, whole',
    ]);
    expect(textOf(capture, 'battery')).toBe(`${battery(62)}\n`);
  });

  test('was taken when it says so, in the time zone of the phone', async () => {
    const { capture } = await openFile('bugreport-x.txt', smallReport('Asia/Kolkata'));
    expect(capture.startedAt).toBe('2025-12-09T11:34:14.000Z');
    expect(capture.answers.find(({ probe }) => probe === 'battery')).toMatchObject({
      startedAt: '2025-12-09T11:35:19.750Z',
      durationMs: 250,
    });
    expect(capture.durationMs).toBe(66_000);
  });

  test('counts as taken in UTC where the zone is not known', async () => {
    const { capture } = await openFile('bugreport-x.txt', smallReport('Mars/Olympus'));
    expect(capture.startedAt).toBe('2025-12-09T17:04:14.000Z');
  });

  test('has the id of the serial it holds, and the name of the file as its origin', async () => {
    const { capture } = await openFile('bugreport-x.txt', smallReport());
    expect([capture.phoneId, capture.origin, capture.brokenOff]).toEqual(['HT1234567890', 'bugreport-x.txt', null]);
  });

  test('is read into values; what it lacks is missing', async () => {
    const { capture, read } = await openFile('bugreport-x.txt', smallReport());
    const reading = read(capture);
    expect(reading.battery.level).toEqual({ value: 62, source: 'battery' });
    expect(reading.storage.freeBytes).toEqual({ value: 54_005_076 * 1024, source: 'storage' });
    expect(reading.power.saverOn).toEqual({
      unavailable: 'missing',
      detail: 'Not in bugreport-x.txt.',
      source: 'settings-global',
    });
  });

  test.each([
    [
      'UTF-16 with CRLF, as PowerShell saves it',
      Buffer.from(`\uFEFF${smallReport().replaceAll('\n', '\r\n')}`, 'utf16le'),
    ],
    ['UTF-16BE', Buffer.from(`\uFEFF${smallReport()}`, 'utf16le').swap16()],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${smallReport()}`, 'utf8')],
    ['CRLF', Buffer.from(smallReport().replaceAll('\n', '\r\n'))],
  ])('reads the same from %s', async (_name, bytes) => {
    const { capture } = await openFile('bugreport-x.txt', bytes);
    const plain = await openFile('bugreport-x.txt', smallReport());
    expect(readAndroid(capture)).toEqual(readAndroid(plain.capture));
  });

  test('comes from the file that main_entry.txt names in a zip', async () => {
    const folder = await folderOf({
      'bugreport.zip': buildZip([
        { name: 'version.txt', content: '2.0' },
        { name: 'FS/data/anr/bugreport-other.txt', content: report(service('battery', battery(1))) },
        { name: 'main_entry.txt', content: 'report-13.txt\n' },
        { name: 'report-13.txt', content: smallReport() },
      ]),
    });
    const { capture, read } = await readFileCapture(join(folder, 'bugreport.zip'), scope);
    expect(capture.origin).toBe('bugreport.zip');
    expect(read(capture).battery.level).toEqual({ value: 62, source: 'battery' });
  });

  test('takes a service asked in its turn for better than the same asked ahead, unless that broke off', async () => {
    const ahead = service('battery', battery(1), { rank: 'CRITICAL' });
    const whole = await openFile('b.txt', report(ahead, service('battery', battery(2))));
    expect(textOf(whole.capture, 'battery')).toContain('level: 2');
    const broken = await openFile(
      'b.txt',
      report(ahead, service('battery', 'Current', { end: '' }), section('X', 'x', '')),
    );
    expect(textOf(broken.capture, 'battery')).toContain('level: 1');
  });

  test('says where a section was cut, ended by a time-out, or is where the file ends', async () => {
    const timeout = `${battery(3)}\n\n*** SERVICE 'battery' DUMP TIMEOUT (10000ms) EXPIRED ***\n`;
    const { capture } = await openFile(
      'b.txt',
      report(
        service('battery', timeout),
        service('power', 'POWER MANAGER (dumpsys power)', { end: '' }),
        service('wifi', 'Wi-Fi is enabled', { end: '' }),
      ),
    );
    expect(found(capture)).toEqual([
      'battery: dumpsys battery, timeout',
      'power: dumpsys power, truncated',
      'wifi: dumpsys wifi, truncated',
    ]);
    expect(readAndroid(capture).battery.level).toMatchObject({ unavailable: 'timeout' });
    expect(readAndroid(capture).power.saverOn).toMatchObject({ unavailable: 'truncated' });
  });

  test('takes a command that another section follows for whole, as Android 10 and later write no last line below a short one', async () => {
    const short = `------ SYSTEM PROPERTIES (getprop) ------\n${properties('UTC')}\n\n`;
    const other = section('UPTIME', 'uptime', ' 10:00:00 up 1 day, 2:03, 0 users, load average: 1, 1, 1');
    const { capture } = await openFile('bugreport.txt', report(short, other));
    expect(found(capture)).toContain('getprop: getprop, whole');
    const { capture: cut } = await openFile('bugreport.txt', report(other, short));
    expect(found(cut)).toContain('getprop: getprop, truncated');
  });

  test('of Android 7 heads the properties without their command', async () => {
    const { capture } = await openFile(
      'bugreport.txt',
      report(`------ SYSTEM PROPERTIES ------\n${properties('UTC')}\n\n`, service('battery', battery(62))),
    );
    expect(found(capture)).toContain('getprop: getprop, whole');
  });

  test('does not take a heading inside a dump for one of its own', async () => {
    const spoof = `${battery(4)}\nDUMP OF SERVICE power:\n--------- 1.0s was the duration of dumpsys power\n--------- beginning of main`;
    const { capture } = await openFile('b.txt', report(service('battery', spoof)));
    expect(found(capture)).toEqual(['battery: dumpsys battery, whole']);
    expect(textOf(capture, 'battery')).toBe(`${spoof}\n`);
  });

  test('splits the activity manager into the parts that are asked alone', async () => {
    const rule = '-'.repeat(79);
    const body = [
      'ACTIVITY MANAGER SETTINGS (dumpsys activity settings) activity_manager_constants:',
      '  CUR_MAX_CACHED_PROCESSES=32',
      rule,
      'ACTIVITY MANAGER PENDING INTENTS (dumpsys activity intents)',
      '  * com.x: 1 items',
      rule,
      'ACTIVITY MANAGER PROCESS EXIT INFO (dumpsys activity exit-info)',
      '  package: com.x',
      rule,
      'APP BACKGROUND RESTRICTIONS',
      `    #0 RestrictionLevel{845de9:${PHOTOS_UID}} background_restricted levelChange=-11h`,
    ].join('\n');
    const { capture } = await openFile('b.txt', report(service('activity', body)));
    expect(found(capture)).toEqual([
      'activity-settings: dumpsys activity settings, whole',
      'exit-info-dump: dumpsys activity exit-info, whole',
      'restriction-level-dump: dumpsys activity, whole',
    ]);
    expect(textOf(capture, 'activity-settings')).toBe(body.split(`${rule}\n`)[0]);
    expect(readAndroid(capture).apps['com.google.android.apps.photos']?.restrictionLevel).toEqual({
      value: 'background_restricted',
      source: 'restriction-level-dump',
    });
  });

  test('finds the event log and check-in statistics by what was asked', async () => {
    const { capture } = await openFile(
      'b.txt',
      report(
        section('EVENT LOG', 'logcat -b events -v threadtime -v printable -v uid -d *:v', '12-09 17:04:15.644 x'),
        section('LAST LOGCAT', 'logcat -L -b events -v threadtime -d *:v', 'older'),
        section('CHECKIN BATTERYSTATS', '/system/bin/dumpsys -T 30000 batterystats -c', '9,0,i,vers,36'),
      ),
    );
    expect(found(capture)).toEqual([
      'event-log: logcat -b events, whole',
      'batterystats: dumpsys batterystats --checkin, whole',
    ]);
  });

  test('cuts a section that is longer than the cap, and everything after the cap of the whole', () => {
    const reader = new BugReportReader();
    reader.push(Buffer.from(report(section('SYSTEM PROPERTIES', 'getprop', properties('UTC')))));
    for (const name of ['wifi', 'power', 'connectivity', 'netpolicy']) {
      reader.push(Buffer.from(service(name, '', { end: '' })));
      for (let index = 0; index < (name === 'wifi' ? 17 : 14); index += 1) {
        reader.push(Buffer.from(`${'x'.repeat(63)}\n`.repeat(16_384)));
      }
      reader.push(Buffer.from(`--------- 0.1s was the duration of dumpsys ${name}\n`));
    }
    const ended = reader.finish('2025-12-09T17:04:14.000Z').dumps.map(({ command, ended }) => `${command} ${ended}`);
    expect(ended).toEqual([
      'getprop whole',
      'dumpsys wifi truncated',
      'dumpsys power whole',
      'dumpsys connectivity truncated',
      'dumpsys netpolicy truncated',
    ]);
  });

  test('comes out the same however its bytes arrive', () => {
    const bytes = Buffer.from(smallReport());
    const readIn = (size: number) => {
      const reader = new BugReportReader();
      for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
      return reader.finish('2025-12-09T17:04:14.000Z');
    };
    const whole = readIn(bytes.length);
    for (const size of [1, 2, 7, 79, 80, 81]) expect(readIn(size)).toEqual(whole);
  });
});

const PHOTOS_UID = 'com.google.android.apps.photos/10204';
