import { t } from '../language/words.ts';
import { Button, Checkbox, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { problemOfCall } from '../program/client.ts';
import { Notice } from '../parts/notice.tsx';
import { PhoneSteps } from '../parts/phone-steps.tsx';
import { useOutcomeFocus } from '../parts/takes-focus.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import classes from '../parts/run.module.css';
import { TextLink } from '../parts/text-link.tsx';
import { usePhone, useProgram } from '../program/program.tsx';
import type { Farewell, FarewellSummary } from '../program/received.ts';
import { PhoneText } from '../parts/phone-text.tsx';

/** The end of the work: what to switch off on the phone, and forgetting it. */
export function FarewellScreen() {
  const { phoneId } = useParams({ from: '/phones/$phoneId' });
  const { client } = useProgram();
  const phone = usePhone(phoneId);
  const summary = useQuery({
    queryKey: ['kept', 'farewell', phoneId],
    queryFn: () => client.farewell.query({ phoneId }),
  });
  if (summary.error !== null) return <ProblemNotice problem={problemOfCall(summary.error)} />;
  return (
    <div className={classes.screen}>
      <CloseTheDoor platform={phone?.platform ?? null} />
      {summary.data === undefined ? null : <Forget summary={summary.data} />}
    </div>
  );
}

const androidSteps = () => [
  t('Open the Developer options: in Settings, often under System or Additional settings.'),
  t('Tap Revoke USB debugging authorisations.'),
  t('Switch USB debugging off, then Developer options at the top.'),
];
const iphoneSteps = () => [
  t('Forgetting the iPhone below takes its trust in this computer back.'),
  t(
    'By hand: open Settings > General > Transfer or Reset iPhone > Reset (iOS 14 and older: Settings > General > Reset) > Reset Location & Privacy. Every computer has to be trusted anew then.',
  ),
];

/** What should not stay open once the work is done. */
function CloseTheDoor({ platform }: { platform: 'android' | 'ios' | null }) {
  return (
    <section>
      <h2>{t('When the work is done')}</h2>
      {platform === 'ios' ? (
        <Text>{t('The iPhone goes on trusting this computer until that is taken back.')}</Text>
      ) : (
        <Text>
          {t('With USB debugging on, any computer that was allowed can change the phone. Switch it off again.')}
        </Text>
      )}
      <PhoneSteps steps={platform === 'ios' ? iphoneSteps() : androidSteps()} />
    </section>
  );
}

function Forget({ summary }: { summary: FarewellSummary }) {
  const { client, works } = useProgram();
  const navigate = useNavigate();
  const [agreed, setAgreed] = useState(false);
  const { phoneId, snapshots, testPhotos, actions, undoable, interrupted, setAside } = summary;
  const forget = useMutation({
    mutationFn: () => client.forget.mutate({ phoneId }),
    onSuccess: () => works.forget(phoneId),
  });
  if (forget.data !== undefined) {
    return <Forgotten farewell={forget.data} onGo={() => void navigate({ to: '/' })} />;
  }
  return (
    <section>
      <h2>{t('Forget this phone')}</h2>
      <Text>
        {t(
          'Removes, for good, {snapshots, plural, one {# snapshot} other {# snapshots}}, {actions, plural, one {# action} other {# actions}}, {testPhotos, plural, one {# test photo} other {# test photos}} and whatever else is kept about this phone. Tickets stay, without the phone. Copies of photos stay where they are.',
          { snapshots, actions, testPhotos },
        )}
      </Text>
      {setAside.length === 0 ? null : (
        <Notice tone="warn" title={t('What was kept before and set aside goes too, of everybody')}>
          <ul>
            {setAside.map((file) => (
              <li key={file}>
                <PhoneText>{file}</PhoneText>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {undoable.length === 0 ? null : (
        <Notice tone="warn" title={t('Nobody can undo these corrections afterwards')}>
          <ul>
            {undoable.map(({ id, title }) => (
              <li key={id}>
                <PhoneText>{title}</PhoneText>
              </li>
            ))}
          </ul>
          <TextLink to="/phones/$phoneId/history" params={{ phoneId }}>
            {t('Undo them first')}
          </TextLink>
        </Notice>
      )}
      {forget.error === null ? null : <ProblemNotice problem={problemOfCall(forget.error)} />}
      {interrupted.length > 0 ? (
        <Notice tone="bad" title={t('A correction was cut off')}>
          {t('Finish or undo it first: without what is kept about it, nobody could.')}
        </Notice>
      ) : (
        <div className={classes.form}>
          <Checkbox
            label={t('Remove everything about this phone, for good')}
            checked={agreed}
            onChange={({ currentTarget }) => setAgreed(currentTarget.checked)}
          />
          <div className={classes.buttons}>
            <Button color="red.9" disabled={!agreed} loading={forget.isPending} onClick={() => forget.mutate()}>
              {t('Forget this phone')}
            </Button>
          </div>
        </div>
      )}
    </section>
  );
}

const trustWords = (): Record<Farewell['trust'], string> => ({
  removed: t('The iPhone does not trust this computer any more.'),
  'not-plugged-in': t('It is not plugged in: take the permission for this computer back on the phone.'),
  'by-hand': t('Take the permission for this computer back on the phone, as described above.'),
  failed: t('The trust could not be taken back.'),
});

function Forgotten({ farewell, onGo }: { farewell: Farewell; onGo: () => void }) {
  const place = useOutcomeFocus<HTMLDivElement>('forgotten');
  return (
    <div ref={place} tabIndex={-1}>
      <Notice
        tone={farewell.trust === 'failed' || farewell.waits !== null ? 'warn' : 'good'}
        title={t('Nothing is kept about this phone')}
        live="polite"
      >
        {trustWords()[farewell.trust]} {farewell.detail === null ? null : <PhoneText>{farewell.detail}</PhoneText>}
        {farewell.waits === null ? null : (
          <p>
            {t('The backups hold it still, and are cleared later:')} <PhoneText>{farewell.waits}</PhoneText>
          </p>
        )}
        <div>
          <Button variant="default" onClick={onGo}>
            {t('Back to the start')}
          </Button>
        </div>
      </Notice>
    </div>
  );
}
