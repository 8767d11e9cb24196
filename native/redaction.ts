import { commandWords } from './command.ts';
import { folded, isImei, partPattern, partsOfName, spellingsOf } from './known-spellings.ts';

/** What kind of thing an identifier is. `number`: of a phone, a SIM card or a line. `name`: of a phone or a person. */
export type IdentifierKind = 'serial' | 'number' | 'mail' | 'account' | 'wifi' | 'mac' | 'name';

/** Something that tells whose a phone is. */
export interface Identifier {
  kind: IdentifierKind;
  value: string;
}

/**
 * How stand-ins look. `same-shape`: as long as what they stand for, so that tables keep their columns and a MAC stays one, for what is read
 * by a program. `named`: `serial-1`, for what is read by a person.
 */
export type StandInLook = 'same-shape' | 'named';

const letters: Record<IdentifierKind, string> = {
  serial: 'S',
  number: '0',
  mail: 'm',
  account: 'a',
  wifi: 'w',
  mac: '0',
  name: 'n',
};

const standInNames: Record<IdentifierKind, string> = {
  serial: 'serial',
  number: 'number',
  mail: 'mail',
  account: 'account',
  wifi: 'network',
  mac: 'address',
  name: 'name',
};

/** Values that stand for nothing, so nothing is given away by them. */
const meaningless =
  /^(?:0+|unknown|null|none|any|<none>|n\/a|0{2}(?::0{2}){5}|02(?::00){5}|ff(?::ff){5}|<unknown ssid>)$/i;
/** An iPhone or iPad that its owner has not named. */
const unnamed = /^(?:iphone|ipad)(?: (?:\d{1,2}e?|se|air|xs?|xr|plus|pro|max|mini)){0,3}$/i;
const givesNothingAway = (value: string): boolean => meaningless.test(value) || unnamed.test(value.trim());

/** Shorter values are looked for only where their place tells what they are: elsewhere they may be any word. */
const leastAnywhere: Record<StandInLook, number> = { 'same-shape': 6, named: 4 };

/**
 * The one way in which what tells whose a phone is leaves this computer: it is replaced by stand-ins, the same value by the same one
 * wherever it stands. What is known to be an identifier is found anywhere; what has the form of one (an address, a number) is found by it.
 */
export class Redaction {
  readonly #look: StandInLook;
  readonly #byValue = new Map<string, string>();
  readonly #made = new Set<string>();
  readonly #counts = new Map<IdentifierKind, number>();
  /** Values long and odd enough to be looked for anywhere. */
  readonly #anywhere = new Set<string>();
  /** Each name that a known name is made of, under what is left of it without case. */
  readonly #parts = new Map<string, string>();
  /** Values, under what all their spellings have in common. */
  readonly #byFolded = new Map<string, string>();
  #pattern: RegExp | null = null;
  #partPattern: RegExp | null = null;
  readonly #texts = new Map<string, string>();

  constructor(look: StandInLook, known: Iterable<Identifier> = []) {
    this.#look = look;
    for (const { kind, value } of known) this.know(kind, value);
  }

  /** From now on this value is replaced wherever it stands. */
  know(kind: IdentifierKind, value: string): void {
    if (givesNothingAway(value)) return;
    if (this.#look === 'named' && kind === 'name') this.#knowParts(value);
    if (value.length < leastAnywhere[this.#look]) return;
    const standIn = this.standIn(kind, value);
    this.#anywhere.add(value);
    this.#byFolded.set(folded(value), standIn);
    this.#pattern = null;
  }

  #knowParts(name: string): void {
    for (const part of partsOfName(name)) {
      const key = folded(part);
      if (!this.#parts.has(key)) this.#parts.set(key, part);
    }
    this.#partPattern = null;
  }

  /** The stand-in of a value: made on first use. */
  standIn(kind: IdentifierKind, value: string): string {
    const known = this.#byValue.get(value);
    if (known !== undefined) return known;
    if (givesNothingAway(value) || this.#made.has(value)) return value;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const standIn = this.#look === 'named' ? `${standInNames[kind]}-${count}` : shaped(kind, value, count);
    this.#byValue.set(value, standIn);
    this.#made.add(standIn);
    return standIn;
  }

  has(value: string): boolean {
    return this.#byValue.has(value);
  }

  /** A text without what is known, and without what has the form of an identifier. */
  text(text: string): string {
    if (this.#look === 'same-shape') return this.#withoutAnything(text);
    return this.#named(text, (rest) => this.#withoutParts(rest));
  }

  /** Names of rows stay: nothing in them is of a phone or a person, and a phone number may seem to be. */
  #named(text: string, withoutNames: (text: string) => string): string {
    return text
      .normalize('NFC')
      .split(uid)
      .map((part, index) =>
        index % 2 === 1 ? (this.#byFolded.get(folded(part)) ?? part) : withoutNames(this.#withoutAnything(part)),
      )
      .join('');
  }

  #withoutAnything(text: string): string {
    const rest = this.#withoutKnown(text);
    // Every form of an identifier has a digit or a sign, but for a MAC of letters alone; most texts have none of them.
    if (!/[\d@{%]/.test(rest) && !rest.includes('metered-network') && !macOfLetters.test(rest)) return rest;
    const usual = this.#withoutPatterns(rest);
    return this.#look === 'named' ? this.#withoutWritten(usual) : usual;
  }

  /** The same for every text of a value, names of fields among them. */
  value<T>(value: T): T {
    // Only texts are replaced, by texts.
    this.#texts.clear();
    return this.#value(value) as T;
  }

  /** A reading says the same texts hundreds of times. */
  #once(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    // A word of a format (`open`, `snapshotId`) is nobody's name.
    const redacted = this.#look === 'named' && formatWord.test(text) ? this.#withoutAnything(text) : this.text(text);
    this.#texts.set(text, redacted);
    return redacted;
  }

  #value(value: unknown): unknown {
    if (typeof value === 'string') return this.#once(value);
    if (Array.isArray(value)) return value.map((one) => this.#value(one));
    if (typeof value !== 'object' || value === null) return value;
    // A field is called as the format calls it, also where somebody's phone is called so.
    const key = (name: string): string => (this.#look === 'named' && formatWord.test(name) ? name : this.#once(name));
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [key(name), this.#value(field)]));
  }

  #withoutKnown(text: string): string {
    if (this.#anywhere.size === 0) return text;
    const longestFirst = (): string[] => [...this.#anywhere].toSorted((a, b) => b.length - a.length);
    if (this.#look === 'named') {
      this.#pattern ??= new RegExp(longestFirst().map(spellingsOf).join('|'), 'giu');
      return text.replaceAll(this.#pattern, (spelling) => this.#known(spelling));
    }
    // Answers of phones are handled a character a byte: there, letters are those of ASCII.
    this.#pattern ??= new RegExp(
      longestFirst()
        .map((value) => `(?<![A-Za-z0-9])${RegExp.escape(value)}(?![A-Za-z0-9])`)
        .join('|'),
      'gi',
    );
    return text.replaceAll(this.#pattern, (value) => this.#byValue.get(value) ?? this.#known(value));
  }

  /** The stand-in of what is known, however it is written. */
  #known(spelling: string): string {
    const exact = this.#byFolded.get(folded(spelling)) ?? this.#byFolded.get(folded(spelling.replaceAll('+', ' ')));
    if (exact !== undefined) return exact;
    // A number with more or fewer digits before or after it.
    const digits = folded(spelling);
    const near = [...this.#byFolded].find(([value]) => value.length >= 8 && digits.includes(value.slice(2, 14)));
    return near?.[1] ?? this.standIn('number', spelling);
  }

  #withoutParts(text: string): string {
    if (this.#parts.size === 0) return text;
    this.#partPattern ??= new RegExp(
      [...this.#parts.values()]
        .toSorted((a, b) => b.length - a.length)
        .map(partPattern)
        .join('|'),
      'giu',
    );
    return text.replaceAll(this.#partPattern, (part) =>
      this.#made.has(part) ? part : this.standIn('name', this.#parts.get(folded(part)) ?? part),
    );
  }

  /** What people write, and what this program writes into commands: no answer of a phone is read by it. */
  #withoutWritten(text: string): string {
    return text
      .replaceAll(wifiArgument, (_all, before: string, name: string) => before + this.standIn('wifi', wordOf(name)))
      .replaceAll(writtenMail, (value) => this.standIn('mail', value))
      .replaceAll(writtenMac, (value) => this.standIn('mac', value.toLowerCase()))
      .replaceAll(labelledMac, (_all, label: string, value: string) => label + this.standIn('mac', value.toLowerCase()))
      .replaceAll(bareMac, (value) => this.#byValue.get(withColons(value)) ?? value)
      .replaceAll(labelledAddress, (_all, label: string, value: string) => label + this.#address(value))
      .replaceAll(homeAddress, (value) => this.#address(value))
      .replaceAll(longAddress, (value) => this.#address(value))
      .replaceAll(longUdid, (value) => this.standIn('serial', value))
      .replaceAll(imeiInGroups, (value) => this.standIn('number', value))
      .replaceAll(labelledImei, (_all, label: string, value: string) => label + this.standIn('number', value))
      .replaceAll(longNumber, (value) => (isImei(value) || isIccid(value) ? this.standIn('number', value) : value))
      .replaceAll(americanNumber, (value) => this.standIn('number', value))
      .replaceAll(writtenPhoneNumber, (value) => (digitsIn(value) < 9 ? value : this.standIn('number', value)));
  }

  /** That of the phone or computer itself is the same everywhere. */
  #address(value: string): string {
    return /^(?:127|0)\./.test(value) ? value : this.standIn('mac', value.toLowerCase());
  }

  #withoutPatterns(text: string): string {
    return text
      .replaceAll(mail, (value) => this.standIn('mail', value))
      .replaceAll(phoneNumber, (value) => this.standIn('number', value))
      .replaceAll(mac, (value) => this.standIn('mac', value.toLowerCase()))
      .replaceAll(userName, (all, before: string, name: string, after: string) =>
        makersUserName.test(name) ? all : before + this.standIn('account', name) + after,
      )
      .replaceAll(udid, (value) => this.standIn('serial', value))
      .replaceAll(androidId, (_all, key: string, value: string) => key + this.standIn('serial', value))
      .replaceAll(coordinates, zeros)
      .replaceAll(coordinatesWithCommas, zeros)
      .replaceAll(labelledCoordinate, zeros);
  }
}

/** As long as the value and of its shape: a MAC stays a MAC, a number a number. */
function shaped(kind: IdentifierKind, value: string, count: number): string {
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
    case 'name':
      return `${letters[kind]}${digits}`.padEnd(value.length, letters[kind].toLowerCase());
  }
}

/**
 * An e-mail address is not `@tag@com.x/.Service` of JobScheduler, nor `Object@1a2b3c`: no second @, no name of a package after it.
 */
const mail =
  /(?<![\w.+@/-])[\w.+-]{1,64}@(?!(?:com|org|net|io|android|androidx|java|de)\.[\w.]{0,80}\.)(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}(?![\w@/]|\.\w)/g;
const phoneNumber = /(?<![\w.+-])\+[1-9]\d{8,14}(?![\w.])/g;
export const mac = /(?<![0-9A-Fa-f:])(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}(?!:?[0-9A-Fa-f])/g;
const udid = /(?<![0-9A-Za-z])(?:0{4}8[0-9A-Fa-f]{3}-[0-9A-Fa-f]{16})(?![0-9A-Za-z])/g;
const coordinates = /(?<![\d.])-?\d{1,3}\.\d{4,15},\s?-?\d{1,3}\.\d{4,15}(?![\d.])/g;
/** With the decimal commas of the phone's language, where four numbers in a row mean nothing else. */
const coordinatesWithCommas = /\bLocation\[\w{1,20} -?\d{1,3},\d{4,15},-?\d{1,3},\d{4,15}/g;
const labelledCoordinate = /\b(lat|latitude|lon|lng|longitude)(["']?\s?[=:]\s?)-?\d{1,3}[.,]\d{2,15}/gi;
/** What a person calls herself; the maker's own words for a user say nothing about anybody, and what the user is for. */
export const userName = /(\bUserInfo\{\d{1,9}:)(.{1,120}?)(:[0-9a-fA-F]{1,8}\})/g;
export const makersUserName = /^(?:owner|guest|work profile|(?:maintenance|repair) mode)$/i;
const androidId = /^(android_id=)([0-9a-f]{8,16})$/gm;

const zeros = (text: string): string => text.replaceAll(/\d/g, '0');

/** `cmd netpolicy set metered-network 'Anna’s Wi-Fi' false`, as `command.ts` writes it. */
const wifiArgument = /(\bmetered-network )((?:'[^']*'|\\.|[^\s'\\])+)/g;
const wordOf = (argument: string): string => commandWords(argument)[0] ?? argument;
const uid = /(?<![0-9A-Za-z])([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9A-Za-z])/i;
const formatWord = /^[a-z]+(?:[A-Z][a-z]*|-[a-z]+)*$/;
/** Of iPhones before the XS; of later ones without their hyphen. */
const longUdid = /(?<![0-9A-Za-z])(?:[0-9a-f]{40}|0{4}8[0-9a-f]{19})(?![0-9A-Za-z])/gi;
/** A sentence may end after a number, and one of a SIM card with an F that fills it. */
const longNumber = /(?<![\p{L}\p{N}]|\d\.)\d{15,20}F?(?![\p{L}\p{N}]|\.\d)/gu;
/** 49-015420-323751-8, as GSMA TS.06 groups it, and 490154 20 323751 8; two digits of a software version may end it. */
const imeiInGroups = /(?<![\p{L}\p{N}.-])(?:\d{2}[ -]\d{6}|\d{6}[ -]\d{2})[ -]\d{6}[ -]\d{1,2}(?![\p{L}\p{N}-]|\.\d)/gu;
const labelledImei = /\b(imei(?: ?\/? ?sv)?\d?[\s:=]{1,3})(\d{14,16})(?!\d)/gi;
const americanNumber = /(?<![\p{L}\p{N}.+/-])(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}(?![\p{L}\p{N}-]|[.,:]\d)/gu;
/** As people write them: in groups, with the country or without. */
const writtenPhoneNumber = /(?<![\p{L}\p{N}.+/-]|\d:)(?:\+\d|\(?0\d{2})[\d ()/-]{6,20}\d(?![\p{L}\p{N}]|[.,:]\d)/gu;
/** With letters of any language, in quotation marks, and in an address of the web. */
const writtenMail =
  /(?:"[^"\n@]{1,64}"|(?<![\p{L}\p{N}_.+@/'-])[\p{L}\p{N}_.+'-]{1,64})(?:@|%40)(?!(?:com|org|net|io|android|androidx|java|de)\.[\w.]{0,80}\.)(?:[\p{L}\p{N}-]{1,63}\.){1,4}\p{L}{2,24}(?![\p{L}\p{N}@/]|\.\p{L})/giu;
const writtenMac =
  /(?<![\w.-])(?:(?:[0-9a-f]{2}-){5}[0-9a-f]{2}|(?=[\d.]*[a-f])[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4})(?![\w-]|\.\w)/gi;
const labelledMac =
  /\b((?:bssid|mac)(?: address)?[\s:=]{1,3})([0-9a-f]{12}|(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2})(?![0-9a-z])/gi;
const macOfLetters = /[a-f]{2}(?:[:-]?[a-f]{2}){5}|[a-f]{4}(?:\.[a-f]{4}){2}/i;
/** It may be any number: only one that is known with its colons is one. */
const bareMac = /(?<![0-9A-Za-z])[0-9a-f]{12}(?![0-9A-Za-z])/gi;
const withColons = (value: string): string => value.toLowerCase().match(/../g)?.join(':') ?? value;
/** Of IP, version 4: four numbers may be a version of a program, so the place tells; */
const labelledAddress =
  /((?:\b(?:ip(?:v4)?|inet|addr|address|host|server|gateway|route|dns\d?)["'\]]?[\s:=/["'(]{1,3})|(?<![\w.])\/)(\d{1,3}(?:\.\d{1,3}){3})(?!\w|\.\d)/gi;
/** or they are of a network at home (RFC 1918, RFC 3927); with 10, versions begin too, but none is followed by a port or the length of a network. */
const homeAddress =
  /(?<![\w.-])(?:(?:192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254)(?:\.\d{1,3}){2}|10(?:\.\d{1,3}){3}(?=:\d{2,5}(?!\d)|\/\d{1,2}(?!\d)))(?!\w|\.\d)/g;
/** Of IP, version 6 (RFC 4291): of a link, of a network at home, of the internet. */
const longAddress =
  /(?<![\w.:-])(?:(?:fe[89ab][0-9a-f]|f[cd][0-9a-f]{2})(?::[0-9a-f]{0,4}){2,7}|[23][0-9a-f]{3}(?::[0-9a-f]{0,4}){3,7})(?![\w:])/gi;
const digitsIn = (text: string): number => text.replaceAll(/\D/g, '').length;
const isIccid = (value: string): boolean => value.startsWith('89') && digitsIn(value) >= 18;
