import { type Answer, type Capture, decodeText } from '../capture.ts';

/**
 * Replaces what tells who a phone belongs to: serials, IMEI, UDID, phone numbers, e-mail addresses, account names, names and
 * addresses of Wi-Fi networks, MAC addresses, coordinates. The same value becomes the same stand-in in every answer, as long as
 * the value itself, so that tables keep their columns and everything else of the reading stays the same.
 *
 * Answers are handled as one character a byte: nothing that is no text is changed by being written back.
 */
export function redactCapture(capture: Capture): Capture {
  const texts = capture.answers.map(byteText);
  const standIns = new StandIns();
  for (const value of serialsOf(capture, texts)) standIns.add(/^\+?\d+$/.test(value) ? 'number' : 'serial', value);
  capture.answers.forEach((answer, index) => collectNames(answer, texts[index] ?? '', standIns));
  const redact = (text: string): string => redactPatterns(standIns.replaceKnown(text), standIns);
  const answers = capture.answers.map((answer, index): Answer => ({
    ...answer,
    command: redact(answer.command),
    errors: redact(answer.errors),
    detail: redact(answer.detail),
    output: Buffer.from(redact(redactNames(answer, texts[index] ?? '', standIns)), 'latin1'),
  }));
  return { ...capture, phoneId: redact(capture.phoneId), origin: redact(capture.origin), answers };
}

/** UTF-16, as PowerShell saves it, becomes UTF-8 first: patterns are looked for in ASCII. */
function byteText({ output }: Answer): string {
  const wide = (output[0] === 0xff && output[1] === 0xfe) || (output[0] === 0xfe && output[1] === 0xff);
  return wide ? Buffer.from(decodeText(output), 'utf8').toString('latin1') : Buffer.from(output).toString('latin1');
}

type Kind = 'serial' | 'number' | 'mail' | 'account' | 'wifi' | 'mac';

const letters: Record<Kind, string> = { serial: 'S', number: '0', mail: 'm', account: 'a', wifi: 'w', mac: '0' };

/** Values that stand for nothing, so nothing is given away by them. */
const meaningless =
  /^(?:0+|unknown|null|none|any|<none>|n\/a|0{2}(?::0{2}){5}|02(?::00){5}|ff(?::ff){5}|<unknown ssid>)$/i;

class StandIns {
  private readonly byValue = new Map<string, string>();
  private readonly made = new Set<string>();
  private readonly counts = new Map<Kind, number>();
  /** Values long and odd enough to be looked for anywhere. */
  private readonly anywhere = new Set<string>();
  private pattern: RegExp | null = null;

  /** A value that is replaced wherever it stands. */
  add(kind: Kind, value: string): void {
    if (value.length < 6 || meaningless.test(value)) return;
    this.of(kind, value);
    this.anywhere.add(value);
    this.pattern = null;
  }

  /** The stand-in of a value: made on first use. */
  of(kind: Kind, value: string): string {
    const known = this.byValue.get(value);
    if (known !== undefined) return known;
    if (meaningless.test(value) || this.made.has(value)) return value;
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    const standIn = shaped(kind, value, count);
    this.byValue.set(value, standIn);
    this.made.add(standIn);
    return standIn;
  }

  has(value: string): boolean {
    return this.byValue.has(value);
  }

  replaceKnown(text: string): string {
    if (this.anywhere.size === 0) return text;
    this.pattern ??= new RegExp(
      [...this.anywhere]
        .toSorted((a, b) => b.length - a.length)
        .map((value) => `(?<![A-Za-z0-9])${value.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)}(?![A-Za-z0-9])`)
        .join('|'),
      'g',
    );
    return text.replaceAll(this.pattern, (value) => this.byValue.get(value) ?? value);
  }
}

/** As long as the value and of its shape: a MAC stays a MAC, a number a number. */
function shaped(kind: Kind, value: string, count: number): string {
  const digits = String(count);
  switch (kind) {
    case 'mac': {
      const hex = count.toString(16).padStart(6, '0').slice(-6);
      return `02:00:00:${hex.slice(0, 2)}:${hex.slice(2, 4)}:${hex.slice(4, 6)}`;
    }
    case 'mail': {
      const letter = `${letters.mail}${digits}`.split('');
      return value.replaceAll(/[^@.]/g, () => letter.shift() ?? 'x');
    }
    case 'number': {
      const plus = value.startsWith('+') ? '+' : '';
      return plus + digits.padStart(value.length - plus.length, letters.number);
    }
    case 'serial':
    case 'account':
    case 'wifi':
      return `${letters[kind]}${digits}`.padEnd(value.length, letters[kind].toLowerCase());
  }
}

const serialProperty =
  /^\[[\w.-]*(?:serialno|serial_no|imei|meid|iccid|imsi|msisdn|\.serial)[\w.-]*\]: \[([^\]\n]{6,64})\]/gim;
/** Keys of an iPhone's answers, in XML. */
const iosIdentity =
  /<key>(?:SerialNumber|UniqueDeviceID|UniqueChipID|InternationalMobileEquipmentIdentity2?|MobileEquipmentIdentifier|IntegratedCircuitCardIdentity2?|InternationalMobileSubscriberIdentity2?|PhoneNumber|MLBSerialNumber|BasebandSerialNumber|WirelessBoardSerialNumber)<\/key>\s*<(?:string|integer)>([^<]{6,80})</g;
/** `imei=…`, `Device ID = …` in any dump. */
const labelled =
  /\b(?:imei|meid|iccid|imsi|msisdn|line1number|subscriber ?id|device ?id)["'\]]?\s{0,2}[:=]\s{0,2}["'[]?(\+?[0-9]{10,20})\b/gi;

function serialsOf(capture: Capture, texts: readonly string[]): Set<string> {
  // A file's name is no serial; what the file itself calls its serial is found below.
  const found = new Set<string>(capture.origin === capture.phoneId ? [] : [capture.phoneId]);
  for (const text of texts) {
    for (const pattern of [serialProperty, iosIdentity, labelled]) {
      for (const [, value] of text.matchAll(pattern)) if (value !== undefined) found.add(value);
    }
  }
  return found;
}

const wifiProbes = new Set(['wifi', 'wifi-networks', 'connectivity', 'netpolicy', 'netstats']);
const accountLine = /(Account \{name=)(.{0,300})(, type=[^\s,}]{1,200}\})/g;
const syncAccountLine = /^(Account )(.{1,300})( u\d{1,6} \S{1,200})$/gm;
const syncJobLine = /(\bJobId=\d{1,12} )(.{1,300}?)(\/\S{1,200} u\d{1,6} \[)/g;
const quotedSsid = /\b(?:SSID|ssid|networkId|wifiNetworkKey|extra)(?:: ?|=)"([^"\n]{1,64})"/g;
const bareSsid = /((?:mWifiInfo |WifiInfo: \[?)SSID: )([^"<\n][^\n]{0,80}?)(, BSSID: )/g;
const configuredSsid = /^((?:\* |- DSBLE )?ID: \d{1,9} SSID: "?)([^"\n]{1,80}?)("? PROVIDER-NAME: )/gm;
const listedNetwork = /^(.{1,80})(;(?:true|false|none))\s*$/gm;

/** Names that are looked for in every answer, in quotation marks. */
function collectNames(answer: Answer, text: string, standIns: StandIns): void {
  if (wifiProbes.has(answer.probe)) {
    for (const [, ssid] of text.matchAll(quotedSsid)) if (ssid !== undefined) standIns.of('wifi', ssid);
  }
  if (answer.probe === 'accounts') {
    for (const [, , name] of text.matchAll(accountLine)) if (name?.includes('@')) standIns.add('mail', name);
  }
}

/** Names where only the place tells that they are names. */
function redactNames(answer: Answer, text: string, standIns: StandIns): string {
  const account = (_all: string, before: string, name: string, after: string): string =>
    before + standIns.of(name.includes('@') ? 'mail' : 'account', name) + after;
  const wifi = (_all: string, before: string, name: string, after: string): string =>
    before + standIns.of('wifi', name) + after;
  switch (answer.probe) {
    case 'accounts':
      return text.replaceAll(accountLine, account);
    case 'sync':
      return text
        .replaceAll(accountLine, account)
        .replaceAll(syncAccountLine, account)
        .replaceAll(syncJobLine, account);
    case 'wifi-networks':
      return text.replaceAll(listedNetwork, (_all, name: string, mark: string) => standIns.of('wifi', name) + mark);
    default:
      return wifiProbes.has(answer.probe)
        ? text
            .replaceAll(bareSsid, wifi)
            .replaceAll(configuredSsid, wifi)
            .replaceAll(/"([^"\n]{1,64})"/g, (all, name: string) =>
              standIns.has(name) ? `"${standIns.of('wifi', name)}"` : all,
            )
        : text;
  }
}

/**
 * An e-mail address is not `@tag@com.x/.Service` of JobScheduler, nor `Object@1a2b3c`: no second @, no name of a package after it.
 */
const mail =
  /(?<![\w.+@/-])[\w.+-]{1,64}@(?!(?:com|org|net|io|android|androidx|java|de)\.[\w.]{0,80}\.)(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}(?![\w@/]|\.\w)/g;
const phoneNumber = /(?<![\w.+-])\+[1-9]\d{8,14}(?![\w.])/g;
const mac = /(?<![0-9A-Fa-f:])(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}(?![0-9A-Fa-f:])/g;
const udid = /(?<![0-9A-Za-z])(?:0{4}8[0-9A-Fa-f]{3}-[0-9A-Fa-f]{16})(?![0-9A-Za-z])/g;
const coordinates = /(?<![\d.])-?\d{1,3}\.\d{4,15},\s?-?\d{1,3}\.\d{4,15}(?![\d.])/g;
/** With the decimal commas of the phone's language, where four numbers in a row mean nothing else. */
const coordinatesWithCommas = /\bLocation\[\w{1,20} -?\d{1,3},\d{4,15},-?\d{1,3},\d{4,15}/g;
const labelledCoordinate = /\b(lat|latitude|lon|lng|longitude)(["']?\s?[=:]\s?)-?\d{1,3}[.,]\d{2,15}/gi;
/** What a person calls herself; the maker's own words for a user say nothing about anybody, and what the user is for. */
const userName = /(\bUserInfo\{\d{1,9}:)(.{1,120}?)(:[0-9a-fA-F]{1,8}\})/g;
const makersUserName = /^(?:owner|guest|work profile|(?:maintenance|repair) mode)$/i;
const androidId = /^(android_id=)([0-9a-f]{8,16})$/gm;

const zeros = (text: string): string => text.replaceAll(/\d/g, '0');

function redactPatterns(text: string, standIns: StandIns): string {
  return text
    .replaceAll(mail, (value) => standIns.of('mail', value))
    .replaceAll(phoneNumber, (value) => standIns.of('number', value))
    .replaceAll(mac, (value) => standIns.of('mac', value.toLowerCase()))
    .replaceAll(userName, (all, before: string, name: string, after: string) =>
      makersUserName.test(name) ? all : before + standIns.of('account', name) + after,
    )
    .replaceAll(udid, (value) => standIns.of('serial', value))
    .replaceAll(androidId, (_all, key: string, value: string) => key + standIns.of('serial', value))
    .replaceAll(coordinates, zeros)
    .replaceAll(coordinatesWithCommas, zeros)
    .replaceAll(labelledCoordinate, zeros);
}
