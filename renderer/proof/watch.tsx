import { t } from '../language/words.ts';
import { Button, NativeSelect, NumberInput, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOfCall } from '../program/client.ts';
import { Notice, type Tone } from '../parts/notice.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import classes from '../parts/run.module.css';
import { ScrolledTable } from '../parts/scrolled-table.tsx';
import table from '../parts/table.module.css';
import { WatchChart } from './watch-chart.tsx';
import watch from './watch.module.css';
import { usePhoneWork, useProgram } from '../program/program.tsx';
import type { ScanReport, WatchView } from '../program/received.ts';
import { dayText } from '../parts/value-text.ts';
import { isolated, PhoneText } from '../parts/phone-text.tsx';

/** An app watched over days: a small test each day, and what every look at the phone proves. */
export function WatchSection({ phoneId }: { phoneId: string }) {
  const { client } = useProgram();
  const { report } = usePhoneWork(phoneId);
  const plans = useQuery({
    queryKey: ['kept', 'watching', phoneId],
    queryFn: () => client.watching.list.query({ phoneId }),
  });
  if (plans.error !== null) return <ProblemNotice problem={problemOfCall(plans.error)} />;
  const running = plans.data?.filter(({ ended }) => !ended) ?? [];
  return (
    <section aria-label={t('Watch for some days')}>
      <h2>{t('Watch for some days')}</h2>
      <Text maw="44rem">
        {t(
          'Whether a correction holds shows over days. Plug the phone in once a day; each time, the newest photos are compared with what the app has sent.',
        )}
      </Text>
      {plans.data === undefined ? null : report === null ? (
        running.length > 0 ? null : (
          <Text c="dimmed">{t('Scan the phone first; then an app can be watched.')}</Text>
        )
      ) : (
        <Start phoneId={phoneId} report={report} watched={running.map(({ app }) => app)} />
      )}
      {plans.data?.map((plan) => (
        <Plan key={plan.id} plan={plan} />
      ))}
    </section>
  );
}

function Start({ phoneId, report, watched }: { phoneId: string; report: ScanReport; watched: readonly string[] }) {
  const { client } = useProgram();
  const queries = useQueryClient();
  const { platform } = report.phone;
  const watchable = useQuery({
    queryKey: ['watchable-apps', platform],
    queryFn: () => client.watchableApps.query({ platform }),
    staleTime: Infinity,
  });
  const installed = new Set(report.apps.filter((app) => app.installed !== false).map(({ id }) => id));
  const offered = (watchable.data ?? []).filter(({ id }) => installed.has(id) && !watched.includes(id));
  const [chosen, setChosen] = useState<string | null>(null);
  const [days, setDays] = useState(7);
  const app = offered.find(({ id }) => id === chosen)?.id ?? offered[0]?.id;
  const start = useMutation({
    mutationFn: (id: string) => client.watching.start.mutate({ phoneId, app: id, days }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['kept', 'watching'] }),
  });
  if (app === undefined) return null;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate(app);
      }}
    >
      <NativeSelect
        label={t('App to watch')}
        data={offered.map(({ id, name }) => ({ value: id, label: isolated(name) }))}
        value={app}
        onChange={({ currentTarget }) => setChosen(currentTarget.value)}
      />
      <NumberInput
        label={t('Days')}
        min={1}
        max={60}
        value={days}
        onChange={(value) => setDays(typeof value === 'number' ? value : 7)}
      />
      {start.error === null ? null : <ProblemNotice problem={problemOfCall(start.error)} />}
      <div className={classes.buttons}>
        <Button type="submit" variant="light" loading={start.isPending}>
          {t('Watch it')}
        </Button>
      </div>
    </form>
  );
}

const stateWords: Record<WatchView['state'], { title: (plan: WatchView) => string; tone: Tone }> = {
  watching: {
    title: ({ goodRow, goodDays }) =>
      t('{goodRow, number} of {goodDays, plural, one {# good day} other {# good days}} in a row', {
        goodRow,
        goodDays,
      }),
    tone: 'calm',
  },
  resolved: {
    title: ({ goodRow }) =>
      t('Resolved: {goodRow, plural, one {# good day} other {# good days}} in a row', { goodRow }),
    tone: 'good',
  },
  relapsed: { title: () => t('It was resolved, and photos stay on the phone again'), tone: 'bad' },
  over: { title: () => t('The plan is over, without enough good days'), tone: 'warn' },
};

function Plan({ plan }: { plan: WatchView }) {
  const { client } = useProgram();
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () => client.watching.end.mutate({ id: plan.id }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['kept', 'watching'] }),
  });
  const { title, tone } = stateWords[plan.state];
  return (
    <section
      className={watch.plan}
      aria-label={t('Watching {app}', { app: isolated(plan.appName) })}
      data-state={plan.state}
    >
      <h3>
        {t.rich('{app}, since {day}', {
          app: <PhoneText>{plan.appName}</PhoneText>,
          day: dayText(plan.startedAt),
        })}
      </h3>
      <Notice tone={tone} title={title(plan)} live="polite" />
      {plan.today === null ? null : (
        <p className={watch.today}>
          <strong>{t('Today:')}</strong> <PhoneText>{plan.today}</PhoneText>{' '}
          {plan.seenToday ? t('The phone was looked at today.') : null}
        </p>
      )}
      <WatchChart days={plan.days} planned={plan.planned} />
      <Points plan={plan} />
      {end.error === null ? null : <ProblemNotice problem={problemOfCall(end.error)} />}
      {plan.ended ? null : (
        <div>
          <Button variant="default" size="xs" loading={end.isPending} onClick={() => end.mutate()}>
            {t('End this plan')}
          </Button>
        </div>
      )}
    </section>
  );
}

const outcomeWords = () => ({ good: t('Good'), bad: t('Bad'), unknown: t('Not proven') });
const occasionWords = () => ({
  'plugged-in': t('Plugged in'),
  scan: t.as('the occasion', 'Scan'),
  'test-photo': t('Test photo'),
});

function Points({ plan }: { plan: WatchView }) {
  return (
    <ScrolledTable label={t('What was seen')}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('When')}</th>
            <th scope="col">{t('Occasion')}</th>
            <th scope="col">{t('Result')}</th>
            <th scope="col">{t('What was seen')}</th>
          </tr>
        </thead>
        <tbody>
          {plan.points.map(({ at, occasion, judgement, drifted }) => (
            <tr key={`${occasion} ${at}`} data-outcome={judgement.outcome}>
              <td>
                <time dateTime={at}>{dayText(at)}</time>
              </td>
              <td>{occasionWords()[occasion]}</td>
              <td>{outcomeWords()[judgement.outcome]}</td>
              <td className={table.sentence}>
                <PhoneText>{judgement.sentence}</PhoneText>
                {drifted.length === 0 ? null : (
                  <> {t.rich('Changed back: {what}.', { what: <PhoneText>{drifted.join('; ')}</PhoneText> })}</>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrolledTable>
  );
}
