import { Button } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconWand } from '../parts/icons.tsx';
import { use, useEffect, useRef, useState } from 'react';
import { correctionKey } from '../program/phone-work.ts';
import { usePhoneWork, useProgram } from '../program/program.tsx';
import type { Finding, OfferedCorrection } from '../program/received.ts';
import { Commands } from './commands.tsx';
import { CorrectionRun } from './correction-run.tsx';
import classes from './correction.module.css';
import { useTakesPrimary } from '../parts/primary-button.ts';
import { Value } from '../parts/value.tsx';
import { WalkthroughContext } from './walkthrough-context.ts';
import { PhoneText } from '../parts/phone-text.tsx';

interface AutomaticCorrectionProps {
  phoneId: string;
  finding: Finding;
  correction: OfferedCorrection;
  live: boolean;
}

/** A correction that the program carries out: offered, shown to the letter, agreed to, and run. */
export function AutomaticCorrection({ phoneId, finding, correction, live }: AutomaticCorrectionProps) {
  const { works } = useProgram();
  const { activity } = usePhoneWork(phoneId);
  const walkthrough = use(WalkthroughContext);
  const [asking, setAsking] = useState(false);
  const offer = useRef<HTMLButtonElement>(null);
  const declined = useRef(false);
  // Whoever says no goes on from where the question was asked.
  useEffect(() => {
    if (!asking && declined.current) offer.current?.focus();
    declined.current = false;
  }, [asking]);
  const busy = !live || activity !== null;

  if (activity?.kind === 'correct' && activity.key === correctionKey(finding, correction.id)) {
    return <CorrectionRun steps={activity.steps} />;
  }
  if (asking) {
    return (
      <Consent
        correction={correction}
        busy={busy}
        onNo={() => {
          declined.current = true;
          setAsking(false);
        }}
        onYes={() => {
          setAsking(false);
          works.correct(phoneId, finding, correction.id, walkthrough);
        }}
      />
    );
  }
  return (
    <Button
      ref={offer}
      variant="light"
      justify="flex-start"
      className={classes.offer}
      classNames={{ label: classes.offerLabel ?? '' }}
      leftSection={<IconWand size={16} aria-hidden />}
      disabled={busy}
      onClick={() => setAsking(true)}
    >
      <span>
        <PhoneText>{correction.title}</PhoneText>…
      </span>
    </Button>
  );
}

interface ConsentProps {
  correction: OfferedCorrection;
  busy: boolean;
  onYes: () => void;
  onNo: () => void;
}

function Consent({ correction, busy, onYes, onNo }: ConsentProps) {
  useTakesPrimary();
  const panel = useRef<HTMLFieldSetElement>(null);
  useEffect(() => panel.current?.focus(), []);
  useHotkeys([['Escape', onNo]]);
  return (
    <fieldset ref={panel} className={classes.panel} tabIndex={-1}>
      <legend className={classes.title}>
        <PhoneText>{correction.title}</PhoneText>?
      </legend>
      <Commands label="This runs on the phone" commands={correction.commands} />
      <FormerValues values={correction.before} />
      {correction.irreversible === null ? (
        <Commands label="This puts it back" commands={correction.inverse} />
      ) : (
        <p className={classes.small}>
          <PhoneText>{correction.irreversible}</PhoneText>
        </p>
      )}
      {correction.caution === null ? null : (
        <p className={classes.caution}>
          <PhoneText>{correction.caution}</PhoneText>
        </p>
      )}
      <p className={classes.small}>
        Afterwards the phone is read again to see whether it took.{' '}
        {correction.afterwards === null ? null : <PhoneText>{correction.afterwards}</PhoneText>}
      </p>
      <div className={classes.buttons}>
        <Button onClick={onYes} disabled={busy}>
          Run on the phone
        </Button>
        <Button variant="default" onClick={onNo}>
          Not now
        </Button>
      </div>
    </fieldset>
  );
}

/** What the phone has now, which is what it would be put back to. */
function FormerValues({ values }: { values: OfferedCorrection['before'] }) {
  const rows = Object.entries(values);
  if (rows.length === 0) return null;
  return (
    <table className={classes.values} aria-label="What the phone has now">
      <thead>
        <tr>
          <th scope="col">Value</th>
          <th scope="col">Now</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([path, value]) => (
          <tr key={path}>
            <th scope="row">
              <PhoneText>{path.split('.').at(-1) ?? ''}</PhoneText>
            </th>
            <td>
              <Value value={value} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
