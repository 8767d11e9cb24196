import { useLocation, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useKeys } from '../parts/keys.ts';
import { notify } from '../parts/notification.ts';
import { phoneName } from '../parts/phone-text.tsx';
import { listText } from '../parts/value-text.ts';
import { usePhoneWork, useSetting } from '../program/program.tsx';
import { isReloaded } from '../program/reloaded.ts';
import { groupOf } from './card-state.ts';
import { stateWords } from './card-words.ts';
import { type Bench, useOfBench } from './cards.ts';
import { soundHands } from './hands-sound.ts';
import { moveByItself, type Shown } from './open-by-itself.ts';
import { selection } from './selection.ts';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Whether the bench was opened to find something. */
    finds?: boolean;
  }
}

const idsOf = (bench: Bench | null, pick: (card: Bench['cards'][number]) => boolean): string =>
  JSON.stringify((bench?.cards ?? []).filter(pick).map(({ phone }) => phone.id));

const isPlugged = ({ state, phone }: Bench['cards'][number]): boolean => !phone.sample && state.kind !== 'unplugged';

/** The bench on every screen: its key, when it opens by itself, and what is heard of it. Shows nothing. */
export function BenchWatch() {
  const navigate = useNavigate();
  const at = useLocation({ select: ({ pathname }) => pathname });
  const phoneId = useParams({ strict: false }).phoneId ?? '';
  const work = usePhoneWork(phoneId);
  /** null until the program has told who is at the counter. */
  const present = useOfBench((bench) => (bench === null ? null : idsOf(bench, () => true)));
  const here = useOfBench((bench) => idsOf(bench, ({ phone }) => !phone.sample));
  const plugged = useOfBench((bench) => bench?.cards.filter(isPlugged).length ?? null);
  const openedByItself = useRef(false);
  // Whoever loads a screen anew, or comes to it by its address, stays there.
  const [stays] = useState(() => isReloaded() || at !== '/');
  const offered = useRef(stays);

  useKeys([
    ['b', () => void navigate({ to: '/bench' })],
    // The bench itself has it over its cards, when nothing else is.
    ...(at === '/bench'
      ? []
      : [['mod+k', () => void navigate({ to: '/bench', state: { finds: true } })] satisfies [string, () => void]]),
  ]);

  const shown: Shown =
    at === '/'
      ? 'home'
      : at === '/bench'
        ? 'bench'
        : at === `/phones/${encodeURIComponent(phoneId)}`
          ? { phoneId }
          : 'other';
  const isIdle = shown !== 'bench' && work.activity === null && work.report === null && work.problem === null;
  useEffect(() => {
    if (present !== null) selection.keep(new Set(JSON.parse(present) as string[]));
  }, [present]);
  useEffect(() => {
    if (plugged === null) return;
    if (plugged < 2) offered.current = false;
    const writing = document.activeElement instanceof HTMLInputElement;
    const asking = document.querySelector('[role="dialog"], main fieldset, main form') !== null;
    const busy = writing || (shown === 'bench' ? selection.get().size > 0 || asking : shown !== 'home' && !isIdle);
    const phoneIds: string[] = JSON.parse(here) as string[];
    const move = moveByItself({
      shown,
      phoneIds,
      plugged,
      busy,
      openedByItself: openedByItself.current,
      wasOffered: offered.current,
    });
    if (shown !== 'bench') openedByItself.current = false;
    if (move?.to === 'bench') {
      offered.current = true;
      openedByItself.current = true;
      void navigate({ to: '/bench' });
    } else if (move?.to === 'phone') void navigate({ to: '/phones/$phoneId', params: { phoneId: move.phoneId } });
    else if (shown === 'bench') offered.current = true;
    // Only what is at the counter moves the window: not that a person has gone to another screen.
    // eslint-disable-next-line react/exhaustive-deps
  }, [here, plugged]);

  useHandsSound();
  return null;
}

/** Sounds when another phone needs hands, where that is switched on, and says which where the window is not seen. */
function useHandsSound(): void {
  const on = useSetting('benchSound', false);
  const hands = useOfBench((bench) => {
    const needing = (bench?.cards ?? []).filter(({ state }) => groupOf(state) === 'hands');
    return JSON.stringify(needing.map(({ phone, state }) => [phone.id, `${phoneName(phone)}: ${stateWords(state)}`]));
  });
  const former = useRef<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    const now = new Map(JSON.parse(hands) as [string, string][]);
    const added = [...now].filter(([id]) => !former.current.has(id)).map(([, words]) => words);
    former.current = now;
    if (!on || added.length === 0) return;
    soundHands();
    notify(listText(added));
  }, [hands, on]);
}
