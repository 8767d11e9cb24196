import { type Answer, type Capture, decodeText } from '../capture.ts';
import { mac, makersUserName, Redaction, userName, type Identifier } from '../redaction.ts';

/**
 * Replaces what tells who a phone belongs to: serials, IMEI, UDID, phone numbers, an iPhone's name, e-mail addresses, account names, names and
 * addresses of Wi-Fi networks, MAC addresses, coordinates. The same value becomes the same stand-in in every answer, as long as
 * the value itself, so that tables keep their columns and everything else of the reading stays the same.
 *
 * Answers are handled as one character a byte: nothing that is no text is changed by being written back.
 */
export function redactCapture(capture: Capture): Capture {
  const texts = capture.answers.map(byteText);
  const redaction = new Redaction('same-shape');
  collect(capture, texts, redaction);
  const redact = (text: string): string => redaction.text(text);
  const answers = capture.answers.map((answer, index): Answer => ({
    ...answer,
    command: redact(answer.command),
    errors: redact(answer.errors),
    detail: redact(answer.detail),
    output: Buffer.from(redact(redactNames(answer, texts[index] ?? '', redaction)), 'latin1'),
  }));
  return { ...capture, phoneId: redact(capture.phoneId), origin: redact(capture.origin), answers };
}

/** Has a redaction know everything in a capture that tells whose the phone is, for what was made of it. */
export function learnFrom(capture: Capture, redaction: Redaction): void {
  const texts = capture.answers.map(({ output }) => decodeText(output));
  collect(capture, texts, redaction);
  for (const [index, answer] of capture.answers.entries()) {
    for (const { kind, value } of namesIn(answer, texts[index] ?? '')) redaction.know(kind, value);
    // From now on also without its colons.
    for (const [address] of (texts[index] ?? '').matchAll(mac)) redaction.standIn('mac', address.toLowerCase());
  }
}

function collect(capture: Capture, texts: readonly string[], redaction: Redaction): void {
  for (const value of serialsOf(capture, texts)) redaction.know(/^\+?[\d ]+$/.test(value) ? 'number' : 'serial', value);
  for (const text of texts) {
    for (const [, name] of text.matchAll(iosName)) if (name !== undefined) redaction.know('name', name);
  }
  capture.answers.forEach((answer, index) => collectNames(answer, texts[index] ?? '', redaction));
}

/** UTF-16, as PowerShell saves it, becomes UTF-8 first: patterns are looked for in ASCII. */
function byteText({ output }: Answer): string {
  const wide = (output[0] === 0xff && output[1] === 0xfe) || (output[0] === 0xfe && output[1] === 0xff);
  return wide ? Buffer.from(decodeText(output), 'utf8').toString('latin1') : Buffer.from(output).toString('latin1');
}

const serialProperty =
  /^\[[\w.-]*(?:serialno|serial_no|imei|meid|iccid|imsi|msisdn|\.serial)[\w.-]*\]: \[([^\]\n]{6,64})\]/gim;
/** Keys of an iPhone's answers, in XML. */
const iosIdentity =
  /<key>(?:[A-Za-z]{0,20}Serial(?:Number|No)?|UniqueDeviceID|UniqueChipID|InternationalMobileEquipmentIdentity2?|MobileEquipmentIdentifier|IntegratedCircuitCardIdentity2?|InternationalMobileSubscriberIdentity2?|PhoneNumber)<\/key>\s*<(?:string|integer)>([^<]{6,80})</g;
/** A setting, and the line of the settings' own log about it. */
const androidId = /\bandroid_id(?:=| pkg:\S{1,200} value:)([0-9a-f]{8,16})\b/g;
/** What its owner calls an iPhone. */
const iosName = /<key>DeviceName<\/key>\s*<string>([^<]{1,200})</g;
/** `imei=…`, `Device ID = …` in any dump. */
const labelled =
  /\b(?:imei|meid|iccid|imsi|msisdn|line1number|subscriber ?id|device ?id)["'\]]?\s{0,2}[:=]\s{0,2}["'[]?(\+?[0-9]{10,20})\b/gi;

function serialsOf(capture: Capture, texts: readonly string[]): Set<string> {
  // A file's name is no serial; what the file itself calls its serial is found below.
  const found = new Set<string>(capture.origin === capture.phoneId ? [] : [capture.phoneId]);
  for (const text of texts) {
    for (const pattern of [serialProperty, iosIdentity, labelled, androidId]) {
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
function collectNames(answer: Answer, text: string, redaction: Redaction): void {
  if (wifiProbes.has(answer.probe)) {
    for (const [, ssid] of text.matchAll(quotedSsid)) if (ssid !== undefined) redaction.standIn('wifi', ssid);
  }
  if (answer.probe === 'accounts') {
    for (const [, , name] of text.matchAll(accountLine)) if (name?.includes('@')) redaction.know('mail', name);
  }
}

/** Names where only the place tells that they are names. */
function redactNames(answer: Answer, text: string, redaction: Redaction): string {
  const account = (_all: string, before: string, name: string, after: string): string =>
    before + redaction.standIn(name.includes('@') ? 'mail' : 'account', name) + after;
  const wifi = (_all: string, before: string, name: string, after: string): string =>
    before + redaction.standIn('wifi', name) + after;
  switch (answer.probe) {
    case 'accounts':
      return text.replaceAll(accountLine, account);
    case 'sync':
      return text
        .replaceAll(accountLine, account)
        .replaceAll(syncAccountLine, account)
        .replaceAll(syncJobLine, account);
    case 'wifi-networks':
      return text.replaceAll(
        listedNetwork,
        (_all, name: string, mark: string) => redaction.standIn('wifi', name) + mark,
      );
    default:
      return wifiProbes.has(answer.probe)
        ? text
            .replaceAll(bareSsid, wifi)
            .replaceAll(configuredSsid, wifi)
            .replaceAll(/"([^"\n]{1,64})"/g, (all, name: string) =>
              redaction.has(name) ? `"${redaction.standIn('wifi', name)}"` : all,
            )
        : text;
  }
}

/** All names that {@link redactNames} replaces. */
function namesIn(answer: Answer, text: string): Identifier[] {
  const found: Identifier[] = [];
  const note = (kind: Identifier['kind'], pattern: RegExp, group: number): void => {
    for (const match of text.matchAll(pattern)) found.push({ kind, value: match[group] ?? '' });
  };
  switch (answer.probe) {
    case 'accounts':
      note('account', accountLine, 2);
      break;
    case 'sync':
      note('account', accountLine, 2);
      note('account', syncAccountLine, 2);
      note('account', syncJobLine, 2);
      break;
    case 'wifi-networks':
      note('wifi', listedNetwork, 1);
      break;
    default:
      if (!wifiProbes.has(answer.probe)) break;
      note('wifi', bareSsid, 2);
      note('wifi', configuredSsid, 2);
  }
  note('name', userName, 2);
  return found.filter(({ value }) => !makersUserName.test(value));
}
