import { Button, Kbd } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { t } from '../language/words.ts';
import { useKeys, useSingleKeys } from '../parts/keys.ts';
import { Notice } from '../parts/notice.tsx';
import { isolated, PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { problemOfCall } from '../program/client.ts';
import { useHandover, useProgram } from '../program/program.tsx';
import type { NextAction } from '../program/received.ts';
import classes from './next-actions.module.css';

function actionWords(action: NextAction): string {
  switch (action.kind) {
    case 'open-ticket': {
      const number = isolated(action.number);
      const name = action.customer?.name ?? '';
      return name === ''
        ? t('Open a ticket for job {number}', { number })
        : t('Open a ticket for job {number}, {name}', { number, name: isolated(name) });
    }
    case 'scan':
      return t('Scan the phone at place {place, number}', { place: action.place });
    case 'close-ticket':
      return t('Close ticket {number}', { number: isolated(action.ticket) });
  }
}

/** What the shop's ticket system asks for next, on every screen: the first of it, which a technician does with one key or declines. */
export function NextActions() {
  const { client, works } = useProgram();
  const navigate = useNavigate();
  const next = useHandover()?.next ?? [];
  const [action] = next;
  const showsKey = useSingleKeys();
  const takeUp = useMutation({
    mutationFn: (id: string) => client.handover.takeUp.mutate({ action: id }),
    onSuccess: async (taken) => {
      if (taken.kind === 'ticket') {
        await navigate({ to: '/tickets/$id', params: { id: taken.ticket } });
        return;
      }
      works.scan(taken.phoneId);
      await navigate({ to: '/phones/$phoneId', params: { phoneId: taken.phoneId } });
    },
  });
  const decline = useMutation({ mutationFn: (id: string) => client.handover.decline.mutate({ action: id }) });
  useKeys(action === undefined || takeUp.isPending ? [] : [['x', () => takeUp.mutate(action.id)]]);
  const problem = takeUp.error ?? decline.error;
  if (action === undefined) return problem === null ? null : <ProblemNotice problem={problemOfCall(problem)} />;
  const isBusy = takeUp.isPending || decline.isPending;
  return (
    <section className={classes.next} aria-label={t('Next from the ticket system')}>
      <Notice tone="calm" title={<PhoneText>{actionWords(action)}</PhoneText>} live="polite">
        {action.kind === 'open-ticket' && action.fault !== '' ? (
          <p>
            <PhoneText>{action.fault}</PhoneText>
          </p>
        ) : null}
        <div className={classes.buttons}>
          <Button
            variant="default"
            loading={takeUp.isPending}
            disabled={isBusy}
            aria-keyshortcuts="x"
            rightSection={showsKey ? <Kbd size="xs">X</Kbd> : null}
            onClick={() => takeUp.mutate(action.id)}
          >
            {t('Do it')}
          </Button>
          <Button variant="subtle" disabled={isBusy} onClick={() => decline.mutate(action.id)}>
            {t('Decline')}
          </Button>
          {next.length > 1 ? (
            <span>{t('{count, plural, one {# more} other {# more}}', { count: next.length - 1 })}</span>
          ) : null}
        </div>
        {problem === null ? null : <ProblemNotice problem={problemOfCall(problem)} />}
      </Notice>
    </section>
  );
}
