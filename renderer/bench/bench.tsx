import { useMediaQuery } from '@mantine/hooks';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { t } from '../language/words.ts';
import { useKeys } from '../parts/keys.ts';
import { useProgram } from '../program/program.tsx';
import { useGoToTicket } from '../tickets/ticket-key.tsx';
import { BenchBar } from './bench-bar.tsx';
import { BenchConsent, fixable } from './bench-consent.tsx';
import { BenchGrid } from './bench-grid.tsx';
import type { BenchAct } from './bench-keys.ts';
import classes from './bench.module.css';
import { type Card, useBench, useCardsNow } from './cards.ts';
import { EmptyBench, SourceTroubles } from './empty-bench.tsx';
import { suits } from './filter.ts';
import { KeySheet } from './key-sheet.tsx';
import { useKnownReports } from './known-reports.ts';
import { Palette } from './palette.tsx';
import { BenchOnPaper } from './bench-on-paper.tsx';
import { PrintedPaper } from '../reports/printed-paper.tsx';
import { RecentPhones } from './recent-phones.tsx';
import { focusCard } from './roving.ts';
import { SaidAloud } from './said-aloud.tsx';
import { selection } from './selection.ts';
import { toScan } from './to-scan.ts';
import { useNow } from './use-now.ts';
import { useTypedNumber } from './use-typed-number.ts';

const narrow = '(max-width: 40rem)';

/** What is asked or shown over the cards. */
type Over = { kind: 'consent'; cards: readonly Card[] } | { kind: 'keys' } | { kind: 'palette' } | null;

/** The counter: every phone at its place, and what is done with many of them at once. */
export function BenchScreen() {
  const bench = useBench();
  const { works } = useProgram();
  const navigate = useNavigate();
  const cardsNow = useCardsNow();
  const goToTicket = useGoToTicket();
  const isNarrow = useMediaQuery(narrow) ?? false;
  const now = useNow();
  const [current, setCurrent] = useState<number | null>(null);
  const [typed, setTyped] = useState('');
  const finds = useLocation({ select: ({ state }) => state.finds === true });
  const [over, setOver] = useState<Over>(finds ? { kind: 'palette' } : null);
  // Whoever comes back to the bench does not come to find something.
  useEffect(() => {
    if (finds) void navigate({ to: '/bench', state: {}, replace: true });
  }, [finds, navigate]);
  /** Why a key did nothing. */
  const [told, setTold] = useState<string | null>(null);
  /** The phone whose paper is being printed; another object for each time that it is asked for. */
  const [printed, setPrinted] = useState<{ phoneId: string; turn: number } | null>(null);
  const onPrinted = useCallback((why: string | null) => {
    setPrinted(null);
    setTold(why);
  }, []);
  const filter = useRef<HTMLInputElement>(null);
  const cards = bench?.cards ?? [];
  const hands = bench?.counts.hands ?? 0;
  const shown = cards.filter((card) => suits(card, typed));
  const tabbed = shown.find(({ number }) => number === current)?.number ?? shown[0]?.number ?? null;

  useKnownReports(cards);
  useEffect(() => {
    document.title = `${hands === 0 ? '' : `(${hands}) `}${t('Bench')} · Phone Health Inspector`;
    return () => {
      document.title = 'Phone Health Inspector';
    };
  }, [hands]);

  const focused = (): Card | undefined => {
    const place = document.activeElement?.closest<HTMLElement>('[data-place]')?.dataset.place;
    return cardsNow().find(({ number }) => String(number) === place);
  };
  /** The phone that has the focus, or had it before something that asks. */
  const atHand = (): Card | undefined => focused() ?? cardsNow().find(({ number }) => number === current);
  const chosen = (): readonly Card[] => cardsNow().filter(({ phone }) => selection.get().has(phone.id));
  const backToCards = (): void => {
    setOver(null);
    // What was asked is gone, and with it the focus.
    setTimeout(() => {
      if (document.activeElement === document.body && tabbed !== null) focusCard(tabbed);
    });
  };
  /** From anywhere else than a phone, an arrow leads to the phones. */
  const toCards = (): void => {
    if (over === null && focused() === undefined && tabbed !== null) focusCard(tabbed);
  };
  const does: Record<BenchAct, () => void> = {
    'scan-all': () => {
      const phones = toScan(cardsNow());
      if (phones.length === 0) return setTold(t('No phone can be scanned at this moment.'));
      works.scanAll(phones.map(({ phone }) => phone.id));
    },
    fix: () => {
      const one = atHand();
      const asked = chosen().length > 0 || one === undefined ? chosen() : [one];
      if (asked.length === 0) return setTold(t('Select a phone first.'));
      if (fixable(asked).length > 0) return setOver({ kind: 'consent', cards: asked });
      const unread = asked.every(({ report }) => report === null);
      setTold(unread ? t('Scan first: nothing is known yet.') : t('There is nothing that this computer can fix here.'));
    },
    ticket: () => {
      const selected = chosen();
      const one = atHand();
      const phones = selected.length > 0 || one === undefined ? selected : [one];
      goToTicket(phones.map(({ phone }) => phone.id));
    },
    print: () => {
      const [only, another] = chosen();
      const one = atHand() ?? (another === undefined ? only : undefined);
      if (one === undefined) return setTold(t('Go to the phone whose paper is to be printed.'));
      setPrinted((before) => ({ phoneId: one.phone.id, turn: (before?.turn ?? 0) + 1 }));
    },
    filter: () => filter.current?.focus(),
    name: () => {
      const number = atHand()?.number ?? tabbed;
      document.querySelector<HTMLElement>(`[data-name-place="${number}"]`)?.click();
    },
    clear: () => {
      selection.clear();
      setTyped('');
    },
    keys: () => setOver({ kind: 'keys' }),
  };
  const act = (what: BenchAct): void => {
    setTold(null);
    does[what]();
  };
  const openPlace = useTypedNumber((number) => {
    const card = cardsNow().find((one) => one.number === number);
    if (card !== undefined) void navigate({ to: '/phones/$phoneId', params: { phoneId: card.phone.id } });
  });

  const keys: [string, () => void][] = [
    ['a', () => act('scan-all')],
    ['f', () => act('fix')],
    ['t', () => act('ticket')],
    ['p', () => act('print')],
    ['/', () => act('filter')],
    ['shift+/', () => act('filter')],
    ['n', () => act('name')],
    ['shift+?', () => act('keys')],
    ['Escape', () => act('clear')],
    ...['ArrowLeft', 'ArrowUp', 'ArrowRight', 'ArrowDown'].map((key): [string, () => void] => [key, toCards]),
    ['mod+k', () => setOver({ kind: 'palette' })],
    ...Array.from('0123456789', (digit): [string, () => void] => [
      digit,
      () =>
        openPlace(
          digit,
          cardsNow().map(({ number }) => number),
        ),
    ]),
  ];
  // What asks or is shown over the cards has its own keys.
  useKeys(over === null ? keys : []);

  const open = (phoneId: string): void => void navigate({ to: '/phones/$phoneId', params: { phoneId } });
  return (
    <>
      <div className={classes.bench} data-bench>
        <BenchBar
          bench={bench}
          typed={typed}
          onTyped={setTyped}
          filter={filter}
          onLeaveFilter={() => {
            if (tabbed !== null) focusCard(tabbed);
          }}
          asking={over?.kind === 'consent'}
          onAct={act}
        />
        <output className={classes.told}>{told}</output>
        <SaidAloud />
        <SourceTroubles />
        {over?.kind === 'consent' ? <BenchConsent cards={over.cards} onEnd={backToCards} /> : null}
        {bench !== null && cards.length === 0 ? <EmptyBench /> : null}
        {cards.length > 0 && shown.length === 0 ? (
          <p className={classes.counts}>{t('No phone suits the filter.')}</p>
        ) : null}
        {shown.length === 0 ? null : (
          <BenchGrid
            numbers={shown.map(({ number }) => number)}
            whole={typed === ''}
            isNarrow={isNarrow}
            now={now}
            current={tabbed}
            onCurrent={setCurrent}
          />
        )}
        <RecentPhones />
        <KeySheet opened={over?.kind === 'keys'} onClose={() => setOver(null)} />
        {over?.kind === 'palette' ? (
          <Palette
            cards={cards}
            onAct={act}
            onOpen={open}
            onTicket={(id) => void navigate({ to: '/tickets/$id', params: { id } })}
            onClose={() => setOver(null)}
          />
        ) : null}
      </div>
      {printed === null ? (
        <BenchOnPaper cards={shown} />
      ) : (
        <PrintedPaper key={printed.turn} phoneId={printed.phoneId} onEnd={onPrinted} />
      )}
    </>
  );
}
