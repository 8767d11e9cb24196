import { t } from '../language/words.ts';
import { Button, NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import type { OfferedCorrection, ScanReport } from '../program/received.ts';
import classes from './first-aid.module.css';
import { PhoneSteps } from '../parts/phone-steps.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { isolated, PhoneText } from '../parts/phone-text.tsx';

/** What is tried before all else: the backup of an app off, half a minute, on again, and a restart. */
export function QuickWin({ phoneId, report }: { phoneId: string; report: ScanReport }) {
  const { client } = useProgram();
  const apps = report.apps.filter(({ installed }) => installed === true);
  const [chosen, setChosen] = useState<string | null>(null);
  const app = chosen ?? apps[0]?.id ?? null;
  const win = useQuery({
    queryKey: ['quick-win', phoneId, app, report.reading.takenAt],
    queryFn: () => client.quickWin.query({ phoneId, app: app ?? '' }),
    enabled: app !== null,
  });
  if (app === null) return null;
  return (
    <details className={classes.panel}>
      <summary>{t('The quick win: off and on again')}</summary>
      <div className={classes.body}>
        <NativeSelect
          label={t('App')}
          data={apps.map(({ id, name }) => ({ value: id, label: isolated(name) }))}
          value={app}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
        />
        {win.error === null ? null : <ProblemNotice problem={problemOfCall(win.error)} />}
        {win.data === undefined ? null : <Win key={app} win={win.data} />}
      </div>
    </details>
  );
}

function Win({ win: { title, steps, wait, caution, afterwards } }: { win: OfferedCorrection }) {
  const until = wait?.afterStep ?? steps.length;
  return (
    <>
      <h3 className={classes.title}>
        <PhoneText>{title}</PhoneText>
      </h3>
      {caution === null ? null : (
        <Text size="sm">
          <PhoneText>{caution}</PhoneText>
        </Text>
      )}
      <PhoneSteps steps={steps.slice(0, until)} />
      {wait === null ? null : <Countdown seconds={wait.seconds} />}
      <PhoneSteps steps={steps.slice(until)} start={until + 1} />
      {afterwards === null ? null : (
        <Text size="sm" c="dimmed">
          {t.rich('Afterwards: {what}', { what: <PhoneText>{afterwards}</PhoneText> })}
        </Text>
      )}
    </>
  );
}

/** Counts seconds down, also while the window is not looked at; a screen reader hears the beginning and the end. */
function Countdown({ seconds }: { seconds: number }) {
  const [endsAt, setEndsAt] = useState<number | null>(null);
  const [now, setNow] = useState(0);
  const left = endsAt === null ? null : Math.max(0, Math.ceil((endsAt - now) / 1000));
  const isRunning = left !== null && left > 0;
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [isRunning]);
  const start = (): void => {
    setNow(Date.now());
    setEndsAt(Date.now() + seconds * 1000);
  };
  return (
    <div className={classes.countdown}>
      {left === null ? (
        <Button variant="default" onClick={start}>
          {t('Count {seconds, plural, one {# second} other {# seconds}}', { seconds })}
        </Button>
      ) : isRunning ? (
        <span role="timer">{t('{left, plural, one {# second} other {# seconds}} left', { left })}</span>
      ) : null}
      <output>{left === 0 ? t('The time is over. Go on with the next step.') : null}</output>
    </div>
  );
}
