import { t } from '../language/words.ts';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Fragment } from 'react';
import { PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import type { ScanReport } from '../program/received.ts';
import classes from './report-view.module.css';

interface ChosenAppProps {
  report: ScanReport;
  /** null for a kept snapshot, which is only looked at. */
  phoneId: string | null;
}

/** The app that the diagnosis is about; opened, why it is that one, and one click to another. */
export function ChosenApp({ report, phoneId }: ChosenAppProps) {
  const { works } = useProgram();
  const choose = useMutation({ mutationFn: (app: string) => works.chooseApp(phoneId ?? '', app) });
  const { chosen, apps } = report;
  const nameOf = (id: string): string => apps.find((app) => app.id === id)?.name ?? id;
  const others = apps.filter(({ id, installed }) => installed === true && chosen.every(({ app }) => app !== id));
  if (chosen.length === 0 && others.length === 0) return null;
  const none = chosen.length === 0;
  return (
    <section aria-label={t('The app that should keep the photos')} className={classes.chosen}>
      <h2 className={classes.app}>
        {none ? t('No app is chosen') : null}
        {chosen.map(({ app }, index) => (
          <Fragment key={app}>
            {index === 0 ? null : ', '}
            <PhoneText>{nameOf(app)}</PhoneText>
          </Fragment>
        ))}
      </h2>
      <details className={classes.change} open={none}>
        <summary>{phoneId === null || others.length === 0 ? t('Why') : t('Change')}</summary>
        <div className={classes.choice}>
          {chosen.map(({ app, why }) => (
            <p key={app}>
              <PhoneText>{why}</PhoneText>
            </p>
          ))}
          {phoneId === null || others.length === 0 ? null : (
            <p className={classes.ways}>
              {others.map(({ id, name }) => (
                <Button
                  key={id}
                  variant="default"
                  size="compact-sm"
                  loading={choose.isPending && choose.variables === id}
                  onClick={() => choose.mutate(id)}
                >
                  <span>
                    {none
                      ? t.rich('It is {app}', { app: <PhoneText>{name}</PhoneText> })
                      : t.rich('It is {app} instead', { app: <PhoneText>{name}</PhoneText> })}
                  </span>
                </Button>
              ))}
            </p>
          )}
          {choose.error === null ? null : <ProblemNotice problem={problemOfCall(choose.error)} />}
        </div>
      </details>
    </section>
  );
}
