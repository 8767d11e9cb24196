import { t } from '../language/words.ts';
import { Button } from '@mantine/core';
import { useKeys } from '../parts/keys.ts';
import { type ReactNode, useState } from 'react';
import { IconWand } from '../parts/icons.tsx';
import { usePrimaryVariant, useTakesPrimary } from '../parts/primary-button.ts';
import { useTakesFocus } from '../parts/takes-focus.ts';
import { usePhoneWork, useProgram } from '../program/program.tsx';
import type { ScanReport } from '../program/received.ts';
import { useAsksFirst } from '../parts/asks-first.ts';
import classes from './correction.module.css';
import fix from './fix.module.css';
import { NobodyAsked } from './nobody-asked.tsx';
import { itemOf, type Offer, offerKey, OfferList, offersOf, wayBackWords } from './offer-list.tsx';

interface FixEverythingProps {
  phoneId: string;
  report: ScanReport;
  /** Whether the phone can be corrected at this moment. */
  live: boolean;
  /** The other ways on from here. */
  children: ReactNode;
}

/** The one button for everything that this computer can correct, and its one consent. */
export function FixEverything({ phoneId, report, live, children }: FixEverythingProps) {
  const { works } = useProgram();
  const { activity } = usePhoneWork(phoneId);
  const variant = usePrimaryVariant();
  const { asking, ask, decline, agree, button } = useAsksFirst(report.reading.takenAt);
  const offers = offersOf(report);
  const busy = !live || activity !== null;
  if (asking) {
    return (
      <Consent
        phoneId={phoneId}
        offers={offers}
        busy={busy}
        onNo={decline}
        onYes={(agreed) => {
          agree();
          works.correctAll(phoneId, report.reading.takenAt, agreed.map(itemOf));
        }}
      />
    );
  }
  return (
    <div className={classes.buttons}>
      {offers.length === 0 ? null : (
        <Button
          ref={button}
          variant={variant}
          disabled={busy}
          leftSection={<IconWand size={16} aria-hidden />}
          onClick={ask}
        >
          {t('Fix {count, plural, one {# thing} other {# things}}…', { count: offers.length })}
        </Button>
      )}
      {children}
    </div>
  );
}

interface ConsentProps {
  phoneId: string;
  offers: readonly Offer[];
  busy: boolean;
  onYes: (agreed: readonly Offer[]) => void;
  onNo: () => void;
}

/** The one question before everything that is ticked. */
function Consent({ phoneId, offers, busy, onYes, onNo }: ConsentProps) {
  useTakesPrimary();
  const panel = useTakesFocus<HTMLFieldSetElement>(true);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(
    () => new Set(offers.filter(({ meant }) => meant).map(offerKey)),
  );
  useKeys([['Escape', onNo]]);
  const agreed = offers.filter((offer) => ticked.has(offerKey(offer)));
  const tick = (key: string, is: boolean): void =>
    setTicked(new Set(is ? [...ticked, key] : [...ticked].filter((other) => other !== key)));
  return (
    <fieldset ref={panel} className={classes.panel} tabIndex={-1}>
      <legend className={fix.asks}>{t('Change this on the phone?')}</legend>
      <OfferList offers={offers} ticked={ticked} onTick={tick} />
      <p className={classes.small}>{wayBackWords(agreed)}</p>
      <NobodyAsked phoneId={phoneId} />
      <div className={classes.buttons}>
        <Button onClick={() => onYes(agreed)} disabled={busy || agreed.length === 0}>
          {t('Fix {count, plural, one {# thing} other {# things}}', { count: agreed.length })}
        </Button>
        <Button variant="default" onClick={onNo}>
          {t('Not now')}
        </Button>
      </div>
    </fieldset>
  );
}
