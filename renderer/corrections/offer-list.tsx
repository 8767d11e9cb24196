import { Checkbox } from '@mantine/core';
import { t } from '../language/words.ts';
import { isolated, PhoneText } from '../parts/phone-text.tsx';
import { listText } from '../parts/value-text.ts';
import { changeOf, findingKey } from '../program/phone-work.ts';
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

/** What is agreed to, as it is carried out with others. */
export const itemOf = ({ cause, app, correction, offered }: Offer) => ({
  cause,
  app,
  correction,
  title: offered.title,
  change: changeOf(offered),
});

/** Tells a correction from the others of its phone. */
export const offerKey = ({ cause, app, correction }: Fix): string => JSON.stringify([cause, app, correction]);

/** Whether those that are ticked can be put back. */
export function wayBackWords(agreed: readonly Offer[]): string {
  const lasting = agreed.filter(({ offered }) => offered.irreversible !== null).map(({ offered }) => changeOf(offered));
  if (lasting.length === 0) return t('Each can be undone.');
  if (lasting.length === agreed.length) {
    return t('This cannot be undone, and needs no putting back.');
  }
  return t('Each can be undone. Not so, because nothing needs putting back: {titles}.', {
    titles: isolated(listText([...new Set(lasting)])),
  });
}

/** Why a change is not ticked by itself. */
const costWords = (costs: NonNullable<OfferedCorrection['costs']>): string =>
  costs === 'money' ? t('May cost money.') : t('May cost privacy.');

/** Commands that bring something to the phone's screen, where somebody must see to it. */
const opensOnScreen = /^(?:am start|monkey) /;

type Said = Pick<OfferedCorrection, 'caution' | 'irreversible' | 'costs' | 'restarts' | 'commands'>;

/** What is said at once of a change: what is at stake, and what happens on the phone's screen. Of the others the caution is folded with the commands. */
export function toKnow({ caution, irreversible, costs, restarts, commands }: Said): string {
  const atOnce =
    costs !== null || restarts || irreversible !== null || commands.some((command) => opensOnScreen.test(command));
  return [atOnce ? caution : null, irreversible].filter((words) => words !== null).join(' ');
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
        const said = toKnow(offered);
        return (
          <li key={key} className={fix.offer}>
            <Checkbox
              label={<PhoneText>{changeOf(offered)}</PhoneText>}
              description={
                said === '' && offered.costs === null ? null : (
                  <>
                    {offered.costs === null ? null : <>{costWords(offered.costs)} </>}
                    <PhoneText>{said}</PhoneText>
                  </>
                )
              }
              checked={ticked.has(key)}
              onChange={({ currentTarget }) => onTick(key, currentTarget.checked)}
            />
            <details className={fix.letter}>
              <summary aria-label={t('Commands: {title}', { title: isolated(changeOf(offered)) })}>
                {t('Commands')}
              </summary>
              {offered.caution === null || said.startsWith(offered.caution) ? null : (
                <p className={classes.small}>
                  <PhoneText>{offered.caution}</PhoneText>
                </p>
              )}
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
