import { ActionIcon, Button, Kbd, VisuallyHidden } from '@mantine/core';
import { useKeys, useSingleKeys } from '../parts/keys.ts';
import { IconPlayerPlayFilled, IconRefresh } from '../parts/icons.tsx';
import { Outlet, useMatches, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { t } from '../language/words.ts';
import type { ListedPhone } from '../program/received.ts';
import { CheckInNotice } from './check-in-notice.tsx';
import { AskedQuestion } from '../corrections/asked-question.tsx';
import { InterruptedCorrections } from '../corrections/interrupted-corrections.tsx';
import { useIsUnknown, usePhoneName, useTellingSerial } from './known-phone.ts';
import { PageHeading } from '../parts/page-heading.tsx';
import { isolated, modelAndSystem, PhoneText } from '../parts/phone-text.tsx';
import { PrimaryButtonContext, PrimaryTakenContext } from '../parts/primary-button.ts';
import { SampleBadge } from '../parts/sample-badge.tsx';
import { ScanProgress } from './scan-progress.tsx';
import { TextLink } from '../parts/text-link.tsx';
import { AlwaysScan } from './always-scan.tsx';
import { PhoneStateNotice } from './phone-state-notice.tsx';
import { UnknownPhone } from './unknown-phone.tsx';
import { PhoneTabs, usePhoneScreenName } from './phone-tabs.tsx';
import { screenHeading } from '../parts/takes-focus.ts';
import { usePhone, usePhoneList, usePhoneWork, useProgram } from '../program/program.tsx';
import { PhoneTicket } from '../tickets/phone-ticket.tsx';
import classes from './phone.module.css';
import { isOfFile } from '../program/of-file.ts';

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
  const isUnknown = useIsUnknown(phoneId);
  const serial = useTellingSerial(phoneId);

  useEffect(() => {
    document.title = `${screen.title} · ${isolated(name)} · Phone Health Inspector`;
    return () => {
      document.title = 'Phone Health Inspector';
    };
  }, [name, screen.title]);

  if (isUnknown) return <UnknownPhone phoneId={phoneId} />;
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
            <p className={classes.facts}>
              {known === null ? null : (
                <PhoneText>{[modelAndSystem(known), serial].filter((part) => part !== null).join(' · ')}</PhoneText>
              )}
              {work.report === null ? null : (
                <span data-screen-only>
                  <TextLink to="/report" search={{ phone: phoneId }} size="sm">
                    {t('Report…')}
                  </TextLink>
                </span>
              )}
            </p>
            <PhoneTicket phoneId={phoneId} />
          </div>
          {phone?.state === 'ready' ? <ScanButton phoneId={phoneId} demoted={taken > 0} /> : null}
        </div>
        <PhoneTabs phoneId={phoneId} tab={screen.tab} />
        {screen.namesItself ? (
          <h2 className={classes.screen} {...screenHeading}>
            {screen.title}
          </h2>
        ) : (
          <VisuallyHidden component="h2" {...screenHeading}>
            {screen.title}
          </VisuallyHidden>
        )}
        {list === null ? null : <PhoneStateNotice phone={phone} work={work} />}
        <CheckInNotice phoneId={phoneId} />
        <AskedQuestion phoneId={phoneId} />
        {phone === null ? null : <InterruptedCorrections phone={phone} />}
        <ScanProgress phoneId={phoneId} />
        {phone?.state === 'ready' && !phone.sample && work.report === null && work.activity === null ? (
          <AlwaysScan />
        ) : null}
        <Outlet />
        {screen.tab === '/phones/$phoneId' || screen.tab === null ? null : (
          <FinishLink phoneId={phoneId} platform={known?.platform ?? null} />
        )}
      </PrimaryTakenContext>
    </PrimaryButtonContext>
  );
}

/** The quiet way to the end of the work; a proof has its own. */
function FinishLink({ phoneId, platform }: { phoneId: string; platform: ListedPhone['platform'] | null }) {
  return (
    <p className={classes.quiet} data-screen-only>
      {t('Done with this phone?')}{' '}
      <TextLink to="/phones/$phoneId/finish" params={{ phoneId }} size="sm">
        {platform === 'ios'
          ? t('End this computer’s access, or forget it')
          : t('Switch USB debugging off, or forget it')}
      </TextLink>
    </p>
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
  const hasSingleKeys = useSingleKeys();
  if (activity?.kind === 'scan') return null;
  const keys = hasSingleKeys ? 's Control+Enter' : 'Control+Enter';
  // The result is what the screen is about then; that of a file is not how the phone is now.
  if (report !== null && !isOfFile(report)) {
    return (
      <ActionIcon
        variant="subtle"
        size="lg"
        disabled={activity !== null}
        onClick={scan}
        aria-label={t('Check again')}
        title={hasSingleKeys ? t('Check again (S)') : t('Check again')}
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
        hasSingleKeys ? (
          <Kbd size="xs" aria-hidden>
            S
          </Kbd>
        ) : null
      }
    >
      {t('Scan')}
    </Button>
  );
}
