import { Button } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconWand } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Finding, OfferedCorrection } from '../received.ts';
import { type CorrectionEnd, correctionKey } from '../phone-work.ts';
import { usePhoneWork, useProgram } from '../program.tsx';
import { useAsksConsent } from './consent.ts';
import { CorrectionRun } from './correction-run.tsx';
import classes from './correction.module.css';
import { OutcomeNotice } from './outcome-notice.tsx';
import { ProblemNotice } from './problem-notice.tsx';

interface AutomaticCorrectionProps {
  phoneId: string;
  finding: Finding;
  correction: OfferedCorrection;
  live: boolean;
}

/** A correction that the program carries out: offered, agreed to, run, verified, and undone on demand. */
export function AutomaticCorrection({ phoneId, finding, correction, live }: AutomaticCorrectionProps) {
  const { works } = useProgram();
  const { activity, ends } = usePhoneWork(phoneId);
  const [asking, setAsking] = useState(false);
  const key = correctionKey(finding, correction.id);
  const end = ends[key] ?? null;
  const running = activity?.kind === 'correct' && activity.key === key;
  const undoing = activity?.kind === 'undo' && activity.action === end?.outcome?.action;
  const busy = !live || activity !== null;
  const failing = finding.status === 'problem' || finding.status === 'possible';

  if (running || undoing) return <CorrectionRun steps={activity.steps} />;
  return (
    <div className={classes.correction}>
      {end === null ? null : <End phoneId={phoneId} end={end} busy={busy} />}
      {!failing ? null : asking ? (
        <Consent
          correction={correction}
          busy={busy}
          onNo={() => setAsking(false)}
          onYes={() => {
            setAsking(false);
            works.correct(phoneId, finding, correction.id);
          }}
        />
      ) : (
        <Button
          variant="light"
          leftSection={<IconWand size={16} aria-hidden />}
          disabled={busy}
          onClick={() => setAsking(true)}
          classNames={{ root: classes.offer ?? '', label: classes.offerLabel ?? '' }}
        >
          {correction.title}…
        </Button>
      )}
    </div>
  );
}

interface ConsentProps {
  correction: OfferedCorrection;
  busy: boolean;
  onYes: () => void;
  onNo: () => void;
}

function Consent({ correction, busy, onYes, onNo }: ConsentProps) {
  useAsksConsent();
  const panel = useRef<HTMLFieldSetElement>(null);
  useEffect(() => panel.current?.focus(), []);
  useHotkeys([['Escape', onNo]]);
  return (
    <fieldset ref={panel} className={classes.panel} tabIndex={-1}>
      <legend className={classes.title}>{correction.title}?</legend>
      <Commands label="This runs on the phone" commands={correction.commands} />
      <Commands label="This puts it back" commands={correction.inverse} />
      {correction.caution === null ? null : <p className={classes.caution}>{correction.caution}</p>}
      <p className={classes.small}>Afterwards the phone is read again to see whether it took.</p>
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

export function Commands({ label, commands }: { label: string; commands: readonly string[] }) {
  return (
    <div>
      <p className={classes.label}>{label}</p>
      <code className={classes.commands}>{commands.join('\n')}</code>
    </div>
  );
}

function End({ phoneId, end, busy }: { phoneId: string; end: CorrectionEnd; busy: boolean }) {
  const { works } = useProgram();
  const { outcome, undone, problem } = end;
  const mayUndo = outcome !== null && outcome.result !== 'refused' && undone?.result !== 'taken';
  return (
    <>
      {problem === null ? null : <ProblemNotice problem={problem} />}
      {undone === null ? null : <OutcomeNotice outcome={undone} undo />}
      {outcome === null || undone?.result === 'taken' ? null : (
        <OutcomeNotice outcome={outcome} undo={false}>
          {mayUndo ? (
            <div>
              <Button variant="default" size="xs" disabled={busy} onClick={() => works.undo(phoneId, outcome.action)}>
                Undo
              </Button>
            </div>
          ) : null}
        </OutcomeNotice>
      )}
    </>
  );
}
