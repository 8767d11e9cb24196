import { Checkbox } from '@mantine/core';
import { t } from '../language/words.ts';
import { isolated, PhoneText } from '../parts/phone-text.tsx';
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
        const { caution } = offered;
        // What is at stake is said at once; what only matters to the way back stands with it.
        const atStake = offered.costs !== null || offered.restarts || offered.irreversible !== null;
        const said = atStake ? caution : null;
        return (
          <li key={key} className={fix.offer}>
            <Checkbox
              label={<PhoneText>{offered.title}</PhoneText>}
              description={said === null ? null : <PhoneText>{said}</PhoneText>}
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
