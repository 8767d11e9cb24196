import { t } from '../language/words.ts';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconCamera } from '../parts/icons.tsx';
import { Notice } from '../parts/notice.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { usePrimaryVariant } from '../parts/primary-button.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { useOutcomeFocus } from '../parts/takes-focus.ts';
import type { TestPhotoRun } from '../program/long-runs.ts';
import { usePerPhone, usePhoneWork, useProgram } from '../program/program.tsx';
import type { ScanReport } from '../program/received.ts';
import { Certificate } from './certificate.tsx';
import { photoWords } from './photo-words.ts';
import classes from './proof.module.css';
import { provingPhoto } from './still-proven.ts';
import { TestPhotoLive } from './test-photo-live.tsx';

/** The chosen app whose photo this phone shows to leave; null: it shows none, or nobody has asked yet. */
export function useProvableApp({ phone: { platform }, chosen }: Pick<ScanReport, 'phone' | 'chosen'>): string | null {
  const { client } = useProgram();
  const apps = useQuery({
    queryKey: ['watchable-apps', platform],
    queryFn: () => client.watchableApps.query({ platform }),
    staleTime: Infinity,
  });
  return chosen.find(({ app }) => apps.data?.some(({ id }) => id === app))?.app ?? null;
}

interface ProveItProps {
  phoneId: string;
  report: ScanReport;
  app: string;
  live: boolean;
  /** Whether this is what to do next. */
  primary: boolean;
}

/** Starts a test photo where it stands; what is seen of it is shown by {@link PhotoProof}. */
export function ProveIt({ phoneId, report, app, live, primary }: ProveItProps) {
  const { testPhotos } = useProgram().runs;
  const { activity } = usePhoneWork(phoneId);
  const run = usePerPhone(testPhotos, phoneId);
  const variant = usePrimaryVariant();
  // What is proven needs no other proof; what came of it is shown below.
  if (run.running || provingPhoto(run, report) !== null) return null;
  return (
    <Button
      variant={primary ? variant : 'default'}
      leftSection={<IconCamera size={16} aria-hidden />}
      disabled={!live || activity !== null}
      onClick={() => testPhotos.start(phoneId, { app, on: null, openCamera: false })}
    >
      {t('Prove it: take a photo')}
    </Button>
  );
}

/** A test photo as it goes on, and what it has proven. `report`: null where the phone was not scanned since the program was started. */
export function PhotoProof({ phoneId, report }: { phoneId: string; report: ScanReport | null }) {
  const { testPhotos } = useProgram().runs;
  const run = usePerPhone(testPhotos, phoneId);
  const place = useOutcomeFocus<HTMLDivElement>(run.running ? 'running' : run.report === null ? null : 'ended');
  return (
    <div ref={place} tabIndex={-1} className={classes.proof}>
      {run.running ? (
        <TestPhotoLive run={run} phoneId={phoneId} />
      ) : (
        <End run={run} report={report} phoneId={phoneId} />
      )}
    </div>
  );
}

function End({ run, report, phoneId }: { run: TestPhotoRun; report: ScanReport | null; phoneId: string }) {
  if (run.problem !== null) return <ProblemNotice problem={run.problem} />;
  if (run.cancelled) return <Notice tone="calm" title={t('The test was cancelled')} live="polite" />;
  if (run.report === null) return null;
  if (run.report.verdict === 'uploaded' && provingPhoto(run, report) === null) {
    return (
      <Notice tone="calm" title={t('Proven before the last change')} live="polite">
        {t('Take another photo to prove it again.')}
      </Notice>
    );
  }
  if (report !== null && run.report.verdict === 'uploaded')
    return <Certificate phoneId={phoneId} report={report} photo={run.report} />;
  const { title, tone } = photoWords()[run.report.verdict];
  return (
    <Notice tone={tone} title={title} live="polite">
      <PhoneText>{run.report.sentence}</PhoneText>
    </Notice>
  );
}
