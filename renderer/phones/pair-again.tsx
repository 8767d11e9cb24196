import { t } from '../language/words.ts';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import type { ListedPhone } from '../program/received.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';

/** For an iPhone that asks only when it is told to: its owner said no, or asking was of no use. One that was never asked asks by itself. */
export function PairAgain({ phone }: { phone: ListedPhone }) {
  const { client } = useProgram();
  const pair = useMutation({ mutationFn: () => client.pair.mutate({ phoneId: phone.id }) });
  if (phone.remedy?.action !== 'pair-again') return null;
  return (
    <>
      <Button variant="light" loading={pair.isPending} onClick={() => pair.mutate()}>
        {t('Pair again')}
      </Button>
      {pair.error === null ? null : <ProblemNotice problem={problemOfCall(pair.error)} />}
    </>
  );
}
