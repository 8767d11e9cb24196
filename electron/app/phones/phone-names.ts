import type { Phone } from '../../../native/phone.ts';
import { phoneTitle } from '../../../native/phone-title.ts';
import type { KnownPhone } from '../../../db/records/phones.ts';
import { ApplicationError } from '../program/problem.ts';
import type { Recall } from '../program/recall.ts';

/** `X~2`: the second phone that became known with the serial `X`. */
const numbered = /^(.+)~([1-9]\d{0,3})$/;

/** The serial that a phone with this id may have on the cable. */
export const serialIn = (phoneId: string): string => numbered.exec(phoneId)?.[1] ?? phoneId;

/**
 * What phones are called here: by their serial, as long as no two of those that are known share it. Of several phones with one serial,
 * the first is kept under the serial itself and called `serial~1`, the second is `serial~2`.
 */
export class PhoneNames {
  readonly #recall: Recall;

  constructor(recall: Recall) {
    this.#recall = recall;
  }

  /** The id under which a phone that is plugged in is kept, or would be. */
  idOf(phone: Phone): string {
    return this.#recall((store) => store.phoneIdOf(phone), phone.id);
  }

  /** Whether anything is kept of a phone with this serial: then it matters which one is plugged in. */
  isKnown(serial: string): boolean {
    return this.#sharing(serial).length > 0;
  }

  /** The name that is known of a phone, which its list may not tell: an Android phone says it only when it is read. */
  nameOf(phoneId: string): string | null {
    return this.#sharing(serialIn(phoneId)).find(({ id }) => id === phoneId)?.name ?? null;
  }

  /** How an id is shown. */
  shown(phoneId: string): string {
    return this.#sharing(phoneId).length > 1 ? `${phoneId}~1` : phoneId;
  }

  /**
   * The id that a person means; null: nothing is kept that is called so. Throws {@link ApplicationError} `which-phone` where it may be
   * several.
   */
  named(text: string): string | null {
    const sharing = this.#sharing(text);
    if (sharing.length > 1) {
      throw new ApplicationError('which-phone', `Several phones have the serial ${text}: name one.`, [
        ...sharing.map((phone) => `${this.shown(phone.id)}  ${phoneTitle(phone) ?? ''}`),
        `${text}~${sharing.length + 1}  one that is not known yet`,
      ]);
    }
    const [, serial, number] = numbered.exec(text) ?? [];
    if (serial !== undefined && this.isKnown(serial)) return number === '1' ? serial : text;
    return sharing[0]?.id ?? null;
  }

  #sharing(serial: string): readonly KnownPhone[] {
    return this.#recall((store) => store.phonesOfSerial(serial), []);
  }
}
