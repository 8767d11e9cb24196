import { t } from '../language/words.ts';
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { TextLink } from '../parts/text-link.tsx';
import { usePhoneWork, useProgram } from '../program/program.tsx';
import { Results } from '../result/results.tsx';

/** What was found, and the way to what is done about it step by step. */
export function FixScreen() {
  const { phoneId } = useParams({ from: '/phones/$phoneId' });
  return (
    <>
      <Results phoneId={phoneId} />
      <ToSteps phoneId={phoneId} />
    </>
  );
}

/** The walk-through that was begun, on whatever day; else what helps beside it, once the phone was read. */
function ToSteps({ phoneId }: { phoneId: string }) {
  const { client } = useProgram();
  const { report, activity } = usePhoneWork(phoneId);
  const list = useQuery({
    queryKey: ['kept', 'walkthroughs', phoneId],
    queryFn: () => client.walkthrough.list.query({ phoneId }),
  });
  const [latest] = list.data ?? [];
  const going = latest !== undefined && !latest.over;
  if (!going && (report === null || activity !== null)) return null;
  return (
    <Text mt="lg" size="sm">
      <TextLink to="/phones/$phoneId/walk-through" params={{ phoneId }} size="sm">
        {going ? t('Go on step by step') : t('Other ways')}
      </TextLink>
    </Text>
  );
}
