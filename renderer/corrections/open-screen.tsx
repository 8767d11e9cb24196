import { t } from '../language/words.ts';
import { Button, Text } from '@mantine/core';
import { IconDeviceMobileShare } from '../parts/icons.tsx';
import { useMutation } from '@tanstack/react-query';
import { problemOfCall } from '../program/client.ts';
import { usePhoneWork, useProgram } from '../program/program.tsx';
import type { Finding, OfferedCorrection } from '../program/received.ts';
import classes from './correction.module.css';
import { PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';

interface OpenScreenProps {
  phoneId: string;
  finding: Finding;
  correction: OfferedCorrection;
  live: boolean;
}

/** Opens the screen where the steps begin, on the phone itself. */
export function OpenScreen({ phoneId, finding: { cause, app }, correction, live }: OpenScreenProps) {
  const { client } = useProgram();
  const { activity } = usePhoneWork(phoneId);
  const open = useMutation({
    mutationFn: () => client.openScreen.mutate({ phoneId, cause, app, correction: correction.id }),
  });
  const { data } = open;
  return (
    <div className={classes.opens}>
      <Button
        variant="default"
        leftSection={<IconDeviceMobileShare size={16} aria-hidden />}
        disabled={!live || activity !== null}
        loading={open.isPending}
        onClick={() => open.mutate()}
      >
        {t('Open this screen on the phone')}
      </Button>
      <Text component="output" size="sm" c="dimmed">
        {data === undefined ? null : data.opened !== null ? (
          t('Opened: look at the phone.')
        ) : (
          <>
            {t('The phone knows no such screen; the steps lead there.')}{' '}
            {data.said === null ? null : t.rich('It said: {answer}', { answer: <PhoneText>{data.said}</PhoneText> })}
          </>
        )}
      </Text>
      {open.error === null ? null : <ProblemNotice problem={problemOfCall(open.error)} />}
    </div>
  );
}
