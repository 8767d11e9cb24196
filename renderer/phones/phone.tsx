import { ActionIcon, Button, Kbd, VisuallyHidden } from '@mantine/core';
import { useKeys } from '../parts/keys.ts';
import { IconPlayerPlayFilled, IconRefresh } from '../parts/icons.tsx';
import { Outlet, useMatches, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { ListedPhone } from '../program/received.ts';
import { CheckInNotice } from './check-in-notice.tsx';
import { AskedQuestion } from '../corrections/asked-question.tsx';
import { InterruptedCorrections } from '../corrections/interrupted-corrections.tsx';
import { usePhoneName } from './known-phone.ts';
import { Notice } from '../parts/notice.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { PairAgain } from './pair-again.tsx';
import { isolated, phoneFacts, PhoneText } from '../parts/phone-text.tsx';
import { PrimaryButtonContext, PrimaryTakenContext } from '../parts/primary-button.ts';
import { SampleBadge } from '../parts/sample-badge.tsx';
import { SampleOwner } from '../corrections/sample-owner.tsx';
import { ScanProgress } from './scan-progress.tsx';
import { TextLink } from '../parts/text-link.tsx';
import type { PhoneWork } from '../program/phone-work.ts';
import { namesItself, PhoneTabs, usePhoneScreenName } from './phone-tabs.tsx';
import { screenHeading } from '../parts/takes-focus.ts';
import { usePhone, usePhoneList, usePhoneWork, useProgram } from '../program/program.tsx';
import { stateWords } from '../parts/words.ts';
import classes from './phone.module.css';

/** One phone: its name, Scan, its tabs, and below them one of its screens. */
export function PhoneScreen() {
  const { phoneId } = useParams({ from: '/phones/$phoneId' });
  // A new phone starts with nothing asked.
  return <PhoneFrame key={phoneId} phoneId={phoneId} />;
}

function PhoneFrame({ phoneId }: { phoneId: string }) {
  const phone = usePhone(phoneId);
  const { list } = usePhoneList();
  const work = usePhoneWork(phoneId);
  const known = phone ?? work.report?.phone ?? null;
  const [taken, setTaken] = useState(0);
  const name = usePhoneName(phoneId);
  const screen = usePhoneScreenName();

  useEffect(() => {
    document.title = `${screen.title} · ${isolated(name)} · Phone Health Inspector`;
    return () => {
      document.title = 'Phone Health Inspector';
    };
  }, [name, screen.title]);

  return (
    <PrimaryButtonContext value={setTaken}>
      <PrimaryTakenContext value={taken}>
        <div className={classes.head}>
          <div className={classes.who}>
            <div className={classes.name}>
              <PageHeading>
                <PhoneText>{name}</PhoneText>
              </PageHeading>
              {phone?.sample === true ? <SampleBadge /> : null}
            </div>
            <p className={classes.facts}>{known === null ? null : <PhoneText>{phoneFacts(known)}</PhoneText>}</p>
          </div>
          {phone?.state === 'ready' ? <ScanButton phoneId={phoneId} demoted={taken > 0} /> : null}
        </div>
        <PhoneTabs phoneId={phoneId} tab={screen.tab} />
        {namesItself(screen) ? (
          <h2 className={classes.screen} {...screenHeading}>
            {screen.title}
          </h2>
        ) : (
          <VisuallyHidden component="h2" {...screenHeading}>
            {screen.title}
          </VisuallyHidden>
        )}
        {list === null ? null : <PhoneStateNotice phone={phone} restarting={isRestarting(work)} />}
        <CheckInNotice phoneId={phoneId} />
        <AskedQuestion phoneId={phoneId} />
        {phone === null ? null : <InterruptedCorrections phone={phone} />}
        <ScanProgress phoneId={phoneId} />
        <Outlet />
        {screen.title === 'Fix' || screen.title === 'Finish' ? null : (
          <p className={classes.quiet}>
            Done with this phone?{' '}
            <TextLink to="/phones/$phoneId/finish" params={{ phoneId }} size="sm">
              {known?.platform === 'ios'
                ? 'End this computer’s access, or forget it'
                : 'Switch USB debugging off, or forget it'}
            </TextLink>
          </p>
        )}
      </PrimaryTakenContext>
    </PrimaryButtonContext>
  );
}

/** The screen's primary button until there is a result; `demoted` while something else on it is. */
function ScanButton({ phoneId, demoted }: { phoneId: string; demoted: boolean }) {
  const { works } = useProgram();
  const { activity, report } = usePhoneWork(phoneId);
  const navigate = useNavigate();
  const path = useMatches({ select: (matches) => matches.at(-1)?.fullPath });
  const scan = (): void => {
    works.scan(phoneId);
    // Whoever goes from step to step stays there: the steps show what was read.
    if (path !== '/phones/$phoneId/walk-through') void navigate({ to: '/phones/$phoneId', params: { phoneId } });
  };
  useKeys([
    ['s', scan],
    ['mod+Enter', scan],
  ]);
  if (activity?.kind === 'scan') return null;
  const keys = 's Control+Enter';
  // The result is what the screen is about then.
  if (report !== null) {
    return (
      <ActionIcon
        variant="subtle"
        size="lg"
        disabled={activity !== null}
        onClick={scan}
        aria-label="Check again"
        title="Check again (S)"
        aria-keyshortcuts={keys}
      >
        <IconRefresh size={20} aria-hidden />
      </ActionIcon>
    );
  }
  return (
    <Button
      size="md"
      variant={demoted ? 'default' : 'filled'}
      disabled={activity !== null}
      onClick={scan}
      aria-keyshortcuts={keys}
      leftSection={<IconPlayerPlayFilled size={16} aria-hidden />}
      rightSection={
        <Kbd size="xs" aria-hidden>
          S
        </Kbd>
      }
    >
      Scan
    </Button>
  );
}

/** A phone that a correction restarts is gone for a while, as it should be. */
const isRestarting = ({ activity }: PhoneWork): boolean =>
  (activity?.kind === 'correct' || activity?.kind === 'batch') && activity.steps.at(-1)?.step === 'waiting-for-phone';

function PhoneStateNotice({ phone, restarting }: { phone: ListedPhone | null; restarting: boolean }) {
  if (phone === null && restarting) return null;
  if (phone === null) {
    return (
      <Notice tone="calm" title="This phone is not plugged in" live="polite">
        Its snapshots can be looked at. Plug it in to scan it.
      </Notice>
    );
  }
  if (phone.state === 'ready') return <VisuallyHidden component="output">{stateWords().ready}</VisuallyHidden>;
  return (
    <Notice tone="warn" title={<PhoneText>{phone.remedy?.title ?? stateWords()[phone.state]}</PhoneText>} live="polite">
      {phone.remedy === null ? null : (
        <ol style={{ margin: 0, paddingInlineStart: '1.125rem' }}>
          {phone.remedy.steps.map((step) => (
            <li key={step}>
              <PhoneText>{step}</PhoneText>
            </li>
          ))}
        </ol>
      )}
      <div className={classes.does}>
        <PairAgain phone={phone} />
        <SampleOwner phoneId={phone.id} steps={null} />
      </div>
      {phone.state === 'gone' ? null : (
        <TextLink to="/connection-help" search={{ platform: phone.platform, state: phone.state }} size="sm">
          Connection help
        </TextLink>
      )}
    </Notice>
  );
}
