import { Progress } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { t } from '../language/words.ts';
import { IconCheck, IconCircle, IconCircleCheckFilled, IconHandStop } from '../parts/icons.tsx';
import { isolated, phoneName, PhoneText, serialEnd } from '../parts/phone-text.tsx';
import { SampleBadge } from '../parts/sample-badge.tsx';
import { groupOf, progressOf, toneOf } from './card-state.ts';
import { minutesWords, stateWords } from './card-words.ts';
import { useCard } from './cards.ts';
import classes from './bench.module.css';
import { PhonePicture } from './phone-picture.tsx';
import { PlaceName } from './place-name.tsx';
import { selection, useIsSelected } from './selection.ts';

interface BenchCardProps {
  number: number;
  /** ms since 1970. */
  now: number;
  /** Whether Tab comes to this card; arrows go to the others. */
  current: boolean;
  onCurrent: (number: number) => void;
}

/** How long a phone has lain at the counter, in whole minutes. */
export const minutesSince = (arrivedAt: string, now: number): number =>
  Math.max(0, Math.floor((now - Date.parse(arrivedAt)) / 60_000));

/** One phone at its place: who it is, and how it stands in letters that can be read from a metre. */
export const BenchCard = memo(function BenchCard({ number, now, current, onCurrent }: BenchCardProps) {
  const card = useCard(number);
  const isSelected = useIsSelected(card?.phone.id ?? '');
  if (card === null) return null;
  const { phone, state, says, place, arrivedAt, ticket } = card;
  const progress = progressOf(state);
  const tabIndex = current ? 0 : -1;
  return (
    <li
      className={classes.card}
      data-tone={toneOf(state)}
      data-group={groupOf(state)}
      data-selected={isSelected}
      data-place={number}
    >
      <div className={classes.top}>
        <PhonePicture platform={phone.platform} />
        <div className={classes.who}>
          <Link
            to="/phones/$phoneId"
            params={{ phoneId: phone.id }}
            className={classes.open}
            data-slot={number}
            tabIndex={tabIndex}
            onFocus={() => onCurrent(number)}
          >
            <PhoneText>{phoneName(phone)}</PhoneText>
          </Link>
          <span className={classes.facts}>
            <PhoneText>{serialEnd(phone)}</PhoneText>
            {phone.sample ? <SampleBadge /> : null}
          </span>
          {ticket === null ? null : (
            <span className={classes.ticket} data-ticket>
              {t('Ticket {number}', { number: ticket.number })}
              {ticket.customer === null || ticket.customer.name === '' ? null : (
                <>
                  {' · '}
                  <PhoneText>{ticket.customer.name}</PhoneText>
                </>
              )}
            </span>
          )}
        </div>
        <SelectMark phoneId={phone.id} name={phoneName(phone)} isSelected={isSelected} tabIndex={tabIndex} />
      </div>
      <p className={classes.state}>
        {toneOf(state) === 'warn' ? <IconHandStop size={22} aria-hidden /> : null}
        {state.kind === 'proven' ? <IconCircleCheckFilled size={22} aria-hidden /> : null}
        {stateWords(state)}
      </p>
      <p className={classes.says}>{says === null ? null : <PhoneText>{says}</PhoneText>}</p>
      <div className={classes.foot}>
        <PlaceName number={number} place={place} tabIndex={tabIndex} />
        <span>{minutesWords(minutesSince(arrivedAt, now))}</span>
      </div>
      {progress === null ? null : (
        <Progress
          className={classes.progress}
          value={progress}
          size={3}
          radius={0}
          transitionDuration={150}
          aria-label={t('Progress of {phone}', { phone: isolated(phoneName(phone)) })}
        />
      )}
    </li>
  );
});

interface SelectMarkProps {
  phoneId: string;
  name: string;
  isSelected: boolean;
  tabIndex: number;
}

/** A button, so that the keys of the bench work while it has the focus. */
export function SelectMark({ phoneId, name, isSelected, tabIndex }: SelectMarkProps) {
  return (
    <button
      type="button"
      aria-pressed={isSelected}
      data-select
      aria-label={t('Select {phone}', { phone: isolated(name) })}
      className={classes.select}
      tabIndex={tabIndex}
      onClick={() => selection.toggle(phoneId)}
    >
      {isSelected ? <IconCheck size={16} stroke={3} aria-hidden /> : <IconCircle size={16} aria-hidden />}
    </button>
  );
}
