import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { t } from '../language/words.ts';
import { AllowNow } from '../parts/allow-now.tsx';
import { Notice } from '../parts/notice.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import type { ScanReport } from '../program/received.ts';

/** A result that could not be kept: why, and the way to keep it once that is mended. */
export function NotKept({ phoneId, notKept }: { phoneId: string; notKept: NonNullable<ScanReport['notKept']> }) {
  const { client, works } = useProgram();
  const keep = useMutation({
    mutationFn: () => client.keepScan.mutate({ phoneId }),
    onSuccess: () => works.judgeAgain(phoneId),
  });
  return (
    <>
      <Notice tone="warn" title={t('This result was not kept')} live="polite">
        <p>
          <PhoneText>{notKept.message}</PhoneText>
        </p>
        {notKept.code === 'keep-not-allowed' ? (
          <AllowNow phoneId={phoneId} what="keep" onAllowed={() => keep.mutate()} />
        ) : (
          <Button variant="default" loading={keep.isPending} onClick={() => keep.mutate()}>
            {t('Keep now')}
          </Button>
        )}
      </Notice>
      {keep.error === null ? null : <ProblemNotice problem={problemOfCall(keep.error)} />}
    </>
  );
}
