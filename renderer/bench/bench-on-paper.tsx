import { useSyncExternalStore } from 'react';
import { t } from '../language/words.ts';
import { phoneName, PhoneText, serialEnd } from '../parts/phone-text.tsx';
import table from '../parts/table.module.css';
import { stateWords } from './card-words.ts';
import type { Card } from './cards.ts';

const onPaper = globalThis.matchMedia('print');
const follow = (listener: () => void): (() => void) => {
  onPaper.addEventListener('change', listener);
  return () => onPaper.removeEventListener('change', listener);
};

/** What the browser's own print gives of the bench: how each phone stands. The names of places may be those of customers, and are left out. */
export function BenchOnPaper({ cards }: { cards: readonly Card[] }) {
  // Made when it is printed: on the screen it would say everything twice.
  const isPrinted = useSyncExternalStore(follow, () => onPaper.matches);
  if (!isPrinted) return null;
  return (
    <section data-print-only>
      <h1>{t('Bench')}</h1>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('Place')}</th>
            <th scope="col">{t('Phone')}</th>
            <th scope="col">{t('State')}</th>
          </tr>
        </thead>
        <tbody>
          {cards.map(({ number, phone, state, says }) => (
            <tr key={phone.id}>
              <td>{number}</td>
              <th scope="row">
                <PhoneText>{phoneName(phone)}</PhoneText> <PhoneText>{serialEnd(phone)}</PhoneText>
              </th>
              <td>
                {stateWords(state)}
                <br />
                {says === null ? null : <PhoneText>{says}</PhoneText>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
