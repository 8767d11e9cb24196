import { t } from '../language/words.ts';
import { Button } from '@mantine/core';
import type { ScanReport } from '../program/received.ts';
import { usePhoneWork, useProgram } from '../program/program.tsx';
import { Notice } from '../parts/notice.tsx';

/** How many photos wait for iCloud; null where that is not known. */
function waitingPhotos({ uploads }: ScanReport): number | null {
  const counted = uploads.flatMap(({ evidence }) => evidence).find(({ path }) => path === 'icloud.backlog');
  return typeof counted?.value === 'number' ? counted.value : null;
}

/**
 * How many photos of an iPhone wait for iCloud. A library that is too large for a scan is counted where somebody wants to wait for that.
 */
export function UncountedPhotos({ report, phoneId }: { report: ScanReport; phoneId: string }) {
  const { works } = useProgram();
  const { activity } = usePhoneWork(phoneId);
  const waiting = waitingPhotos(report);
  if (waiting !== null && waiting > 0)
    return <p>{t('{count, plural, one {# photo waits} other {# photos wait}} for iCloud.', { count: waiting })}</p>;
  const uncounted = report.incomplete.find(({ probe, reason }) => probe === 'photo-library' && reason === 'timeout');
  if (uncounted === undefined || report.brokenOff !== null || activity?.kind === 'scan') return null;
  return (
    <Notice tone="calm" title={t('How many photos wait was not counted')}>
      <p>
        <bdi>{uncounted.detail}</bdi>
      </p>
      <Button variant="default" onClick={() => works.countPhotos(phoneId)}>
        {t('Count the waiting photos')}
      </Button>
    </Notice>
  );
}
