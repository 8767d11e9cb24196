import { describe, expect, test } from 'vitest';
import { getprop, readProperties } from '../../../../../../native/android/read/probes/getprop.ts';
import { parsed, plain, soFar, wholeAnswer } from '../parse.ts';

const properties = (values: Record<string, string>): string =>
  `${Object.entries(values)
    .map(([key, value]) => `[${key}]: [${value}]`)
    .join('\n')}\n`;
const identity = (values: Record<string, string>) => plain(parsed(getprop, properties(values)).values.identity);
const skin = (values: Record<string, string>) => {
  const { skin: name, skinVersion } = identity(values);
  return [name, skinVersion];
};

describe('properties', () => {
  test('say who a Samsung with One UI 8.5 is (Android 16)', () => {
    expect(
      identity({
        'persist.sys.locale': 'es-ES',
        'ro.boot.serialno': 'R5CT000000A',
        'ro.build.display.id': 'BP4A.251205.006.S936BXXUACZF1',
        'ro.build.fingerprint': 'samsung/pa1q/pa1q:16/BP4A.251205.006/S936BXXUACZF1:user/release-keys',
        'ro.build.version.oneui': '80500',
        'ro.build.version.release': '16',
        'ro.build.version.sdk': '36',
        'ro.build.version.security_patch': '2026-06-05',
        'ro.product.locale': 'en-GB',
        'ro.product.manufacturer': 'samsung',
        'ro.product.model': 'SM-S936B',
        'ro.serialno': 'R5CT000000A',
      }),
    ).toEqual({
      serial: 'R5CT000000A',
      manufacturer: 'samsung',
      model: 'SM-S936B',
      name: 'missing',
      osVersion: '16',
      sdk: 36,
      build: 'BP4A.251205.006.S936BXXUACZF1',
      fingerprint: 'samsung/pa1q/pa1q:16/BP4A.251205.006/S936BXXUACZF1:user/release-keys',
      securityPatch: '2026-06-05',
      skin: 'samsung',
      skinVersion: 'One UI 8.5',
      language: 'es-ES',
      headless: false,
    });
    expect(identity({ 'ro.fw.mu.headless_system_user': 'true' })['headless']).toBe(true);
  });

  test("name the maker's skin and its version", () => {
    const xiaomi = { 'ro.product.manufacturer': 'Xiaomi' };
    expect(skin({ 'ro.product.manufacturer': 'samsung', 'ro.build.version.oneui': '60101' })).toEqual([
      'samsung',
      'One UI 6.1.1',
    ]);
    expect(skin({ ...xiaomi, 'ro.mi.os.version.name': 'OS2.0', 'ro.miui.ui.version.name': 'V816' })).toEqual([
      'xiaomi',
      'HyperOS 2.0',
    ]);
    expect(skin({ ...xiaomi, 'ro.miui.ui.version.name': 'V816' })).toEqual(['xiaomi', 'HyperOS 1.0']);
    expect(skin({ ...xiaomi, 'ro.miui.ui.version.name': 'V140' })).toEqual(['xiaomi', 'MIUI 14']);
    expect(skin({ ...xiaomi, 'ro.miui.ui.version.name': 'V125' })).toEqual(['xiaomi', 'MIUI 12.5']);
    expect(skin({ ...xiaomi, 'ro.miui.ui.version.name': 'V12' })).toEqual(['xiaomi', 'MIUI 12']);
    expect(skin({ 'ro.product.manufacturer': 'OnePlus', 'ro.build.version.oplusrom': 'V15.0.0' })).toEqual([
      'coloros',
      'ColorOS 15.0.0',
    ]);
    expect(skin({ 'ro.product.manufacturer': 'HUAWEI', 'ro.build.version.emui': 'EmotionUI_9.1.0' })).toEqual([
      'huawei',
      'EMUI 9.1.0',
    ]);
    expect(skin({ 'ro.product.manufacturer': 'vivo', 'ro.vivo.os.build.display.id': 'Funtouch OS_13' })).toEqual([
      'vivo',
      'Funtouch OS 13',
    ]);
    expect(
      skin({
        'ro.product.manufacturer': 'HUAWEI',
        'ro.build.version.emui': 'EmotionUI_10.1.1',
        'hw_sc.build.platform.version': '4.0.0',
      }),
    ).toEqual(['huawei', 'HarmonyOS 4.0.0']);
    expect(skin({ 'ro.product.manufacturer': 'motorola' })).toEqual(['motorola', 'missing']);
    expect(skin({ 'ro.product.manufacturer': 'Google', 'ro.product.model': 'Pixel 8' })).toEqual(['pixel', 'missing']);
  });

  test('plain Android stays plain Android, whoever sells it', () => {
    expect(skin({ 'ro.product.manufacturer': 'Xiaomi', 'ro.product.model': 'Mi A1' })).toEqual(['aosp', 'missing']);
    expect(skin({ 'ro.product.manufacturer': 'Google', 'ro.product.model': 'Android SDK built for x86' })[0]).toBe(
      'aosp',
    );
  });

  test('do not make plain Android of a maker whose menus are not known, or of no maker at all', () => {
    for (const maker of ['TECNO MOBILE LIMITED', 'INFINIX', 'itel', 'asus', 'Meizu', 'LGE', 'HTC', 'Xiaomi']) {
      expect(skin({ 'ro.product.manufacturer': maker, 'ro.product.model': 'X' })).toEqual(['other', 'missing']);
    }
    expect(skin({ 'ro.build.version.sdk': '33', 'ro.product.model': 'X' })).toEqual(['missing', 'missing']);
    expect(skin({ 'ro.product.manufacturer': 'unknown', 'ro.product.model': 'X' })).toEqual(['missing', 'missing']);
    const tranos = (version: string) => skin({ 'ro.product.manufacturer': 'TECNO', 'ro.tranos.version': version });
    expect(tranos('hios13.6.0')).toEqual(['other', 'HiOS 13.6.0']);
    expect(tranos('xos13.0.0')).toEqual(['other', 'XOS 13.0.0']);
    expect(tranos('HiOS 14.0')).toEqual(['other', 'HiOS 14.0']);
    expect(tranos('8.1.0')).toEqual(['other', 'missing']);
    expect(skin({ 'ro.product.manufacturer': 'HMD Global' })[0]).toBe('aosp');
    expect(skin({ 'ro.product.manufacturer': 'asus', 'ro.lineage.version': '21.0-20240501-NIGHTLY-x' })).toEqual([
      'aosp',
      'LineageOS 21.0',
    ]);
    const onePlus = { 'ro.product.manufacturer': 'OnePlus', 'ro.rom.version': '11.0.13.BE88CB' };
    expect(skin({ ...onePlus, 'ro.build.version.sdk': '30' })).toEqual(['other', 'OxygenOS 11.0.13']);
    expect(skin({ ...onePlus, 'ro.build.version.sdk': '31' })[0]).toBe('coloros');
  });

  test("count a Huawei's own patch level", () => {
    const patches = {
      'ro.build.version.security_patch': '2020-01-01',
      'ro.huawei.build.version.security_patch': '2024-03-01',
    };
    expect(identity({ 'ro.product.manufacturer': 'HUAWEI', ...patches })['securityPatch']).toBe('2024-03-01');
  });

  test('give the marketing name where the maker sets one, and an old locale in parts', () => {
    expect(
      identity({
        'ro.product.marketname': 'Xiaomi Pad 6',
        'persist.sys.language': 'pt',
        'persist.sys.country': 'BR',
        'ro.build.version.sdk': '26',
      }),
    ).toMatchObject({ name: 'Xiaomi Pad 6', language: 'pt-BR', sdk: 26, model: 'missing', securityPatch: 'missing' });
  });

  test('may hold line breaks and brackets; a stray line is counted', () => {
    const { properties: read, unknownLines } = readProperties('[a]: [one\ntwo]\n[b]: [x]y]\n[c]: []\nstray\n');
    expect([...read]).toEqual([
      ['a', 'one\ntwo'],
      ['b', 'x]y'],
      ['c', ''],
    ]);
    expect(unknownLines).toBe(1);
  });

  test('are not read from something else', () => {
    const { values, unknownLines } = parsed(getprop, 'hello\n');
    expect(new Set(Object.values(plain(values.identity)))).toEqual(new Set(['unparsed']));
    expect(unknownLines).toBe(1);
  });
});

const saved = (values: Record<string, string>, change = (text: string) => text) => {
  const text = change(properties(Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)))));
  return plain(getprop.parse(text, soFar(), { ...wholeAnswer('getprop', text), exitCode: null }).values.identity);
};

describe('properties that somebody saved', () => {
  /** One of each kind that every phone has. */
  const everyPhones = {
    'dalvik.vm.heapsize': '512m',
    'init.svc.adbd': 'running',
    'persist.sys.timezone': 'Europe/Madrid',
    'ro.boot.hardware': 'qcom',
    'ro.build.version.sdk': '34',
    'ro.crypto.state': 'encrypted',
    'ro.hardware': 'qcom',
    'ro.product.manufacturer': 'Xiaomi',
    'ro.product.model': '23117RA68G',
    'ro.zygote': 'zygote64',
    'sys.usb.state': 'mtp,adb',
    'vold.has_adoptable': '0',
  };
  const whole = { ...everyPhones, 'ro.mi.os.version.name': 'OS2.0', 'ro.miui.ui.version.name': 'V816' };

  test('tell what they lack only where they are whole', () => {
    expect(saved(everyPhones)).toMatchObject({ skin: 'other', headless: false, name: 'missing' });
    expect(saved({ 'ro.product.manufacturer': 'Xiaomi', 'ro.product.model': 'x' })).toMatchObject({
      manufacturer: 'Xiaomi',
      skin: 'truncated',
      headless: 'truncated',
      name: 'truncated',
      sdk: 'truncated',
    });
    expect(saved({ 'ro.fw.mu.headless_system_user': 'true' })['headless']).toBe(true);
  });

  test('do not tell whose menus a phone shows, nor whether user 0 is nobody, where lines in the middle became dots', () => {
    expect(saved(whole)).toMatchObject({ skin: 'xiaomi', skinVersion: 'HyperOS 2.0', headless: false });
    const dots = saved(whole, (text) => text.replace(/\[ro\.mi[\s\S]*V816\]/, '...'));
    expect(dots).toMatchObject({ skin: 'truncated', headless: 'truncated' });
  });

  test('fall back to nothing that another property would overrule', () => {
    const { 'ro.zygote': _lost, ...rest } = whole;
    const { 'ro.mi.os.version.name': _name, ...older } = rest;
    expect(saved(older)).toMatchObject({ skin: 'xiaomi', skinVersion: 'truncated' });
    const patch = { 'ro.build.version.security_patch': '2026-05-01' };
    expect(saved({ ...patch, 'ro.product.manufacturer': 'HUAWEI' })['securityPatch']).toBe('truncated');
    expect(saved({ ...patch, 'ro.product.manufacturer': 'samsung' })['securityPatch']).toBe('2026-05-01');
    expect(saved({ 'ro.product.locale': 'en-GB' })['language']).toBe('truncated');
    expect(saved({ 'ro.build.fingerprint': 'Redmi/zircon\\_global/zircon:14' })['fingerprint']).toBe('truncated');
  });
});
