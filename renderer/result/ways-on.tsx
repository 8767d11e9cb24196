import { t } from '../language/words.ts';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { FixEverything } from '../corrections/fix-everything.tsx';
import { usePrimaryVariant } from '../parts/primary-button.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { problemOfCall } from '../program/client.ts';
import { usePhoneWork, useProgram } from '../program/program.tsx';
import type { ScanReport } from '../program/received.ts';
import { ProveIt, useProvableApp } from '../proof/photo-proof.tsx';
import { ToQuestions } from './question-group.tsx';
import { questionsOf } from './questions.ts';
import { workOf } from './report-groups.ts';

interface WaysOnProps {
  report: ScanReport;
  phoneId: string;
  live: boolean;
  /** Whether something was corrected and proven: what to do next then stands there. */
  proven: boolean;
}

/** What to do next, the one primary button first: fix, be shown how, answer, or prove. */
export function WaysOn({ report, phoneId, live, proven }: WaysOnProps) {
  const variant = usePrimaryVariant();
  const app = useProvableApp(report);
  const questions = questionsOf(report).open.length;
  const fixable = live && report.fixes.length > 0;
  const work = live ? workOf(report) : [];
  const { heldBack, tone } = report.answer;
  const asks = questions > 0;
  const { client } = useProgram();
  const walks = useQuery({
    queryKey: ['kept', 'walkthroughs', phoneId],
    queryFn: () => client.walkthrough.list.query({ phoneId }),
  });
  const begun = walks.data?.[0]?.over === false;
  // Where nothing is left to fix there are no steps to be shown; one that was begun is gone on with.
  const done = heldBack === 0 && (tone === 'good' || tone === 'waits');
  return (
    <FixEverything phoneId={phoneId} report={live ? report : { ...report, fixes: [] }} live={live}>
      {asks ? <ToQuestions questions={questions} variant={fixable ? 'default' : variant} /> : null}
      {app !== null && heldBack === 0 && !proven ? (
        <ProveIt phoneId={phoneId} report={report} app={app} live={live} primary={!asks && tone !== 'good'} />
      ) : null}
      {work.length === 0 || (done && !begun) ? null : (
        <StepByStep phoneId={phoneId} variant={fixable || asks || heldBack === 0 ? 'default' : variant} />
      )}
    </FixEverything>
  );
}

/** Goes on from what was fixed: where nothing holds photos back any more, the proof is what to do next. */
export function ProofAfterFixes({ report, phoneId, live }: Omit<WaysOnProps, 'proven'>) {
  const app = useProvableApp(report);
  if (app === null) return null;
  return <ProveIt phoneId={phoneId} report={report} app={app} live={live} primary={report.answer.heldBack === 0} />;
}

/** Begins the walk-through, or goes on with the one that is open. */
function StepByStep({ phoneId, variant }: { phoneId: string; variant: string }) {
  const { client } = useProgram();
  const { activity } = usePhoneWork(phoneId);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const start = useMutation({
    mutationFn: () => client.walkthrough.start.mutate({ phoneId }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['kept', 'walkthroughs', phoneId] });
      await navigate({ to: '/phones/$phoneId/walk-through', params: { phoneId } });
    },
  });
  return (
    <>
      <Button variant={variant} loading={start.isPending} disabled={activity !== null} onClick={() => start.mutate()}>
        {t('Show me step by step')}
      </Button>
      {start.error === null ? null : <ProblemNotice problem={problemOfCall(start.error)} />}
    </>
  );
}
