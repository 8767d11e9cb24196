import { Button, Checkbox } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOfCall } from '../client.ts';
import type { Finding, OfferedCorrection } from '../received.ts';
import { usePhoneWork, useProgram } from '../program.tsx';
import { ButtonLink } from './button-link.tsx';
import classes from './correction.module.css';
import { OpenScreen } from './open-screen.tsx';
import { PhoneSteps } from './phone-steps.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { SampleOwner } from './sample-owner.tsx';

interface GuidedCorrectionProps {
  phoneId: string;
  finding: Finding;
  correction: OfferedCorrection;
  live: boolean;
  /** Whether an automatic correction stands beside it: then the steps are the other way, and open on demand. */
  folded: boolean;
}

/** A correction that a person makes on the phone, and then has checked. */
export function GuidedCorrection({ phoneId, finding, correction, live, folded }: GuidedCorrectionProps) {
  if (folded) {
    return (
      <details className={classes.other}>
        <summary>{correction.title}</summary>
        <Steps phoneId={phoneId} finding={finding} correction={correction} live={live} />
      </details>
    );
  }
  return (
    <div className={classes.correction}>
      <h4 className={classes.title}>{correction.title}</h4>
      <Steps phoneId={phoneId} finding={finding} correction={correction} live={live} />
    </div>
  );
}

/** Steps that may cost photos are kept back until the photos are safe, or somebody says in so many words to go on. */
function Locked({ phoneId, why }: { phoneId: string; why: string }) {
  const { client, works } = useProgram();
  const [agreed, setAgreed] = useState(false);
  const guard = useQuery({
    queryKey: ['kept', 'copy-guard', phoneId],
    queryFn: () => client.copyGuard.query({ phoneId }),
  });
  const sentence = guard.data?.sentence ?? '';
  const decline = useMutation({ mutationFn: () => works.declineCopy(phoneId, sentence) });
  return (
    <div className={classes.correction} data-locked>
      <p className={classes.caution}>The steps are kept back, because they may cost photos. {why}</p>
      <ButtonLink to="/phones/$phoneId/copy" params={{ phoneId }} variant="light">
        Make a safe copy
      </ButtonLink>
      {sentence === '' ? null : (
        <details className={classes.other}>
          <summary>Go on without a copy</summary>
          <div className={classes.correction}>
            <Checkbox
              label={sentence}
              checked={agreed}
              onChange={({ currentTarget }) => setAgreed(currentTarget.checked)}
            />
            <Button variant="default" disabled={!agreed} loading={decline.isPending} onClick={() => decline.mutate()}>
              Show the steps
            </Button>
          </div>
        </details>
      )}
      {decline.error === null ? null : <ProblemNotice problem={problemOfCall(decline.error)} />}
    </div>
  );
}

function Steps({ phoneId, finding, correction, live }: Omit<GuidedCorrectionProps, 'folded'>) {
  const { works } = useProgram();
  const { activity } = usePhoneWork(phoneId);
  if (correction.locked !== null) return <Locked phoneId={phoneId} why={correction.locked} />;
  return (
    <div className={classes.correction}>
      {correction.caution === null ? null : <p className={classes.caution}>{correction.caution}</p>}
      {correction.opens.length === 0 ? null : (
        <OpenScreen phoneId={phoneId} finding={finding} correction={correction} live={live} />
      )}
      <PhoneSteps steps={correction.steps} />
      {correction.afterwards === null ? null : (
        <p className={classes.small}>
          Afterwards: <span>{correction.afterwards}</span>
        </p>
      )}
      <p className={classes.small}>Steps last verified {correction.lastVerified}</p>
      <SampleOwner phoneId={phoneId} steps={{ cause: finding.cause, app: finding.app, correction: correction.id }} />
      <Button
        variant="light"
        leftSection={<IconRefresh size={16} aria-hidden />}
        disabled={!live || activity !== null}
        onClick={() => works.scan(phoneId)}
      >
        Check again
      </Button>
    </div>
  );
}
