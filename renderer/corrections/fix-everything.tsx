import { Button, Checkbox } from '@mantine/core';
import { useKeys } from '../parts/keys.ts';
import { type ReactNode, useState } from 'react';
import { IconWand } from '../parts/icons.tsx';
import { isolated, PhoneText } from '../parts/phone-text.tsx';
import { usePrimaryVariant, useTakesPrimary } from '../parts/primary-button.ts';
import { useTakesFocus } from '../parts/takes-focus.ts';
import { count } from '../parts/words.ts';
import { findingKey } from '../program/phone-work.ts';
import { usePhoneWork, useProgram } from '../program/program.tsx';
import type { OfferedCorrection, ScanReport } from '../program/received.ts';
import { useAsksFirst } from './asks-first.ts';
import { Commands } from './commands.tsx';
import classes from './correction.module.css';
import fix from './fix.module.css';

type Fix = ScanReport['fixes'][number];

interface Offer extends Fix {
  offered: OfferedCorrection;
}

/** The corrections that a report means, with all that a person must know of each. */
function offersOf({ fixes, findings }: Pick<ScanReport, 'fixes' | 'findings'>): Offer[] {
  const byKey = new Map(findings.map((finding) => [findingKey(finding), finding]));
  return fixes.flatMap((one): Offer[] => {
    const offered = byKey.get(findingKey(one))?.corrections.find(({ id }) => id === one.correction);
    return offered === undefined ? [] : [{ ...one, offered }];
  });
}

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
  const { asking, ask, decline, agree, button } = useAsksFirst();
  const offers = offersOf(report);
  const busy = !live || activity !== null;
  if (asking) {
    return (
      <Consent
        offers={offers}
        busy={busy}
        onNo={decline}
        onYes={(agreed) => {
          agree();
          works.correctAll(
            phoneId,
            agreed.map(({ cause, app, correction, offered }) => ({ cause, app, correction, title: offered.title })),
          );
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
          Fix {count(report.answer.byComputer, 'thing', 'things')}…
        </Button>
      )}
      {children}
    </div>
  );
}

const keyOf = ({ cause, app, correction }: Fix): string => JSON.stringify([cause, app, correction]);

interface ConsentProps {
  offers: readonly Offer[];
  busy: boolean;
  onYes: (agreed: readonly Offer[]) => void;
  onNo: () => void;
}

/** Every change in plain words with a tick; what runs to the letter, and how it is put back, is folded. */
function Consent({ offers, busy, onYes, onNo }: ConsentProps) {
  useTakesPrimary();
  const panel = useTakesFocus<HTMLFieldSetElement>(true);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(
    () => new Set(offers.filter(({ meant }) => meant).map(keyOf)),
  );
  useKeys([['Escape', onNo]]);
  const agreed = offers.filter((offer) => ticked.has(keyOf(offer)));
  const tick = (key: string, is: boolean): void =>
    setTicked(new Set(is ? [...ticked, key] : [...ticked].filter((other) => other !== key)));
  return (
    <fieldset ref={panel} className={classes.panel} tabIndex={-1}>
      <legend className={fix.asks}>Change this on the phone?</legend>
      <ul className={fix.list}>
        {offers.map((offer) => {
          const key = keyOf(offer);
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
                onChange={({ currentTarget }) => tick(key, currentTarget.checked)}
              />
              <details className={fix.letter}>
                <summary aria-label={`Commands and way back: ${isolated(offered.title)}`}>
                  Commands and way back
                </summary>
                <Commands label="This runs on the phone" commands={offered.commands} />
                {offered.irreversible === null ? (
                  <Commands label="This puts it back" commands={offered.inverse} />
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
      <p className={classes.small}>Each is proven by reading the phone again, and can be undone.</p>
      <div className={classes.buttons}>
        <Button onClick={() => onYes(agreed)} disabled={busy || agreed.length === 0}>
          Fix {count(agreed.length, 'thing', 'things')}
        </Button>
        <Button variant="default" onClick={onNo}>
          Not now
        </Button>
      </div>
    </fieldset>
  );
}
