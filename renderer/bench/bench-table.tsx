import { VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { t } from '../language/words.ts';
import { isolated, phoneName, PhoneText, serialEnd } from '../parts/phone-text.tsx';
import { minutesSince, SelectMark } from './bench-card.tsx';
import classes from './bench.module.css';
import { groupOf, toneOf } from './card-state.ts';
import { minutesWords, stateWords } from './card-words.ts';
import { useCard } from './cards.ts';
import { PlaceName } from './place-name.tsx';
import { useIsSelected } from './selection.ts';

interface BenchTableProps {
  numbers: readonly number[];
  now: number;
  current: number | null;
  onCurrent: (number: number) => void;
}

/** The same as the cards, a line each, where there is no room for them. */
export function BenchTable({ numbers, now, current, onCurrent }: BenchTableProps) {
  return (
    <table className={classes.table} aria-label={t('Phones at the counter')}>
      <thead>
        <tr>
          <th scope="col">{t('Place')}</th>
          <th scope="col">{t('Phone')}</th>
          <th scope="col">{t('State')}</th>
          <th scope="col">
            <VisuallyHidden>{t('Selected')}</VisuallyHidden>
          </th>
        </tr>
      </thead>
      <tbody>
        {numbers.map((number) => (
          <Row key={number} number={number} now={now} current={number === current} onCurrent={onCurrent} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  number: number;
  now: number;
  current: boolean;
  onCurrent: (number: number) => void;
}

function Row({ number, now, current, onCurrent }: RowProps) {
  const card = useCard(number);
  const isSelected = useIsSelected(card?.phone.id ?? '');
  if (card === null) return null;
  const { phone, state, place, arrivedAt, ticket } = card;
  const tabIndex = current ? 0 : -1;
  const name = phoneName(phone);
  return (
    <tr
      className={classes.row}
      data-tone={toneOf(state)}
      data-group={groupOf(state)}
      data-selected={isSelected}
      data-place={number}
    >
      <td>
        <PlaceName number={number} place={place} tabIndex={tabIndex} />
      </td>
      <th scope="row">
        <Link
          to="/phones/$phoneId"
          params={{ phoneId: phone.id }}
          className={classes.open}
          data-slot={number}
          tabIndex={tabIndex}
          title={isolated(name)}
          onFocus={() => onCurrent(number)}
        >
          <PhoneText>{name}</PhoneText>
        </Link>
        <span className={classes.facts}>
          {/* One text, so that no line begins with a dot. */}
          <span>
            <PhoneText>{serialEnd(phone)}</PhoneText>
            {'\u00a0· '}
            {minutesWords(minutesSince(arrivedAt, now))}
            {ticket === null ? null : (
              <>
                {'\u00a0· '}
                <span className={classes.together}>{t('Ticket {number}', { number: ticket.number })}</span>
              </>
            )}
          </span>
        </span>
      </th>
      <td>
        <span className={classes.state}>{stateWords(state)}</span>
      </td>
      <td>
        <SelectMark phoneId={phone.id} name={name} isSelected={isSelected} tabIndex={tabIndex} />
      </td>
    </tr>
  );
}
