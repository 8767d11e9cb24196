import { useNavigate, useRouter } from '@tanstack/react-router';
import { Button } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useCallback, useEffect, useState } from 'react';
import { t } from '../language/words.ts';
import { Notice } from '../parts/notice.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import type { Problem } from '../../electron/api.ts';
import { ScanKeys, scannerGapMs } from './scan-keys.ts';

/** What takes keys itself: what is typed there is meant for it. */
const fields = [
  'input:not([type="checkbox"], [type="radio"])',
  'textarea',
  'select',
  '[contenteditable]',
  ...['combobox', 'listbox', 'menu', 'textbox'].map((role) => `[role="${role}"]`),
].join();

const isInField = (event: KeyboardEvent): boolean =>
  event.target instanceof Element && event.target.closest(fields) !== null;

/** Calls back with what a scanner reads on any screen where no field has the focus. */
function useScans(onScan: (text: string) => void): void {
  useEffect(() => {
    const keys = new ScanKeys<KeyboardEvent>();
    const given = new WeakSet<Event>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const giveBack = (held: readonly KeyboardEvent[]): void => {
      const before = document.activeElement;
      for (const event of held) {
        const again = new KeyboardEvent(event.type, event);
        given.add(again);
        // Where a key has moved the focus, those that were held after it are meant for that place.
        const isThere =
          event.target instanceof Element && event.target.isConnected && document.activeElement === before;
        const place = isThere ? event.target : (document.activeElement ?? document.body);
        place.dispatchEvent(again);
      }
    };
    const onKey = (event: KeyboardEvent): void => {
      // Shift is part of a letter; what is held down is held by a finger.
      if (given.has(event) || event.key === 'Shift' || event.isComposing) return;
      clearTimeout(timer);
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isInField(event)) {
        giveBack(keys.release());
        return;
      }
      const pressed = keys.press(event, event.key, event.timeStamp);
      if (pressed.kind !== 'scanned') giveBack(pressed.released);
      if (pressed.kind === 'passed') return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (pressed.kind === 'scanned') onScan(pressed.text);
      else timer = setTimeout(() => giveBack(keys.release()), scannerGapMs);
    };
    globalThis.addEventListener('keydown', onKey, { capture: true });
    return () => {
      clearTimeout(timer);
      globalThis.removeEventListener('keydown', onKey, { capture: true });
    };
  }, [onScan]);
}

/** What is told of a scan that led nowhere. */
type Told = { text: string; misread: boolean } | { problem: Problem } | null;

/** A scanner on every screen: what it reads leads to its ticket or phone. */
export function Scanner() {
  const { client } = useProgram();
  const navigate = useNavigate();
  const [told, setTold] = useState<Told>(null);
  const onScan = useCallback(
    (text: string): void => {
      setTold(null);
      client.tickets.find.query({ text }).then(
        (found) => {
          switch (found.kind) {
            case 'ticket':
              return navigate({ to: '/tickets/$id', params: { id: found.id } });
            case 'phone':
              return navigate({ to: '/phones/$phoneId', params: { phoneId: found.phoneId } });
            case 'imei':
              return navigate({ to: '/tickets/new', search: { imei: found.imei } });
            case 'misread':
            case 'nothing':
              return setTold({ text: found.text, misread: found.kind === 'misread' });
          }
        },
        (error: unknown) => setTold({ problem: problemOfCall(error) }),
      );
    },
    [client, navigate],
  );
  useScans(onScan);
  const router = useRouter();
  // It was said of a scan, not of the screen that comes next.
  useEffect(() => router.subscribe('onBeforeNavigate', () => setTold(null)), [router]);
  useHotkeys([['Escape', () => setTold(null), { preventDefault: false }]]);
  if (told === null) return null;
  if ('problem' in told) return <ProblemNotice problem={told.problem} />;
  return (
    <Notice
      tone="warn"
      live="polite"
      title={told.misread ? t('This IMEI was not read rightly: scan it again.') : t('Nothing here has this code.')}
    >
      <PhoneText>{told.text}</PhoneText>{' '}
      <Button variant="default" size="xs" onClick={() => setTold(null)}>
        {t('Close')}
      </Button>
    </Notice>
  );
}
