import { t } from '../language/words.ts';

/** What can be done on the bench, as the sheet of keys and the palette name it. */
export type BenchAct = 'scan-all' | 'fix' | 'ticket' | 'print' | 'filter' | 'name' | 'clear' | 'keys';

export const benchActs: readonly { act: BenchAct; keys: string }[] = [
  { act: 'scan-all', keys: 'A' },
  { act: 'fix', keys: 'F' },
  { act: 'ticket', keys: 'T' },
  { act: 'print', keys: 'P' },
  { act: 'filter', keys: '/' },
  { act: 'name', keys: 'N' },
  { act: 'clear', keys: 'Esc' },
  { act: 'keys', keys: '?' },
];

export function actWords(act: BenchAct): string {
  switch (act) {
    case 'scan-all':
      return t('Scan all phones');
    case 'fix':
      return t('Fix the selected phones');
    case 'ticket':
      return t('Open the ticket of this phone, or a new one');
    case 'print':
      return t(
        'Print the label of this phone’s ticket; once it is proven its certificate, without a ticket its result',
      );
    case 'filter':
      return t('Filter the phones');
    case 'name':
      return t('Name the place of this phone');
    case 'clear':
      return t('Select nothing');
    case 'keys':
      return t('Show the keys');
  }
}

/** Digits that were pressed one after the other, as the number of a place. */
export interface TypedNumber {
  /** The place to open now; null: another digit may follow. */
  open: number | null;
  /** What was typed so far. */
  typed: string;
}

/** A digit opens at once where no place with more digits begins with it. Pure. */
export function typeDigit(typed: string, digit: string, places: readonly number[]): TypedNumber {
  const text = typed + digit;
  const isPlace = places.includes(Number(text));
  const mayGoOn = places.some((place) => String(place).length > text.length && String(place).startsWith(text));
  if (mayGoOn) return { open: null, typed: text };
  // What leads nowhere begins anew with this digit.
  if (!isPlace && typed !== '') return typeDigit('', digit, places);
  return { open: isPlace ? Number(text) : null, typed: '' };
}
