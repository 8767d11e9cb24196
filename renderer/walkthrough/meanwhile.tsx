import { t } from '../language/words.ts';
import { Button, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import type { AlternativeView, ScanReport } from '../program/received.ts';
import { dayText } from '../parts/value-text.ts';
import classes from './first-aid.module.css';
import { Notice } from '../parts/notice.tsx';
import { PhoneSteps } from '../parts/phone-steps.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { PhoneText } from '../parts/phone-text.tsx';

/** Second ways for photos while the first is being repaired, and the word to switch back. */
export function Meanwhile({ phoneId, report }: { phoneId: string; report: ScanReport }) {
  const { client } = useProgram();
  const ways = useQuery({
    queryKey: ['kept', 'alternatives', phoneId, report.reading.takenAt],
    queryFn: () => client.alternatives.query({ phoneId }),
  });
  if (ways.error !== null) return <ProblemNotice problem={problemOfCall(ways.error)} />;
  return ways.data?.map((view) => <Way key={view.app} phoneId={phoneId} view={view} />);
}

function Way({ phoneId, view }: { phoneId: string; view: AlternativeView }) {
  const { client } = useProgram();
  const queries = useQueryClient();
  const { app, appName, path, state, since, worksBecause } = view;
  const change = useMutation({
    mutationFn: (use: boolean) =>
      use ? client.chooseAlternative.mutate({ phoneId, app }) : client.endAlternative.mutate({ phoneId, app }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['kept', 'alternatives'] }),
  });
  const problem = change.error === null ? null : <ProblemNotice problem={problemOfCall(change.error)} />;
  const end = (
    <Button variant="default" size="xs" loading={change.isPending} onClick={() => change.mutate(false)}>
      {t('I have switched back')}
    </Button>
  );
  if (state === 'switch-back') {
    return (
      <Notice tone="warn" title={<PhoneText>{path.switchBack}</PhoneText>} live="polite">
        {worksBecause === 'test-photo'
          ? t.rich('A test photo of {app} arrived.', { app: <PhoneText>{appName}</PhoneText> })
          : t.rich('Nothing holds {app} back any more.', { app: <PhoneText>{appName}</PhoneText> })}{' '}
        <PhoneText>{path.duplicateWarning}</PhoneText>
        {problem}
        <div>{end}</div>
      </Notice>
    );
  }
  if (state === 'in-use') {
    return (
      <Notice
        tone="calm"
        title={
          since === null
            ? t.rich('{way}: in use', { way: <PhoneText>{path.title}</PhoneText> })
            : t.rich('{way}: in use since {day}', { way: <PhoneText>{path.title}</PhoneText>, day: dayText(since) })
        }
      >
        <PhoneText>{path.caution}</PhoneText>
        {problem}
        <div>{end}</div>
      </Notice>
    );
  }
  return (
    <details className={classes.panel}>
      <summary>
        {t.rich('Until {app} uploads again: another way for new photos', { app: <PhoneText>{appName}</PhoneText> })}
      </summary>
      <div className={classes.body}>
        <h3 className={classes.title}>
          <PhoneText>{path.title}</PhoneText>
        </h3>
        <PhoneSteps steps={path.steps} />
        <Text size="sm">
          <PhoneText>{path.caution}</PhoneText>
        </Text>
        {problem}
        <Button variant="default" loading={change.isPending} onClick={() => change.mutate(true)}>
          {t('I use this meanwhile')}
        </Button>
      </div>
    </details>
  );
}
