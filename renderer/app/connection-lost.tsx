import { useEffect, useState } from 'react';
import { t } from '../language/words.ts';
import { Notice } from '../parts/notice.tsx';
import { useConnected } from '../program/program.tsx';

/** A connection that comes back within this time was only interrupted: whoever is in the middle of something is left in it. */
const interruptedMs = 2_000;

/** Whether the program has not been reached for a while: nothing that is pressed does anything then. */
export function useIsCutOff(): boolean {
  const connected = useConnected();
  const [isCutOff, setCutOff] = useState(false);
  useEffect(() => {
    if (connected) return undefined;
    const timer = setTimeout(() => setCutOff(true), interruptedMs);
    return () => {
      clearTimeout(timer);
      setCutOff(false);
    };
  }, [connected]);
  return isCutOff && !connected;
}

/** Says that the program cannot be reached, and what helps. */
export function ConnectionLost({ isCutOff }: { isCutOff: boolean }) {
  if (!isCutOff) return <Notice tone="warn" title={t('The connection to the program is lost. Connecting again…')} />;
  return (
    <Notice tone="warn" title={t('The program has ended, or cannot be reached: nothing can be pressed here now')}>
      <ol>
        <li>{t('Start Phone Health Inspector again.')}</li>
        <li>{t('Open the link that it prints. This page can be closed.')}</li>
      </ol>
      <span>
        {t(
          'What was scanned, and what was corrected, is kept. If the program is still running, this page goes on by itself.',
        )}
      </span>
    </Notice>
  );
}
