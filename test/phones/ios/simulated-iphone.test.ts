import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sampleIphone, sampleIphones } from '../../../native/samples/ios/sample-iphones.ts';
import { readPlist, type PlistValue } from '../../../native/ios/read/plist.ts';
import { missingTools, runTool, startTool } from './debian-tools.ts';
import { SimulatedIphone } from './simulated-iphone.ts';
import { startSimulatedUsbmuxd, type SimulatedUsbmuxd } from './simulated-usbmuxd.ts';

const suite = missingTools.length === 0 ? describe : describe.skip;
const title = missingTools.length === 0 ? '' : ` (skipped: not installed: ${missingTools.join(', ')})`;

let usbmuxd: SimulatedUsbmuxd;

beforeEach(async () => {
  usbmuxd = await startSimulatedUsbmuxd();
});

afterEach(async () => {
  await usbmuxd.stop();
});

function plug(id: string, options: ConstructorParameters<typeof SimulatedIphone>[1] = {}): SimulatedIphone {
  const phone = new SimulatedIphone(sampleIphone(id).create(), options);
  usbmuxd.plug(phone);
  return phone;
}

/** Runs a tool for one phone. */
async function ask(phone: SimulatedIphone, tool: Parameters<typeof runTool>[1], ...args: readonly string[]) {
  return runTool(usbmuxd.address, tool, '-u', phone.udid, ...args);
}

function parsed(xml: string): PlistValue {
  const result = readPlist(Buffer.from(xml));
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
}

suite(`the real tools accept the simulated iPhone${title}`, () => {
  test('idevice_id lists the phones, each UDID with its hyphen', async () => {
    plug('healthy');
    plug('healthy-ios12');
    const { output } = await runTool(usbmuxd.address, 'idevice_id', '-l');
    expect(output.split('\n')).toEqual(['00008120-0012ABCD00000001', 'f00dfeed00000000000000000000000000000002', '']);
  });

  test('a phone that is pulled out is no longer listed', async () => {
    const phone = plug('healthy');
    usbmuxd.unplug(phone.udid);
    expect((await runTool(usbmuxd.address, 'idevice_id', '-l')).output).toBe('');
  });

  test.each(['healthy', 'healthy-ios12', 'healthy-ios14', 'healthy-ios16', 'healthy-ios17', 'healthy-ios26'])(
    'ideviceinfo -x reads the global values of %s',
    async (id) => {
      const phone = plug(id);
      const { exitCode, output } = await ask(phone, 'ideviceinfo', '-x');
      expect(exitCode).toBe(0);
      expect(parsed(output)).toMatchObject({
        ProductType: phone.model.identity.productType,
        ProductVersion: phone.model.identity.productVersion,
        UniqueDeviceID: phone.udid,
        PasswordProtected: false,
      });
    },
  );

  test('ideviceinfo -q reads a domain', async () => {
    const phone = plug('low-disk');
    const { output } = await ask(phone, 'ideviceinfo', '-x', '-q', 'com.apple.disk_usage');
    expect(parsed(output)).toMatchObject({ AmountDataAvailable: 412_000_000, TotalDiskCapacity: 128_000_000_000 });
  });

  test('the language of the phone is told', async () => {
    const { output } = await ask(
      plug('healthy-french'),
      'ideviceinfo',
      '-q',
      'com.apple.international',
      '-k',
      'Locale',
    );
    expect(output).toBe('fr_FR\n');
  });

  test('ideviceinfo -s, without a session, gets few values and no domain', async () => {
    const phone = plug('healthy', { pairing: 'never' });
    const values = await ask(phone, 'ideviceinfo', '-s', '-x');
    expect(parsed(values.output)).toMatchObject({ ProductType: 'iPhone15,4', DeviceName: 'iPhone 15' });
    expect(parsed(values.output)).not.toHaveProperty('SerialNumber');
    const locked = await ask(phone, 'ideviceinfo', '-s', '-k', 'PasswordProtected');
    expect(locked.output).toBe('');
    expect(phone.trust.dialogsShown).toBe(0);
  });

  test('the battery entry of an iPhone 6 is AppleARMPMUCharger, with its capacities at the top', async () => {
    const phone = plug('healthy-ios12');
    const { output } = await ask(phone, 'idevicediagnostics', 'ioregentry', 'AppleARMPMUCharger');
    expect(parsed(output)).toMatchObject({ IORegistry: { DesignCapacity: 1751, Temperature: 2890 } });
  });

  test('the battery entry of a newer iPhone is AppleSmartBattery, with its capacities in BatteryData', async () => {
    const phone = plug('low-battery');
    const { output } = await ask(phone, 'idevicediagnostics', 'ioregentry', 'AppleSmartBattery');
    expect(parsed(output)).toMatchObject({
      IORegistry: {
        BatteryData: { DesignCapacity: 3349, NominalChargeCapacity: 3048, MaximumCapacityPercent: 91 },
        InstantAmperage: 2n ** 64n - 412n,
      },
    });
  });

  test('an entry that the phone does not have, and any plane, come empty', async () => {
    const phone = plug('healthy');
    const missing = await ask(phone, 'idevicediagnostics', 'ioregentry', 'AppleARMPMUCharger');
    expect(parsed(missing.output)).toEqual({});
    const plane = await ask(phone, 'idevicediagnostics', 'ioreg', 'IOPower');
    expect(parsed(plane.output)).toEqual({ IORegistry: {} });
  });

  test('idevicediagnostics reads the gas gauge', async () => {
    const { output } = await ask(plug('healthy'), 'idevicediagnostics', 'diagnostics', 'GasGauge');
    expect(parsed(output)).toMatchObject({ GasGauge: { CycleCount: 312, FullChargeCapacity: 100 } });
  });

  test.each([
    ['healthy-ios16', { Status: 'Success', ProductType: 'iPhone13,2' }],
    ['healthy-ios17', { Status: 'MobileGestaltDeprecated' }],
  ])('MobileGestalt of %s', async (id, answer) => {
    const { output } = await ask(plug(id), 'idevicediagnostics', 'mobilegestalt', 'ProductType');
    expect(parsed(output)).toEqual({ MobileGestalt: answer });
  });

  test('idevicediagnostics restart pulls the cable and is recorded as a change', async () => {
    const phone = plug('healthy');
    const { output } = await ask(phone, 'idevicediagnostics', 'restart');
    expect(output).toBe('Restarting device.\n');
    expect(phone.changes).toEqual(['Restart']);
    expect((await runTool(usbmuxd.address, 'idevice_id', '-l')).output).toBe('');
  });

  test('ideviceinstaller lists apps, in text and as a property list', async () => {
    const phone = plug('healthy');
    const text = await ask(phone, 'ideviceinstaller', '-l');
    expect(text.output).toContain('com.google.photos, "7.38.0.7300100", "Google Photos"');
    const xml = await ask(phone, 'ideviceinstaller', '-l', '-o', 'list_all', '-o', 'xml');
    expect(parsed(xml.output)).toHaveLength(5);
    expect(phone.changes).toEqual([]);
  });

  test('idevicecrashreport copies the reports and leaves them with -k', async () => {
    const phone = plug('upload-crashes');
    const folder = await mkdtemp(join(tmpdir(), 'crash-reports-'));
    try {
      const { exitCode } = await ask(phone, 'idevicecrashreport', '-k', folder);
      expect(exitCode).toBe(0);
      // Three memory reports, and the folder of older reports.
      expect(await readdir(folder)).toHaveLength(4);
      expect(phone.changes).toEqual([]);
      await ask(phone, 'idevicecrashreport', folder);
      expect(phone.model.crashReports).toEqual([]);
      // Each report, and then the folder of older ones.
      expect(phone.changes).toHaveLength(5);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('idevicenotificationproxy hears what it observes when the phone posts it', async () => {
    const phone = plug('low-power');
    const observer = startTool(
      usbmuxd.address,
      'idevicenotificationproxy',
      '-u',
      phone.udid,
      'observe',
      'com.apple.system.lowpowermode',
    );
    try {
      await phone.milestones.reached('observed com.apple.system.lowpowermode');
      for (const name of sampleIphone('low-power').correct?.(phone.model) ?? []) phone.post(name);
      await observer.printed('> com.apple.system.lowpowermode\n');
    } finally {
      await observer.stop();
    }
  });

  test('a usbmuxd on TCP serves as well as one on a Unix socket', async () => {
    const onTcp = await startSimulatedUsbmuxd({ listenOn: 0 });
    try {
      const phone = new SimulatedIphone(sampleIphone('healthy').create());
      onTcp.plug(phone);
      const { output } = await runTool(onTcp.address, 'ideviceinfo', '-u', phone.udid, '-k', 'ProductVersion');
      expect(output).toBe('18.6.2\n');
    } finally {
      await onTcp.stop();
    }
  });

  test('all sample iPhones can be plugged in at once, each with a UDID of its own', async () => {
    for (const { id } of sampleIphones) plug(id);
    const { output } = await runTool(usbmuxd.address, 'idevice_id', '-l');
    expect(new Set(output.trim().split('\n')).size).toBe(sampleIphones.length);
  });
});

suite(`pairing and its troubles, as the real tools see them${title}`, () => {
  test('a phone that nobody has met asks for trust and is then paired', async () => {
    const phone = plug('healthy', { pairing: 'never' });
    const paired = await ask(phone, 'idevicepair', 'pair');
    expect(paired.output).toBe(`SUCCESS: Paired with device ${phone.udid}\n`);
    expect(phone.trust.dialogsShown).toBe(1);
    expect(usbmuxd.pairRecord(phone.udid)).toBeDefined();
    const validated = await ask(phone, 'idevicepair', 'validate');
    expect(validated.output).toBe(`SUCCESS: Validated pairing with device ${phone.udid}\n`);
    expect((await ask(phone, 'ideviceinfo', '-k', 'SerialNumber')).output).toBe('SAMPLE000001\n');
  });

  test('unpairing makes the phone and the computer forget each other', async () => {
    const phone = plug('healthy');
    const { output } = await ask(phone, 'idevicepair', 'unpair');
    expect(output).toBe(`SUCCESS: Unpaired with device ${phone.udid}\n`);
    expect(usbmuxd.pairRecord(phone.udid)).toBeUndefined();
  });

  test('while the Trust dialog is open, pairing asks to answer it; after Trust it succeeds', async () => {
    const phone = plug('healthy', { pairing: 'never', trustAnswer: 'no-answer-yet' });
    const waiting = await ask(phone, 'idevicepair', 'pair');
    expect(waiting.output).toContain('Please accept the trust dialog on the screen');
    expect(waiting.exitCode).toBe(1);
    phone.trust.answer = 'trust';
    expect((await ask(phone, 'idevicepair', 'pair')).exitCode).toBe(0);
    expect(phone.trust.dialogsShown).toBe(1);
  });

  test('an owner who taps "Don’t Trust" is reported', async () => {
    const phone = plug('healthy', { pairing: 'never', trustAnswer: 'refuse' });
    const { output } = await ask(phone, 'idevicepair', 'pair');
    expect(output).toContain('said that the user denied the trust dialog');
  });

  test('a locked phone asks for its passcode before it pairs', async () => {
    const phone = plug('healthy', { pairing: 'never' });
    phone.model.screen = 'locked';
    const { output } = await ask(phone, 'idevicepair', 'pair');
    expect(output).toContain('Please enter the passcode on the device');
    expect(phone.trust.dialogsShown).toBe(0);
  });

  test('a trusted phone that is locked tells so and starts no service', async () => {
    const phone = plug('locked');
    expect((await ask(phone, 'ideviceinfo', '-k', 'PasswordProtected')).output).toBe('true\n');
    const { errors } = await ask(phone, 'ideviceinstaller', '-l');
    expect(errors).toContain('Could not start com.apple.mobile.installation_proxy!');
  });

  test.each([
    ['the phone has forgotten the computer', { pairing: 'forgotten' }, -21],
    ['the keys of the pair record are stale', { pairing: 'stale' }, -5],
    ['the owner refuses', { pairing: 'never', trustAnswer: 'refuse' }, -18],
    ['the dialog is not answered', { pairing: 'never', trustAnswer: 'no-answer-yet' }, -19],
  ] as const)('ideviceinfo fails with its code when %s', async (_, options, code) => {
    const phone = plug('healthy', options);
    const { exitCode, errors } = await ask(phone, 'ideviceinfo');
    expect(exitCode).not.toBe(0);
    expect(errors).toContain(`Could not connect to lockdownd`);
    expect(errors).toContain(`(${code})`);
  });

  test.each(['forgotten', 'stale'] as const)('a %s pair record is mended by pairing again', async (pairing) => {
    const phone = plug('healthy', { pairing });
    await ask(phone, 'idevicepair', 'unpair');
    expect((await ask(phone, 'idevicepair', 'pair')).output).toBe(`SUCCESS: Paired with device ${phone.udid}\n`);
    expect((await ask(phone, 'ideviceinfo', '-k', 'SerialNumber')).output).toBe('SAMPLE000001\n');
  });

  test('a phone that was not unlocked since it started lets nobody in', async () => {
    const phone = plug('healthy');
    phone.model.screen = 'never-unlocked-since-boot';
    expect((await ask(phone, 'ideviceinfo')).errors).toContain('(-35)');
  });

  test.each([
    ['Pair', 'MCProtected', -38],
    ['Pair', 'PairingProhibitedOverThisConnection', -36],
  ])('%s can be made to answer %s', async (request, error, code) => {
    const phone = plug('healthy', { pairing: 'never' });
    phone.faults.lockdownErrors.set(request, error);
    expect((await ask(phone, 'ideviceinfo')).errors).toContain(`(${code})`);
  });

  test('a prohibited service is not started', async () => {
    const phone = plug('healthy');
    phone.faults.lockdownErrors.set('com.apple.mobile.diagnostics_relay', 'ServiceProhibited');
    const { output } = await ask(phone, 'idevicediagnostics', 'diagnostics', 'GasGauge');
    expect(output).toContain('Could not start diagnostics service!');
  });
});

suite(`silence and unplugging, as the real tools see them${title}`, () => {
  test.each([
    ['connect', 'ideviceinfo', []],
    ['lockdownd', 'ideviceinfo', []],
    ['GetValue', 'ideviceinfo', []],
    ['StartSession', 'ideviceinfo', []],
    ['Pair', 'idevicepair', ['pair']],
    ['StartService', 'ideviceinstaller', ['-l']],
    ['com.apple.mobile.diagnostics_relay', 'idevicediagnostics', ['diagnostics', 'GasGauge']],
  ] as const)('silence at %s keeps %s waiting until the cable is pulled', async (place, tool, args) => {
    const phone = plug('healthy', { pairing: place === 'Pair' ? 'never' : 'trusted' });
    phone.faults.silent.add(place);
    const running = ask(phone, tool, ...args);
    await phone.milestones.reached(`silent ${place}`);
    phone.pullCable();
    expect((await running).exitCode).not.toBe(0);
  });

  test('a silent phone does not keep another one from answering', async () => {
    const silent = plug('healthy');
    const other = plug('healthy-ios26');
    silent.faults.silent.add('lockdownd');
    const running = ask(silent, 'ideviceinfo', '-s');
    await silent.milestones.reached('silent lockdownd');
    expect((await ask(other, 'ideviceinfo', '-k', 'ProductVersion')).output).toBe('26.5\n');
    silent.pullCable();
    await running;
  });

  test('a usbmuxd that starts again at the same place serves the phones that are plugged into it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'usbmuxd-restart-'));
    try {
      const first = await startSimulatedUsbmuxd({ listenOn: join(folder, 'usbmuxd') });
      await first.stop();
      expect((await runTool(first.address, 'idevice_id', '-l')).output).toBe('');
      const second = await startSimulatedUsbmuxd({ listenOn: join(folder, 'usbmuxd') });
      second.plug(new SimulatedIphone(sampleIphone('healthy').create()));
      expect((await runTool(second.address, 'idevice_id', '-l')).output).toBe('00008120-0012ABCD00000001\n');
      await second.stop();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
