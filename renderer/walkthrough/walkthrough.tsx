import { t } from '../language/words.ts';
import { workOf } from '../result/report-groups.ts';
import { Button, Progress, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { problemOfCall } from '../program/client.ts';
import { Meanwhile } from './meanwhile.tsx';
import { Notice } from '../parts/notice.tsx';
import { useTakesPrimary } from '../parts/primary-button.ts';
import { useOutcomeFocus } from '../parts/takes-focus.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { QuickWin } from './quick-win.tsx';
import { WalkthroughContext } from '../corrections/walkthrough-context.ts';
import { UndoAll, WalkthroughEnd } from './walkthrough-end.tsx';
import { WalkthroughStep } from './step-card.tsx';
import { stepKey, thingsIn, WalkthroughSteps } from './step-list.tsx';
import classes from './walkthrough.module.css';
import { usePhone, usePhoneWork, useProgram } from '../program/program.tsx';
import type { WalkthroughView } from '../program/received.ts';
import { dayText } from '../parts/value-text.ts';
import { PhoneText } from '../parts/phone-text.tsx';

/** The corrections of a diagnosis one after the other, kept from step to step and from day to day. */
export function WalkthroughScreen() {
  const { phoneId } = useParams({ from: '/phones/$phoneId' });
  const { client } = useProgram();
  const { problem, report } = usePhoneWork(phoneId);
  const list = useQuery({
    queryKey: ['kept', 'walkthroughs', phoneId],
    queryFn: () => client.walkthrough.list.query({ phoneId }),
  });
  if (list.error !== null) return <ProblemNotice problem={problemOfCall(list.error)} />;
  if (list.data === undefined) return null;
  const [latest] = list.data;
  return (
    <div className={classes.screen}>
      {problem === null ? null : <ProblemNotice problem={problem} />}
      {latest === undefined || latest.over ? null : <Going key={latest.id} view={latest} />}
      {latest?.over === true ? <WalkthroughEnd view={latest} /> : null}
      {latest?.over === true ? <UndoAll view={latest} /> : null}
      {latest === undefined || latest.over ? <Start phoneId={phoneId} latest={latest ?? null} /> : null}
      {report === null ? null : <QuickWin phoneId={phoneId} report={report} />}
      {report === null ? null : <Meanwhile phoneId={phoneId} report={report} />}
    </div>
  );
}

/** While this is here, the screen's other primary button steps back. */
function StepsBack() {
  useTakesPrimary();
  return null;
}

/** Keeps what the program answers, so that nothing is asked twice. */
function useTakeView(phoneId: string): (view: WalkthroughView) => void {
  const queries = useQueryClient();
  return useCallback(
    (view) =>
      queries.setQueryData<WalkthroughView[]>(['kept', 'walkthroughs', phoneId], (former = []) => [
        view,
        ...former.filter(({ id }) => id !== view.id),
      ]),
    [queries, phoneId],
  );
}

function Start({ phoneId, latest }: { phoneId: string; latest: WalkthroughView | null }) {
  const { client } = useProgram();
  const { report, activity } = usePhoneWork(phoneId);
  const take = useTakeView(phoneId);
  const start = useMutation({ mutationFn: () => client.walkthrough.start.mutate({ phoneId }), onSuccess: take });
  const nothing = report !== null && workOf(report).length === 0;
  return (
    <>
      <Text maw="44rem">
        {t(
          'The corrections one after the other: what this program can do itself, after asking, and what has to be done on the phone. Each is checked by reading the phone again. It can be left at any time and goes on where it stopped.',
        )}
      </Text>
      {start.error === null ? null : <ProblemNotice problem={problemOfCall(start.error)} />}
      {report === null ? (
        <Text c="dimmed">{t('Scan the phone first: the steps come from what is found.')}</Text>
      ) : nothing && latest !== null && latest.putBack.length > 0 ? (
        <Notice
          tone="calm"
          title={t('{count, plural, one {# thing was} other {# things were}} put back', {
            count: latest.putBack.length,
          })}
        >
          <PhoneText>{latest.putBack.join(' · ')}</PhoneText>{' '}
          {t('No step came out of the last reading. Scan again to see what it does to the photos.')}
        </Notice>
      ) : nothing ? (
        <Notice tone="good" title={t('There is nothing to correct')}>
          {t('No step came out of the last scan. A test photo shows whether photos really leave the phone.')}
        </Notice>
      ) : (
        <div>
          <StepsBack />
          <Button
            loading={start.isPending}
            disabled={activity !== null || report.brokenOff !== null}
            onClick={() => start.mutate()}
          >
            {latest !== null
              ? t('Start another walk-through')
              : t('Start with {count, plural, one {# thing} other {# things}}', {
                  count: report.answer.heldBack > 0 ? report.answer.heldBack : workOf(report).length,
                })}
          </Button>
        </div>
      )}
    </>
  );
}

function Going({ view }: { view: WalkthroughView }) {
  const { client, works } = useProgram();
  const phone = usePhone(view.phoneId);
  const { activity, report } = usePhoneWork(view.phoneId);
  const take = useTakeView(view.phoneId);
  const giveUp = useMutation({ mutationFn: () => client.walkthrough.giveUp.mutate({ id: view.id }), onSuccess: take });
  const [chosen, setChosen] = useState<string | null>(null);
  const { steps } = view;
  const things = thingsIn(steps);
  const settled = things.filter((thing) => thing.settled).length;
  const next = steps.find(({ state }) => state === 'open') ?? steps.find(({ state }) => state === 'unreadable');
  const shown = steps.find((step) => stepKey(step) === chosen) ?? next ?? null;
  const idle = activity === null && phone?.state === 'ready';
  // A step that has come to its end goes with the button that ended it: the reader continues with the next one.
  const stands = steps.map(({ state }) => state).join(' ');
  const [stood] = useState(stands);
  const place = useOutcomeFocus<HTMLDivElement>(stands === stood ? null : stands);
  return (
    <WalkthroughContext value={view.id}>
      <div className={classes.head}>
        <output>
          {t('{settled, number} of {count, plural, one {# thing} other {# things}} settled', {
            settled,
            count: things.length,
          })}
        </output>
        <Progress value={(100 * settled) / Math.max(1, things.length)} aria-label={t('Things settled')} />
        <span className={classes.quiet}>
          {t('Begun {begun} · phone read {read}', { begun: dayText(view.startedAt), read: dayText(view.readAt) })}
        </span>
      </div>
      {report === null && phone?.state === 'ready' ? (
        <Notice tone="calm" title={t('Taken up again')} live="polite">
          {t(
            'The phone has not been read since the program was started. Check again shows what has changed meanwhile.',
          )}
        </Notice>
      ) : null}
      <div className={classes.columns}>
        <div ref={place} tabIndex={-1}>
          {shown === null ? (
            <Notice tone="good" title={t('All steps are settled')} live="polite">
              {t('Finish reads the whole phone once more and keeps it beside the snapshot before.')}
            </Notice>
          ) : (
            <WalkthroughStep
              key={stepKey(shown)}
              view={view}
              step={shown}
              onView={(after) => {
                take(after);
                setChosen(null);
              }}
            />
          )}
        </div>
        <WalkthroughSteps
          steps={steps}
          shown={shown === null ? null : stepKey(shown)}
          onShow={setChosen}
          alreadyRight={view.alreadyRight}
        />
      </div>
      <UndoAll view={view} />
      {giveUp.error === null ? null : <ProblemNotice problem={problemOfCall(giveUp.error)} />}
      <div className={classes.buttons}>
        {next === undefined ? <StepsBack /> : null}
        <Button
          variant={next === undefined ? 'filled' : 'default'}
          disabled={!idle}
          onClick={() => works.scan(view.phoneId, view.id)}
        >
          {t('Finish: read again and compare')}
        </Button>
        <Button variant="subtle" loading={giveUp.isPending} onClick={() => giveUp.mutate()}>
          {t('Stop without finishing')}
        </Button>
      </div>
    </WalkthroughContext>
  );
}
