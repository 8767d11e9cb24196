import { t } from '../language/words.ts';
import type { Phone } from '../program/received.ts';
import { modelTitle, phoneTitle } from './phone-title.ts';

/** {@link phoneTitle}, else the end of its id, which tells it from its neighbours. */
export function phoneName(phone: Pick<Phone, 'name' | 'manufacturer' | 'model' | 'id' | 'platform'>): string {
  const title = phoneTitle(phone);
  if (title !== null) return title;
  // Of a file that does not say which phone it is of, its name is all there is.
  if (/\.(?:txt|zip|gz|json|log)$/i.test(phone.id)) return t('Phone of {file}', { file: phone.id });
  const end = serialEnd(phone);
  return phone.platform === 'ios' ? `iPhone ${end}` : t('Android phone {end}', { end });
}

/** `…9F0A`: the end of the serial, which stands on the phone or its box, and tells it from another of its model. */
export const serialEnd = ({ id }: Pick<Phone, 'id'>): string => `…${id.replace(/~\d+$/, '').slice(-4)}`;

/** `Pixel 8 · Android 14`: what is known beside the name of a phone; its model only where its owner has named it otherwise. */
export function modelAndSystem(phone: Phone): string {
  const system = phone.platform === 'android' ? 'Android' : 'iOS';
  const version = phone.osVersion === null ? system : `${system} ${phone.osVersion}`;
  const model = modelTitle(phone);
  return model === null || model === phoneName(phone) ? version : `${model} · ${version}`;
}

/** `Android 14 · security patch 2026-05-01`: what is known, for a page that stands alone. */
export const phoneFacts = (phone: Phone): string =>
  phone.securityPatch === null
    ? modelAndSystem(phone)
    : `${modelAndSystem(phone)} · ${t('security patch {date}', { date: phone.securityPatch })}`;

/**
 * Text that the program sent, which may hold text of a phone: `bdi` keeps its writing direction from turning the words around it. Every
 * such text stands in one, whether a phone can reach it today or not; a test looks for those that do not.
 */
export function PhoneText({ children }: { children: string }) {
  return <bdi>{children}</bdi>;
}

/** Characters that are written from the right, or turn the direction themselves. */
const turning = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}\p{Bidi_Control}]/u;

/**
 * The same where no element can stand: in an attribute, an option, the window's title. FIRST STRONG ISOLATE … POP DIRECTIONAL ISOLATE,
 * and none of either within.
 */
export const isolated = (text: string): string =>
  turning.test(text) ? `\u2068${text.replaceAll(/[\u2066-\u2069]/g, '')}\u2069` : text;
