import { t } from '../language/words.ts';
import { Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { problemOfCall } from '../program/client.ts';
import { usePhone, useProgram } from '../program/program.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';

interface SampleOwnerProps {
  phoneId: string;
  /** The guided steps to carry out; null: those that make the phone itself readable. */
  steps: { cause: string; app: string | null; correction: string } | null;
}

/** A sample has no owner to carry out steps, so this button does it. Not there for a real phone. */
export function SampleOwner({ phoneId, steps }: SampleOwnerProps) {
  const { client } = useProgram();
  const phone = usePhone(phoneId);
  const act = useMutation({ mutationFn: () => client.sampleOwnerActs.mutate({ phoneId, steps }) });
  if (phone?.sample !== true) return null;
  return (
    <>
      <Button variant="default" loading={act.isPending} onClick={() => act.mutate()}>
        {t('Carry out these steps on the sample')}
      </Button>
      <Text component="output" size="sm" c="dimmed">
        {act.data === undefined
          ? null
          : act.data.changed
            ? t('Carried out. Check again shows whether it took.')
            : t('There is nothing to change on this sample.')}
      </Text>
      {act.error === null ? null : <ProblemNotice problem={problemOfCall(act.error)} />}
    </>
  );
}
