import { udid } from '../../../native/ios/reach/udid.ts';
import type { ListedPhone, Phone, Platform } from '../../../native/phone.ts';
import { readCapture } from '../../../native/read-capture.ts';
import type { Reading } from '../../../native/reading.ts';
import { NativeError, type CaptureOptions, type PhoneList, type PhoneSource } from '../../../native/source.ts';
import { serialIn, type PhoneNames } from './phone-names.ts';
import { ApplicationError } from '../program/problem.ts';
import { renamedSource } from './renamed-source.ts';

/** A phone, and where it is plugged in. */
export interface PluggedPhone {
  phone: ListedPhone;
  source: PhoneSource;
}

/** All phones of all sources, with one list. */
export class Phones {
  private readonly sources: readonly PhoneSource[];
  /** Phones that something is done with: two conversations with one phone would spoil each other. */
  private readonly busy = new Set<string>();

  private readonly names: Pick<PhoneNames, 'idOf' | 'isKnown' | 'nameOf'>;
  private readonly onSeen: (phone: Phone) => void;

  /** `onSeen` is told of every phone that is plugged in, as often as a list is made. */
  constructor(
    sources: readonly PhoneSource[],
    names: Pick<PhoneNames, 'idOf' | 'isKnown' | 'nameOf'> = bySerial,
    onSeen: (phone: Phone) => void = () => undefined,
  ) {
    this.sources = sources;
    this.names = names;
    this.onSeen = onSeen;
  }

  /** Every phone; with `identify`, each ready one has been asked who it is; with `only`, no other than that one is asked. */
  async list(options: { identify?: boolean; only?: string } = {}): Promise<PhoneList> {
    return this.joined(await Promise.all(this.sources.map((source) => source.list(options))));
  }

  /** Calls back with the whole list when each source has answered once, and on every change. Returns the way to stop. */
  watch(onChange: (list: PhoneList) => void): () => void {
    const lists = new Map<PhoneSource, PhoneList>();
    const stops = this.sources.map((source) =>
      source.watch((list) => {
        lists.set(source, list);
        onChange(this.joined(this.sources.flatMap((one) => lists.get(one) ?? [])));
      }),
    );
    return () => {
      for (const stop of stops) stop();
    };
  }

  /**
   * The source that a phone is plugged into. Throws {@link ApplicationError} `unknown-phone`, `another-phone` where one with the same
   * serial is plugged in.
   */
  async find(phoneId: string): Promise<PluggedPhone> {
    const found = await this.search(phoneId);
    if (found === null) {
      // Every source has said that it is not there: the phones that are need not be asked who they are.
      const { troubles } = await this.list({ only: phoneId });
      throw new ApplicationError('unknown-phone', `No phone with the id ${phoneId} is plugged in.`, [
        ...troublesOf(troubles, udid.test(phoneId) ? 'ios' : 'android'),
        'List the phones that are plugged in, and use an id from the list.',
      ]);
    }
    const { phone, source } = found;
    const id = this.names.idOf(phone);
    if (id !== phoneId) {
      throw new ApplicationError('another-phone', `Another phone with the serial of ${phoneId} is plugged in: ${id}.`, [
        'Plug in the phone that is meant.',
      ]);
    }
    return id === phone.id ? found : { phone: { ...phone, id }, source: renamedSource(source, id, phone.id) };
  }

  /** The id of the phone that is plugged in with this serial; null where there is none. */
  async idBehind(serial: string): Promise<string | null> {
    const found = await this.search(serial);
    return found === null ? null : this.names.idOf(found.phone);
  }

  /** The phone on the cable that may have this id; null where there is none. */
  private async search(phoneId: string): Promise<PluggedPhone | null> {
    const searches = this.sources.map(async (source) => {
      const serial = serialIn(phoneId);
      const named = await onCable(source, phoneId);
      const phone = named ?? (serial === phoneId ? null : await onCable(source, serial));
      if (phone === null) return Promise.reject(notHere);
      // Where a phone with this serial is known, it must have said who it is before it is taken for that one.
      const isUnread = phone.state === 'ready' && phone.manufacturer === null && this.names.isKnown(phone.id);
      return { phone: isUnread ? ((await onCable(source, phone.id, true)) ?? phone) : phone, source };
    });
    try {
      // The first that has it: a slow source holds up no other's phone.
      return await Promise.any(searches);
    } catch (error) {
      if (error instanceof AggregateError && error.errors.every((one) => one === notHere)) return null;
      throw error;
    }
  }

  private joined(lists: readonly PhoneList[]): PhoneList {
    const phones = lists.flatMap((list) => list.phones);
    for (const phone of phones) this.onSeen(phone);
    return {
      phones: phones.map((phone) => {
        const id = this.names.idOf(phone);
        return { ...phone, id, name: phone.name ?? this.names.nameOf(id) };
      }),
      troubles: lists.flatMap(({ troubles }) => troubles),
    };
  }

  /** Gives a phone to one piece of work at a time. Throws {@link ApplicationError} `unknown-phone`, `phone-busy`. */
  async use<T>(phoneId: string, work: (plugged: PluggedPhone) => Promise<T>): Promise<T> {
    const plugged = await this.find(phoneId);
    this.requireFree(phoneId);
    this.busy.add(phoneId);
    try {
      return await work(plugged);
    } finally {
      this.busy.delete(phoneId);
    }
  }

  /**
   * Asks a phone a few questions by the way: it is not kept from anybody else meanwhile, and not asked while somebody works with it.
   * Rejects for nothing that a phone does: `detail` says why there is no reading.
   */
  async look(phoneId: string, options: CaptureOptions): Promise<{ reading: Reading | null; detail: string | null }> {
    if (this.busy.has(phoneId)) return { reading: null, detail: 'Something else is done with the phone just now.' };
    try {
      const { source } = await this.find(phoneId);
      const capture = await source.capture(phoneId, options);
      if (capture.brokenOff !== null) return { reading: null, detail: capture.brokenOff.detail };
      const { signal } = options;
      return { reading: await readCapture(capture, (one) => source.read(one), { signal }), detail: null };
    } catch (error) {
      if (error instanceof NativeError) return { reading: null, detail: error.message };
      if (!(error instanceof ApplicationError)) throw error;
      return { reading: null, detail: 'The phone is not plugged in.' };
    }
  }

  /** Throws {@link ApplicationError} `phone-busy` where something is done with a phone at this moment. */
  requireFree(phoneId: string): void {
    if (!this.busy.has(phoneId)) return;
    throw new ApplicationError('phone-busy', 'This phone is being read or corrected already.', [
      'Wait until that is done.',
    ]);
  }

  /** Whether something is being done with a phone here. */
  get isAnyBusy(): boolean {
    return this.busy.size > 0;
  }

  /** Throws {@link ApplicationError} `phone-busy` where something is done with any phone at this moment. */
  requireAllFree(): void {
    if (!this.isAnyBusy) return;
    throw new ApplicationError('phone-busy', 'A phone is being read or corrected just now.', [
      'Wait until that is done.',
    ]);
  }

  /** The one phone that is plugged in, for whoever names none. Throws where there is none, or more than one. */
  async only(): Promise<ListedPhone> {
    const { phones, troubles } = await this.list();
    const [phone, another] = phones;
    if (phone === undefined) {
      const [trouble, another] = troubles;
      // One source that cannot be asked says nothing about the phones of the others.
      if (trouble !== undefined && another !== undefined) {
        throw new ApplicationError(trouble.code, trouble.message, trouble.remedy.steps);
      }
      throw new ApplicationError('no-phone', 'No phone is plugged in.', [
        'Plug a phone in, unlock it, and allow USB debugging (Android) or trust this computer (iPhone).',
        ...troublesOf(troubles, 'android'),
        ...troubles.filter(({ platform }) => platform === 'ios').map(iphonesWithout),
        'What to do, and more: phone-health connection help',
      ]);
    }
    if (another !== undefined) {
      throw new ApplicationError('several-phones', `${phones.length} phones are plugged in: name one.`, [
        phones.map(({ id }) => id).join(', '),
      ]);
    }
    return phone;
  }

  async close(): Promise<void> {
    await Promise.all(this.sources.map((source) => source.close()));
  }
}

/** Whoever asked for an Android phone, or for none, misses nothing by this. */
export const iphonesWithout = ({ brief = 'not set up on this computer' }: PhoneList['troubles'][number]): string =>
  `iPhones: ${brief}.`;

const troublesOf = (troubles: PhoneList['troubles'], wanted: Platform): string[] =>
  troubles
    .filter(({ platform }) => platform === wanted)
    .map(({ message, remedy }) => `${message} ${remedy.steps.join(' ')}`);

/** Why a search for a phone in one source ends. */
const notHere = new Error('The phone is not in this source.');

/** Without a store, every phone is called by its serial. */
const bySerial = { idOf: ({ id }: Phone): string => id, isKnown: () => false, nameOf: () => null };

async function onCable(source: PhoneSource, serial: string, identify = false): Promise<ListedPhone | null> {
  const { phones } = await source.list({ only: serial, ...(identify ? { identify } : {}) });
  return phones.find(({ id }) => id === serial) ?? null;
}
