import { t } from '../language/words.ts';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { problemOfCall } from '../program/client.ts';
import { PageHeading } from '../parts/page-heading.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { usePhoneList, useProgram } from '../program/program.tsx';
import type { ConnectionHelp, Platform } from '../program/received.ts';
import { stateWords } from '../parts/words.ts';
import classes from './connection-help.module.css';
import { PhoneText } from '../parts/phone-text.tsx';

const headings = (): Record<Platform, string> => ({ android: t('Android phones'), ios: 'iPhones' });

/** What keeps phones from being seen: first what explains the state that somebody came from, then everything else. */
export function ConnectionHelpScreen() {
  const { client } = useProgram();
  const { list } = usePhoneList();
  const { platform, state } = useSearch({ from: '/connection-help' });
  const help = useQuery({
    queryKey: ['connection-help'],
    queryFn: () => client.connectionHelp.query(),
    staleTime: Infinity,
  });
  const topics = help.data ?? [];
  const isFirst = (topic: ConnectionHelp): boolean =>
    state !== undefined && topic.platform === platform && topic.explains.includes(state);
  const first = topics.filter(isFirst);
  const shown: readonly Platform[] = platform === 'ios' ? ['ios', 'android'] : ['android', 'ios'];
  return (
    <>
      <PageHeading>{t('Connection help')}</PageHeading>
      <p className={classes.lead}>
        {t('What keeps a phone from being seen or read over USB, and how to get past it.')}
      </p>
      {help.error === null ? null : <ProblemNotice problem={problemOfCall(help.error)} />}
      {first.length === 0 || state === undefined ? null : (
        <section className={classes.group}>
          <h2>
            {state === 'unseen'
              ? t('No phone is seen')
              : t('The phone is shown as: {state}', { state: stateWords()[state] })}
          </h2>
          {first.map((topic) => (
            <Topic key={topic.id} title={topic.title} steps={topic.steps} open />
          ))}
        </section>
      )}
      {shown.map((of) => (
        <section key={of} className={classes.group}>
          <h2>{headings()[of]}</h2>
          {list?.troubles
            .filter((trouble) => trouble.platform === of)
            .map(({ code, message, remedy }) => (
              <Topic key={code} title={message} steps={remedy.steps} open={platform === of} />
            ))}
          {topics
            .filter((topic) => topic.platform === of && !isFirst(topic))
            .map((topic) => (
              <Topic key={topic.id} title={topic.title} steps={topic.steps} open={false} />
            ))}
        </section>
      ))}
    </>
  );
}

function Topic({ title, steps, open }: { title: string; steps: readonly string[]; open: boolean }) {
  return (
    <details className={classes.topic} open={open}>
      <summary>
        <PhoneText>{title}</PhoneText>
      </summary>
      <ol>
        {steps.map((step) => (
          <li key={step}>
            <PhoneText>{step}</PhoneText>
          </li>
        ))}
      </ol>
    </details>
  );
}
