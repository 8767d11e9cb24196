import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import type { ScanReport } from '../program/received.ts';
import classes from './report-view.module.css';
import { PhoneText } from '../parts/phone-text.tsx';

interface ChosenAppProps {
  report: ScanReport;
  /** null for a kept snapshot, which is only looked at. */
  phoneId: string | null;
}

/** The app that the verdict is about, why, whether its photos leave, and one click to another one. */
export function ChosenApp({ report, phoneId }: ChosenAppProps) {
  const { works } = useProgram();
  const choose = useMutation({ mutationFn: (app: string) => works.chooseApp(phoneId ?? '', app) });
  const { chosen, uploads, apps } = report;
  const nameOf = (id: string): string => apps.find((app) => app.id === id)?.name ?? id;
  const others = apps.filter(({ id, installed }) => installed === true && chosen.every(({ app }) => app !== id));
  if (chosen.length === 0 && others.length === 0) return null;
  return (
    <section aria-label="The app that should keep the photos" className={classes.chosen}>
      {chosen.length === 0 ? <p>Nothing shows which app should keep the photos.</p> : null}
      {chosen.map(({ app, why }) => {
        const words = uploads.find((one) => one.app === app)?.words ?? '';
        return (
          <p key={app}>
            <strong>
              <PhoneText>{nameOf(app)}</PhoneText>
            </strong>
            {words === '' ? null : (
              <>
                {': '}
                <PhoneText>{words}</PhoneText>
              </>
            )}
            . <PhoneText>{why}</PhoneText>
          </p>
        );
      })}
      {phoneId === null || others.length === 0 ? null : (
        <p className={classes.ways}>
          {others.map(({ id, name }) => (
            <Button
              key={id}
              variant="subtle"
              size="compact-sm"
              loading={choose.isPending && choose.variables === id}
              onClick={() => choose.mutate(id)}
            >
              <span>
                It is <PhoneText>{name}</PhoneText>
                {chosen.length === 0 ? null : ' instead'}
              </span>
            </Button>
          ))}
        </p>
      )}
      {choose.error === null ? null : <ProblemNotice problem={problemOfCall(choose.error)} />}
    </section>
  );
}
