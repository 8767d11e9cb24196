import { Checkbox } from '@mantine/core';
import { t } from '../language/words.ts';
import { isolated, PhoneText } from '../parts/phone-text.tsx';
import { listText } from '../parts/value-text.ts';
import { findingKey } from '../program/phone-work.ts';
import type { OfferedCorrection, ScanReport } from '../program/received.ts';
import { Commands } from './commands.tsx';
import classes from './correction.module.css';
import fix from './fix.module.css';

type Fix = ScanReport['fixes'][number];

/** A correction that a report means, with all that a person must know of it. */
export interface Offer extends Fix {
  offered: OfferedCorrection;
}

export function offersOf({ fixes, findings }: Pick<ScanReport, 'fixes' | 'findings'>): Offer[] {
  const byKey = new Map(findings.map((finding) => [findingKey(finding), finding]));
  return fixes.flatMap((one): Offer[] => {
    const offered = byKey.get(findingKey(one))?.corrections.find(({ id }) => id === one.correction);
    return offered === undefined ? [] : [{ ...one, offered }];
  });
}

/** Tells a correction from the others of its phone. */
export const offerKey = ({ cause, app, correction }: Fix): string => JSON.stringify([cause, app, correction]);

/** What becomes of those that are ticked: proven, and put back or not. */
export function wayBackWords(agreed: readonly Offer[]): string {
  const lasting = agreed.filter(({ offered }) => offered.irreversible !== null).map(({ offered }) => offered.title);
  if (lasting.length === 0) return t('Each is proven by reading the phone again, and can be undone.');
  if (lasting.length === agreed.length) {
    return t('Proven by reading the phone again. This cannot be undone, and needs no putting back.');
  }
  return t(
    'Each is proven by reading the phone again, and can be undone. Not so, because nothing needs putting back: {titles}.',
    {
      titles: isolated(listText([...new Set(lasting)])),
    },
  );
}

/** That some are not ticked, and why; null where all are. */
export function untickedWords(offers: readonly Offer[]): string | null {
  const count = offers.filter(({ meant }) => !meant).length;
  return count === 0
    ? null
    : t(
        '{count, plural, one {# change is not ticked: it may cost money or privacy. Tick it if you want it.} other {# changes are not ticked: they may cost money or privacy. Tick what you want.}}',
        { count },
      );
}

interface OfferListProps {
  offers: readonly Offer[];
  /** The {@link offerKey}s of those that are agreed to. */
  ticked: ReadonlySet<string>;
  onTick: (key: string, is: boolean) => void;
}

/** Every change in plain words with a tick; what runs to the letter, and how it is put back, is folded. */
export function OfferList({ offers, ticked, onTick }: OfferListProps) {
  return (
    <ul className={fix.list}>
      {offers.map((offer) => {
        const key = offerKey(offer);
        const { offered } = offer;
        const { caution, irreversible } = offered;
        // What is at stake is said at once; what only matters to the way back stands with it.
        const atStake = offered.costs !== null || offered.restarts || irreversible !== null;
        const said = [atStake ? caution : null, irreversible].filter((words) => words !== null).join(' ');
        return (
          <li key={key} className={fix.offer}>
            <Checkbox
              label={<PhoneText>{offered.title}</PhoneText>}
              description={said === '' ? null : <PhoneText>{said}</PhoneText>}
              checked={ticked.has(key)}
              onChange={({ currentTarget }) => onTick(key, currentTarget.checked)}
            />
            <details className={fix.letter}>
              <summary aria-label={t('Commands and way back: {title}', { title: isolated(offered.title) })}>
                {t('Commands and way back')}
              </summary>
              <Commands label={t('This runs on the phone')} commands={offered.commands} />
              {offered.irreversible === null ? (
                <Commands label={t('This puts it back')} commands={offered.inverse} />
              ) : (
                <p className={classes.small}>
                  <PhoneText>{offered.irreversible}</PhoneText>
                </p>
              )}
            </details>
          </li>
        );
      })}
    </ul>
  );
}
