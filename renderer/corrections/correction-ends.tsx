import { t } from '../language/words.ts';
import { Button } from '@mantine/core';
import { type CorrectionEnd, findingKey, findingOf } from '../program/phone-work.ts';
import { usePhoneWork, useProgram } from '../program/program.tsx';
import type { Finding } from '../program/received.ts';
import { CorrectionRun } from './correction-run.tsx';
import classes from './correction.module.css';
import { OutcomeNotice } from './outcome-notice.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';

/** How the corrections of one finding ended since the last scan, each with Undo where it may have changed something. */
export function CorrectionEnds({ phoneId, finding }: { phoneId: string; finding: Finding }) {
  const { activity, ends } = usePhoneWork(phoneId);
  const own = Object.entries(ends).filter(([key]) => findingOf(key) === findingKey(finding));
  return own.map(([key, end]) =>
    activity?.kind === 'undo' && activity.action === end.outcome?.action ? (
      <CorrectionRun key={key} steps={activity.steps} />
    ) : (
      <End key={key} phoneId={phoneId} end={end} />
    ),
  );
}

function End({ phoneId, end: { outcome, undone, problem } }: { phoneId: string; end: CorrectionEnd }) {
  const { works } = useProgram();
  const { activity } = usePhoneWork(phoneId);
  const putBack = undone?.result === 'taken';
  return (
    <div className={classes.outcome}>
      {problem === null ? null : <ProblemNotice problem={problem} />}
      {undone === null ? null : <OutcomeNotice outcome={undone} undo />}
      {outcome === null || putBack ? null : (
        <OutcomeNotice outcome={outcome} undo={false}>
          {outcome.undoable ? (
            <div>
              <Button
                variant="default"
                size="xs"
                disabled={activity !== null}
                onClick={() => works.undo(phoneId, outcome.action)}
              >
                {t('Undo')}
              </Button>
            </div>
          ) : null}
        </OutcomeNotice>
      )}
    </div>
  );
}
