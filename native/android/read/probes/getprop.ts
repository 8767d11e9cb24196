import type { Answer } from '../../../capture.ts';
import type { PhoneProbe } from '../../../probe.ts';
import type { ReadingValues } from '../../../reading.ts';
import { unavailable, type Unavailable } from '../../../unavailable.ts';
import { wholeNumber, yesOrNo } from '../dump.ts';

interface Properties {
  values: ReadonlyMap<string, string>;
  /** Whether one that is not there is not set on the phone. */
  isWhole: boolean;
}
type Skin = Exclude<NonNullable<ReadingValues['identity']>['skin'], Unavailable | undefined>;

/**
 * Android's system properties: `[ro.product.model]: [SM-S936B]`, one per line, sorted; a value may hold line breaks and `]`.
 * Read from AOSP toolbox/toybox getprop, 8..16, and real lists of Android 8.1, 9, 13, 14 (HyperOS 2) and 16 (One UI 8.5). The
 * properties of ColorOS, realme UI, EMUI, MagicOS and Funtouch OS are not verified on a phone.
 */
export function readProperties(text: string): {
  properties: Map<string, string>;
  unknownLines: number;
  /** Whether they stand in the order in which a phone prints them, with nothing else among them. */
  inOrder: boolean;
} {
  const properties = new Map<string, string>();
  let unknownLines = 0;
  let inOrder = true;
  let last = '';
  // A prompt, or whatever else stands before the list.
  let unknownBefore = 0;
  let open: { key: string; value: string[] } | null = null;
  for (const line of text.split('\n')) {
    const start = /^\[([^\]]{1,200})\]: \[/.exec(line);
    if (start?.[1] !== undefined) {
      inOrder &&= last < start[1] && unknownLines === unknownBefore;
      last = start[1];
      const rest = line.slice(start[0].length);
      open = rest.endsWith(']') ? null : { key: start[1], value: [rest] };
      if (open === null && !properties.has(start[1])) properties.set(start[1], rest.slice(0, -1));
    } else if (open !== null) {
      open.value.push(line.endsWith(']') ? line.slice(0, -1) : line);
      if (line.endsWith(']')) {
        if (!properties.has(open.key)) properties.set(open.key, open.value.join('\n'));
        open = null;
      }
    } else if (line.trim() !== '') {
      if (last === '') unknownBefore += 1;
      unknownLines += 1;
    }
  }
  return { properties, unknownLines, inOrder };
}

/** Every phone has some of each: seen on whole lists of Android 8.1 to 16. */
const everyPhones = [
  'dalvik.vm.',
  'init.svc.',
  'persist.sys.',
  'ro.boot.',
  'ro.build.version.',
  'ro.crypto.',
  'ro.hardware',
  'ro.product.',
  'ro.zygote',
  'sys.',
  'vold.',
];

/** Of a saved list, lines may have been picked out or lost; a phone that says how its command ended has said everything. */
function holdsAll({ properties, inOrder }: ReturnType<typeof readProperties>, { exitCode }: Answer): boolean {
  const keys = [...properties.keys()];
  return exitCode === 0 || (inOrder && everyPhones.every((start) => keys.some((key) => key.startsWith(start))));
}

/** The first of these properties that is set to something; a later one counts only where an earlier one cannot have been lost. */
function first({ values, isWhole }: Properties, ...keys: readonly string[]): string | null {
  for (const key of isWhole ? keys : keys.slice(0, 1)) {
    const value = values.get(key)?.trim();
    // None of these has several lines or a backslash: such a value was changed on its way.
    if (value !== undefined && /[\n\\]/.test(value)) return null;
    if (value !== undefined && value !== '' && value !== 'unknown' && value !== 'null') return value;
  }
  return null;
}

/** HarmonyOS; the property of EMUI stays at 9.1 or 10.x on such phones. */
const harmony = 'hw_sc.build.platform.version';

const byManufacturer: Readonly<Record<string, Skin>> = {
  samsung: 'samsung',
  oppo: 'coloros',
  realme: 'coloros',
  oneplus: 'coloros',
  vivo: 'vivo',
  iqoo: 'vivo',
  huawei: 'huawei',
  honor: 'huawei',
  motorola: 'motorola',
  sony: 'sony',
  nothing: 'nothing',
};

/** Makers that leave Android's menus as they are. */
const plainMakers = new Set(['google', 'hmd global', 'nokia', 'fairphone', 'bq', 'essential', 'android']);
/** OnePlus' phones show ColorOS' menus since Android 12 (OxygenOS 12). */
const firstColorOs = 31;

/**
 * Whose menus the phone shows. A maker's own property says more than the maker's name (Xiaomi also sells plain Android); LineageOS leaves
 * Android's menus as they are, on whatever phone. null: the properties name no maker, as in a piece of them that somebody picked out.
 */
function skinOf(properties: Properties, manufacturer: string | null, model: string): Skin | null {
  if (first(properties, 'ro.lineage.version') !== null) return 'aosp';
  if (first(properties, 'ro.build.version.oneui') !== null) return 'samsung';
  const has = (...keys: readonly string[]): boolean => keys.some((key) => first(properties, key) !== null);
  if (has('ro.mi.os.version.name', 'ro.miui.ui.version.name')) return 'xiaomi';
  if (has('ro.build.version.oplusrom', 'ro.build.version.opporom')) return 'coloros';
  if (has('ro.build.version.emui', 'ro.build.version.magic', harmony)) return 'huawei';
  if (has('ro.vivo.os.version', 'ro.vivo.os.build.display.id')) return 'vivo';
  if (has(tranos)) return 'other';
  if (manufacturer === null || !properties.isWhole) return null;
  const maker = manufacturer.toLowerCase();
  if (maker === 'google' && model.startsWith('Pixel')) return 'pixel';
  if (
    maker === 'oneplus' &&
    (wholeNumber(properties.values.get('ro.build.version.sdk')) ?? firstColorOs) < firstColorOs
  )
    return 'other';
  if (maker === 'xiaomi' && /^Mi A\d/.test(model)) return 'aosp';
  return byManufacturer[maker] ?? (plainMakers.has(maker) ? 'aosp' : 'other');
}

/** Tecno, Infinix and itel: `hios13.6.0`, `xos13.0.0`, in any letters (their own SDKs and public programs read it so). */
const tranos = 'ro.tranos.version';
const transsionNames = { hios: 'HiOS', xos: 'XOS', itelos: 'itelOS' } as const;

function transsion(text: string | null): string | null {
  const [, name, version] = /^(hios|xos|itelos)[ _-]?v?(\d{1,3}(?:\.\d{1,3}){0,2})/i.exec(text ?? '') ?? [];
  if (name === undefined || version === undefined) return null;
  return `${transsionNames[name.toLowerCase() as keyof typeof transsionNames]} ${version}`;
}

/** 80500 → 8.5, 60101 → 6.1.1 (Samsung's ro.build.version.oneui). */
function oneUi(text: string | null): string | null {
  const number = wholeNumber(text ?? undefined);
  if (number === null || number < 10_000) return null;
  const patch = number % 100;
  return `One UI ${Math.floor(number / 10_000)}.${Math.floor(number / 100) % 100}${patch === 0 ? '' : `.${patch}`}`;
}

/** `OS2.0` → HyperOS 2.0; `V816` → HyperOS 1.0; `V140` → MIUI 14, `V125` → MIUI 12.5, `V12` → MIUI 12. */
function xiaomi(properties: Properties): string | null {
  const hyper = /^OS(\d{1,2}(?:\.\d{1,2})?)$/.exec(first(properties, 'ro.mi.os.version.name') ?? '')?.[1];
  if (hyper !== undefined) return `HyperOS ${hyper}`;
  if (!properties.isWhole) return null;
  const digits = /^V(\d{1,3})$/.exec(first(properties, 'ro.miui.ui.version.name') ?? '')?.[1];
  if (digits === undefined) return null;
  if (digits === '816') return 'HyperOS 1.0';
  return `MIUI ${digits.length === 3 ? Number(digits) / 10 : Number(digits)}`;
}

/** The version by the first of these properties; of the later ones as of any. */
function firstNamed(
  properties: Properties,
  ...ways: readonly [name: string, key: string, prefix: RegExp][]
): string | null {
  for (const [name, key, prefix] of properties.isWhole ? ways : ways.slice(0, 1)) {
    const version = named(name, first(properties, key), prefix);
    if (version !== null) return version;
  }
  return null;
}

const named = (name: string, version: string | null, prefix: RegExp): string | null =>
  version === null ? null : `${name} ${version.replace(prefix, '')}`;

function skinVersionOf(skin: Skin | null, properties: Properties): string | null {
  switch (skin) {
    case 'samsung':
      return oneUi(first(properties, 'ro.build.version.oneui'));
    case 'xiaomi':
      return xiaomi(properties);
    case 'coloros':
      return firstNamed(
        properties,
        ['realme UI', 'ro.build.version.realmeui', /^V/],
        ['ColorOS', 'ro.build.version.oplusrom', /^V/],
        ['ColorOS', 'ro.build.version.opporom', /^V/],
      );
    case 'huawei': {
      const emui = named('EMUI', first(properties, 'ro.build.version.emui'), /^EmotionUI_/);
      return (
        firstNamed(
          properties,
          ['HarmonyOS', harmony, /^/],
          ['MagicOS', 'ro.build.version.magic', /^Magic(?:OS|UI)?[_ ]?/i],
          ['EMUI', 'ro.build.version.emui', /^EmotionUI_/],
          // HarmonyOS never says so much of EMUI.
        ) ?? (/^EMUI 1[1-9]\b/.test(emui ?? '') ? emui : null)
      );
    }
    case 'vivo':
      return first(properties, 'ro.vivo.os.build.display.id')?.replaceAll('_', ' ') ?? null;
    case 'aosp':
      return named('LineageOS', first(properties, 'ro.lineage.version'), /-.*$/);
    case 'other':
      if (first(properties, tranos) !== null) return transsion(first(properties, tranos));
      return first(properties, 'ro.product.manufacturer')?.toLowerCase() === 'oneplus'
        ? named('OxygenOS', first(properties, 'ro.oxygen.version', 'ro.rom.version'), /\.[^.]*$/)
        : null;
    case null:
    case 'pixel':
    case 'motorola':
    case 'sony':
    case 'nothing':
    case 'ios':
      return null;
  }
}

function languageOf(properties: Properties): string | null {
  const chosen = first(properties, 'persist.sys.locale');
  if (chosen !== null || !properties.isWhole) return chosen;
  const language = first(properties, 'persist.sys.language');
  const country = first(properties, 'persist.sys.country');
  const pair = language === null || country === null ? language : `${language}-${country}`;
  return pair ?? first(properties, 'ro.product.locale');
}

const notListed = unavailable('truncated', 'The list of properties is not whole.');

export const getprop: PhoneProbe = {
  id: 'getprop',
  platform: 'android',
  per: 'phone',
  asked: 'identity',
  gives: {
    identity: [
      'serial',
      'manufacturer',
      'model',
      'name',
      'osVersion',
      'sdk',
      'build',
      'fingerprint',
      'securityPatch',
      'skin',
      'skinVersion',
      'language',
      'headless',
    ],
  },
  command: () => ['getprop'],
  parse(text, _so, answer) {
    const list = readProperties(text);
    const { unknownLines } = list;
    const properties: Properties = { values: list.properties, isWhole: holdsAll(list, answer) };
    if (list.properties.size === 0) {
      const why = unavailable('unparsed', 'The answer holds no properties.');
      const identity = Object.fromEntries(this.gives.identity?.map((leaf) => [leaf, why]) ?? []);
      return { values: { identity }, unknownLines };
    }
    /** Of a list that is not whole, nothing is known of what it lacks. */
    const missing = (detail: string): Unavailable => (properties.isWhole ? unavailable('missing', detail) : notListed);
    const absent = missing('The phone has no such property.');
    const manufacturer = first(properties, 'ro.product.manufacturer', 'ro.product.system.manufacturer');
    const model = first(properties, 'ro.product.model', 'ro.product.system.model');
    const skin = skinOf(properties, manufacturer, model ?? '');
    // On Huawei's phones its own property counts; Android's stays behind.
    const huaweis = first(properties, 'ro.huawei.build.version.security_patch');
    const isOthers = properties.isWhole || (manufacturer !== null && !/^(?:huawei|honor)$/i.test(manufacturer));
    const patch = huaweis ?? (isOthers ? first(properties, 'ro.build.version.security_patch') : null);
    return {
      values: {
        identity: {
          serial: first(properties, 'ro.serialno', 'ro.boot.serialno') ?? absent,
          manufacturer: manufacturer ?? absent,
          model: model ?? absent,
          name:
            first(
              properties,
              'ro.product.marketname',
              'ro.config.marketing_name',
              'ro.vendor.oplus.market.name',
              'ro.vivo.market.name',
            ) ?? missing('The maker gives no name besides the model number.'),
          osVersion: first(properties, 'ro.build.version.release') ?? absent,
          sdk: wholeNumber(first(properties, 'ro.build.version.sdk') ?? undefined) ?? absent,
          // Not another one in its place: where this line was lost, that would be another build.
          build: first(properties, 'ro.build.display.id') ?? absent,
          fingerprint: first(properties, 'ro.build.fingerprint', 'ro.system.build.fingerprint') ?? absent,
          securityPatch: patch !== null && /^\d{4}-\d{2}-\d{2}$/.test(patch) ? patch : absent,
          skin:
            skin ??
            (manufacturer === null ? unavailable('missing', 'The properties do not name the maker.') : notListed),
          skinVersion: skinVersionOf(skin, properties) ?? missing('This skin has no version of its own.'),
          language: languageOf(properties)?.replaceAll('_', '-') ?? absent,
          // AOSP os/UserManager.isHeadlessSystemUserMode, 10..16; where it is not set, it is false.
          headless:
            yesOrNo(list.properties.get('ro.fw.mu.headless_system_user')?.trim()) ??
            (properties.isWhole ? false : notListed),
        },
      },
      unknownLines,
    };
  },
};
