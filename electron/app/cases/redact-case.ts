import { captureFromJson, captureToJson } from '../../../native/capture.ts';
import { learnFrom, redactCapture } from '../../../native/offline/redaction.ts';
import type { Phone } from '../../../native/phone.ts';
import { Redaction } from '../../../native/redaction.ts';
import { isSampleId } from '../../../native/samples/sample-id.ts';
import type { CaseRow, CaseUnit } from '../../../db/case-rows.ts';
import type { CaseContent } from '../../../db/cases.ts';

/** What people wrote, where a name may stand anywhere. */
const writtenColumns = new Set(['fault', 'label', 'note', 'description', 'reason']);
/** Who did something. */
const whoColumns = new Set(['who', 'technician', 'by']);
/** Names of rows, and moments: a uid of digits alone looks like a number. */
const isKept = (column: string): boolean => /^(?:uid|ticket|snapshot|customer|catalog|version|at|.+_at)$/.test(column);

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
const jsonOf = (text: string): Json => JSON.parse(text) as Json;
const isRecord = (value: Json | undefined): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textsAt = (value: Json | undefined, name: string): string[] =>
  isRecord(value) && typeof value[name] === 'string' ? [value[name]] : [];

/** Every cell of one column, wherever in the units it stands. */
const cellsOf = (units: readonly CaseUnit[], column: string): string[] =>
  units
    .flatMap(({ row, parts }) => [row, ...Object.values(parts).flat()])
    .flatMap(({ [column]: cell }) => (typeof cell === 'string' ? [cell] : []));

/**
 * A case without what tells whose the phones are: no customer, no field of the shop's own, no name of who did something; serials, accounts
 * and networks are stand-ins. Phones get an id that no other case gives, so that two of them are never taken for one.
 */
export function redactCase({ phones, units }: CaseContent): CaseContent {
  const redactor = new CaseRedactor(phones, units);
  return {
    phones: phones.map(({ phone, seenAt }) => ({ phone: redactor.phone(phone), seenAt })),
    units: units.filter(({ kind }) => kind !== 'customer').map((unit) => redactor.unit(unit)),
  };
}

/** An id of the random end of a uid, which tells nothing. */
function idFor(id: string, index: number, units: readonly CaseUnit[]): string {
  const uid = units.find((unit) => cellsOf([unit], 'phone').includes(id))?.uid ?? '';
  const end = `redacted-${uid.slice(-12)}-${index + 1}`;
  return isSampleId(id) ? `sample-${end}` : end;
}

class CaseRedactor {
  readonly #redaction = new Redaction('named');
  readonly #ids: ReadonlyMap<string, string>;
  /** Too short to be looked for in what a phone says. */
  readonly #names: RegExp | null;

  constructor(phones: CaseContent['phones'], units: readonly CaseUnit[]) {
    this.#ids = new Map(phones.map(({ phone: { id } }, index) => [id, idFor(id, index, units)]));
    for (const { phone } of phones) this.#learnPhone(phone);
    for (const text of cellsOf(units, 'capture_json')) learnFrom(captureFromJson(text), this.#redaction);
    for (const text of cellsOf(units, 'phone_json')) this.#learnPhone(JSON.parse(text) as Phone);
    for (const imei of cellsOf(units, 'imei')) this.#redaction.know('number', imei);
    const customers = units.filter(({ kind }) => kind === 'customer');
    const told = cellsOf(customers, 'detail_json').map(jsonOf);
    for (const contact of [...cellsOf(customers, 'contact'), ...told.flatMap((one) => textsAt(one, 'contact'))]) {
      for (const part of contact.split(/[,;\n]/)) this.#redaction.know('account', part.trim());
    }
    const consents = cellsOf(units, 'consent_json').map(jsonOf);
    const names = [
      ...cellsOf(customers, 'name'),
      ...told.flatMap((one) => textsAt(one, 'name')),
      ...[...consents, ...cellsOf(units, 'detail_json').map(jsonOf)].flatMap((one) => textsAt(one, 'by')),
    ];
    for (const name of names) this.#redaction.know('name', name);
    const words = [...new Set(names.flatMap((name) => [name, ...name.split(/\s+/)]))].filter(
      ({ length }) => length > 1,
    );
    this.#names =
      words.length === 0
        ? null
        : new RegExp(
            `(?<![\\p{L}\\p{N}])(?:${words
              .toSorted((a, b) => b.length - a.length)
              .map((word) => RegExp.escape(word))
              .join('|')})(?![\\p{L}\\p{N}])`,
            'giu',
          );
  }

  #learnPhone({ id, platform, name }: Phone): void {
    this.#redaction.know('serial', id);
    if (platform === 'ios' && name !== null) this.#redaction.know('name', name);
  }

  #id(id: string): string {
    return this.#ids.get(id) ?? this.#redaction.standIn('serial', id);
  }

  phone(phone: Phone): Phone {
    const { platform, name } = phone;
    const owners = platform === 'ios' && name !== null ? this.#redaction.standIn('name', name) : name;
    return { ...this.#redaction.value(phone), id: this.#id(phone.id), name: owners };
  }

  unit({ kind, uid, row, parts }: CaseUnit): CaseUnit {
    return {
      kind,
      uid,
      row: { ...this.#row(row), ...(kind === 'ticket' ? { customer: null } : {}) },
      parts: Object.fromEntries(
        Object.entries(parts).map(([table, rows]) => [table, rows.map((part) => this.#row(part))]),
      ),
    };
  }

  #row(row: CaseRow): CaseRow {
    return Object.fromEntries(
      Object.entries(row).map(([column, cell]) => [
        column,
        typeof cell === 'string' && cell !== '' ? this.#cell(column, cell) : cell,
      ]),
    );
  }

  #cell(column: string, text: string): string {
    switch (column) {
      case 'phone':
        return this.#id(text);
      case 'imei':
        return this.#redaction.standIn('number', text);
      case 'phone_json':
        return JSON.stringify(this.phone(JSON.parse(text) as Phone));
      case 'capture_json': {
        const capture = captureFromJson(text);
        return captureToJson({ ...redactCapture(capture), phoneId: this.#id(capture.phoneId) });
      }
      case 'reading_json':
        return JSON.stringify(this.#redaction.value(this.#reading(jsonOf(text))));
      case 'fields_json':
        return '[]';
      case 'consent_json':
      case 'detail_json':
        return JSON.stringify(this.#told(jsonOf(text)));
      default:
        if (isKept(column)) return text;
        if (whoColumns.has(column)) return this.#redaction.standIn('account', text);
        if (writtenColumns.has(column)) return this.#written(text);
        if (column.endsWith('_json')) return JSON.stringify(this.#redaction.value(jsonOf(text)));
        return this.#redaction.text(text);
    }
  }

  /** What happened to something: who did it, what they wrote, the customer, and whatever a phone answered. */
  #told(value: Json): Json {
    if (!isRecord(value)) return this.#redaction.value(value);
    const told = Object.entries(value).map(([name, field]): [string, Json] => {
      if (name === 'customer') return [name, null];
      if (name === 'fields') return [name, []];
      if (typeof field !== 'string' || field === '') return [name, this.#redaction.value(field)];
      if (whoColumns.has(name)) return [name, this.#redaction.standIn('account', field)];
      if (writtenColumns.has(name)) return [name, this.#written(field)];
      // The uid of a phone that was handed in.
      return [name, name === 'phone' || isKept(name) ? field : this.#redaction.text(field)];
    });
    return Object.fromEntries(told);
  }

  #written(text: string): string {
    const rest = this.#redaction.text(text);
    return this.#names === null ? rest : rest.replaceAll(this.#names, (name) => this.#redaction.standIn('name', name));
  }

  /** The name and the serial of a phone, whatever they look like. */
  #reading(read: Json): Json {
    if (!isRecord(read) || !isRecord(read['reading'])) return read;
    const { reading } = read;
    const { identity } = reading;
    if (!isRecord(identity)) return read;
    const isIos = reading['platform'] === 'ios';
    const standIn = (name: string, kind: 'serial' | 'name'): { [name: string]: Json } => {
      const leaf = identity[name];
      return isRecord(leaf) && typeof leaf['value'] === 'string'
        ? { [name]: { ...leaf, value: this.#redaction.standIn(kind, leaf['value']) } }
        : {};
    };
    const hidden = { ...standIn('serial', 'serial'), ...(isIos ? standIn('name', 'name') : {}) };
    return { ...read, reading: { ...reading, identity: { ...identity, ...hidden } } };
  }
}
