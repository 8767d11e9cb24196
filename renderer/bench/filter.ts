import { isFound } from '../parts/found.ts';
import { phoneName } from '../parts/phone-text.tsx';
import { stateWords } from './card-words.ts';
import type { Card } from './cards.ts';

/** Whether a phone is meant by what was typed: its name, model, serial, place, state, ticket or customer. */
export function suits({ phone, place, number, state, report, ticket }: Card, typed: string): boolean {
  const text = [
    phoneName(phone),
    phone.manufacturer,
    phone.model,
    phone.id,
    place,
    number,
    stateWords(state),
    report?.answer.headline,
    ticket?.number,
    ticket?.customer?.name,
  ].join(' ');
  return isFound(text, typed);
}
