import { t } from '../language/words.ts';
import { Button, Checkbox } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import { ButtonLink } from '../parts/button-link.tsx';
import classes from './correction.module.css';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { PhoneText } from '../parts/phone-text.tsx';

/** Steps that may cost photos are kept back until the photos are safe, or somebody says in so many words to go on. */
export function LockedSteps({ phoneId, why }: { phoneId: string; why: string }) {
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
      <p className={classes.caution}>
        {t('The steps are kept back, because they may cost photos.')} <PhoneText>{why}</PhoneText>
      </p>
      <ButtonLink to="/phones/$phoneId/copy" params={{ phoneId }} variant="light">
        {t('Make a safe copy')}
      </ButtonLink>
      {sentence === '' ? null : (
        <details className={classes.other}>
          <summary>{t('Go on without a copy')}</summary>
          <div className={classes.correction}>
            <Checkbox
              label={<PhoneText>{sentence}</PhoneText>}
              checked={agreed}
              onChange={({ currentTarget }) => setAgreed(currentTarget.checked)}
            />
            <Button variant="default" disabled={!agreed} loading={decline.isPending} onClick={() => decline.mutate()}>
              {t('Show the steps')}
            </Button>
          </div>
        </details>
      )}
      {decline.error === null ? null : <ProblemNotice problem={problemOfCall(decline.error)} />}
    </div>
  );
}
