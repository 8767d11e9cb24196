import { IconHistory, IconLayoutGrid, IconSettings, IconTicket } from '../parts/icons.tsx';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { BenchWatch } from '../bench/bench-watch.tsx';
import classes from './frame.module.css';
import { t } from '../language/words.ts';
import { ConnectionLost, useIsCutOff } from './connection-lost.tsx';
import { NextActions } from '../handover/next-actions.tsx';
import { FileDrop } from '../phones/file-drop.tsx';
import { PhoneListPane } from '../phones/phone-list-pane.tsx';
import { StoreNotice } from './store-notice.tsx';
import { useConnected } from '../program/program.tsx';
import { Scanner } from '../tickets/scanner.tsx';
import { TicketKey, useShowsTickets } from '../tickets/ticket-key.tsx';
import { useFocusOnArrival } from './focus-on-arrival.ts';
import { useShellRequests } from './shell-requests.ts';

/** Phones at the left, the chosen screen at the right. */
export function Frame() {
  const connected = useConnected();
  useFocusOnArrival();
  useShellRequests();
  // The bench shows every phone itself, and takes the room.
  const onBench = useLocation({ select: ({ pathname }) => pathname === '/bench' });
  const isCutOff = useIsCutOff();
  const showsTickets = useShowsTickets() || onBench;
  return (
    <div className={classes.frame} data-bench={onBench || undefined}>
      <BenchWatch />
      <TicketKey />
      <button
        type="button"
        className={classes.skip}
        onClick={() => document.querySelector<HTMLElement>('main h1')?.focus()}
      >
        {t('Skip to content')}
      </button>
      <aside className={classes.side} aria-label={t('Phones')} inert={isCutOff} data-cut-off={isCutOff || undefined}>
        <Link to="/" className={classes.brand}>
          <img src="./icon.svg" alt="" width={24} height={24} />
          Phone Health Inspector
        </Link>
        {onBench ? null : (
          <div className={classes.list}>
            <PhoneListPane />
          </div>
        )}
        <div className={classes.foot}>
          <Link to="/bench" className={classes.footLink} aria-keyshortcuts="b">
            <IconLayoutGrid size={16} aria-hidden />
            {t('Bench')}
          </Link>
          {showsTickets ? (
            <Link to="/tickets" className={classes.footLink}>
              <IconTicket size={16} aria-hidden />
              {t('Tickets')}
            </Link>
          ) : null}
          <Link to="/history" className={classes.footLink}>
            <IconHistory size={16} aria-hidden />
            {t('All visits')}
          </Link>
          <Link to="/settings" className={classes.footLink}>
            <IconSettings size={16} aria-hidden />
            {t('Settings')}
          </Link>
        </div>
      </aside>
      <main className={classes.main} data-scroll-restoration-id="screen">
        <output className={classes.lost}>{connected ? null : <ConnectionLost isCutOff={isCutOff} />}</output>
        <div className={classes.page} inert={isCutOff} data-cut-off={isCutOff || undefined}>
          <Scanner />
          <NextActions />
          <StoreNotice />
          <FileDrop />
          <Outlet />
        </div>
      </main>
    </div>
  );
}
