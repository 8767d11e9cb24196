import { Button } from '@mantine/core';
import type { ScanReport } from '../program/received.ts';
import { useProgram } from '../program/program.tsx';
import { Notice } from '../parts/notice.tsx';

/** A library too large for a scan: it is counted where somebody wants to wait for that. */
export function UncountedPhotos({ report, phoneId }: { report: ScanReport; phoneId: string }) {
  const { works } = useProgram();
  const uncounted = report.incomplete.find(({ probe, reason }) => probe === 'photo-library' && reason === 'timeout');
  if (uncounted === undefined || report.brokenOff !== null) return null;
  return (
    <Notice tone="calm" title="How many photos wait was not counted">
      <p>
        <bdi>{uncounted.detail}</bdi>
      </p>
      <Button variant="default" onClick={() => works.countPhotos(phoneId)}>
        Count the waiting photos
      </Button>
    </Notice>
  );
}
