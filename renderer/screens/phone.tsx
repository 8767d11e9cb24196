import { Button, Kbd, VisuallyHidden } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconPlayerPlayFilled, IconRefresh } from '@tabler/icons-react';
import { Link, Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { ListedPhone } from '../received.ts';
import { CheckInNotice } from '../parts/check-in-notice.tsx';
import { InterruptedCorrections } from '../parts/interrupted-corrections.tsx';
import { Notice } from '../parts/notice.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { phoneFacts, phoneName, PhoneText } from '../parts/phone-text.tsx';
import { SampleBadge } from '../parts/sample-badge.tsx';
import { SampleOwner } from '../parts/sample-owner.tsx';
import { ScanProgress } from '../parts/scan-progress.tsx';
import { ConsentContext } from '../parts/consent.ts';
import type { PhoneWork } from '../phone-work.ts';
import { usePhone, usePhoneList, usePhoneWork, useProgram } from '../program.tsx';
import { stateWords } from '../words.ts';
import classes from './phone.module.css';

/** One phone: its name, Scan, and below them the results, the comparison, the history or the corrections. */
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
  const [asking, setAsking] = useState(0);
  const name = known === null ? phoneId : phoneName(known);

  useEffect(() => {
    document.title = `${name} · Phone Health Inspector`;
    return () => {
      document.title = 'Phone Health Inspector';
    };
  }, [name]);

  return (
    <ConsentContext value={setAsking}>
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
        {phone?.state === 'ready' ? <ScanButton phoneId={phoneId} demoted={asking > 0} /> : null}
      </div>
      <nav className={classes.tabs} aria-label="About this phone">
        <Link to="/phones/$phoneId" params={{ phoneId }} activeOptions={{ exact: true }} className={classes.tab}>
          Results
        </Link>
        <Link to="/phones/$phoneId/walk-through" params={{ phoneId }} className={classes.tab}>
          Walk-through
        </Link>
        <Link to="/phones/$phoneId/compare" params={{ phoneId }} className={classes.tab}>
          Before and after
        </Link>
        <Link to="/phones/$phoneId/history" params={{ phoneId }} className={classes.tab}>
          Snapshots
        </Link>
        <Link to="/phones/$phoneId/corrections" params={{ phoneId }} className={classes.tab}>
          Corrections made
        </Link>
        <Link to="/phones/$phoneId/test-photo" params={{ phoneId }} className={classes.tab}>
          Test photo
        </Link>
        <Link to="/phones/$phoneId/copy" params={{ phoneId }} className={classes.tab}>
          Safe copy
        </Link>
        <Link to="/phones/$phoneId/watch" params={{ phoneId }} className={classes.tab}>
          Watch
        </Link>
        <Link to="/phones/$phoneId/finish" params={{ phoneId }} className={classes.tab}>
          Finish
        </Link>
      </nav>
      {list === null ? null : <PhoneStateNotice phone={phone} restarting={isRestarting(work)} />}
      <CheckInNotice phoneId={phoneId} />
      {phone === null ? null : <InterruptedCorrections phone={phone} />}
      <ScanProgress phoneId={phoneId} />
      <Outlet />
    </ConsentContext>
  );
}

/** The screen's primary button. `demoted` while a correction asks for consent: then the answer to that is primary. */
function ScanButton({ phoneId, demoted }: { phoneId: string; demoted: boolean }) {
  const { works } = useProgram();
  const { activity, report } = usePhoneWork(phoneId);
  const navigate = useNavigate();
  const scan = (): void => {
    works.scan(phoneId);
    void navigate({ to: '/phones/$phoneId', params: { phoneId } });
  };
  useHotkeys([
    ['s', scan],
    ['mod+Enter', scan],
  ]);
  if (activity?.kind === 'scan') return null;
  return (
    <Button
      size="md"
      variant={demoted ? 'default' : 'filled'}
      disabled={activity !== null}
      onClick={scan}
      aria-keyshortcuts="s Control+Enter"
      leftSection={
        report === null ? <IconPlayerPlayFilled size={16} aria-hidden /> : <IconRefresh size={18} aria-hidden />
      }
      rightSection={
        <Kbd size="xs" aria-hidden>
          S
        </Kbd>
      }
    >
      {report === null ? 'Scan' : 'Check again'}
    </Button>
  );
}

/** A phone that a correction restarts is gone for a while, as it should be. */
const isRestarting = ({ activity }: PhoneWork): boolean =>
  activity?.kind === 'correct' && activity.steps.at(-1)?.step === 'waiting-for-phone';

function PhoneStateNotice({ phone, restarting }: { phone: ListedPhone | null; restarting: boolean }) {
  if (phone === null && restarting) return null;
  if (phone === null) {
    return (
      <Notice tone="calm" title="This phone is not plugged in" live="polite">
        Its snapshots can be looked at. Plug it in to scan it.
      </Notice>
    );
  }
  if (phone.state === 'ready') return <VisuallyHidden component="output">{stateWords.ready}</VisuallyHidden>;
  return (
    <Notice tone="warn" title={phone.remedy?.title ?? stateWords[phone.state]} live="polite">
      {phone.remedy === null ? null : (
        <ol style={{ margin: 0, paddingLeft: '1.125rem' }}>
          {phone.remedy.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      )}
      <div>
        <SampleOwner phoneId={phone.id} steps={null} />
      </div>
    </Notice>
  );
}
