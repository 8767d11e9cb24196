import { IconHistory, IconLayoutGrid } from '../parts/icons.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { BenchWatch } from '../bench/bench-watch.tsx';
import classes from './frame.module.css';
import { t } from '../language/words.ts';
import { PhoneListPane } from '../phones/phone-list-pane.tsx';
import { useConnected, useProgram } from '../program/program.tsx';
import { useFocusOnArrival } from './focus-on-arrival.ts';

/** Phones at the left, the chosen screen at the right. */
export function Frame() {
  const connected = useConnected();
  useFocusOnArrival();
  // The bench shows every phone itself, and takes the room.
  const onBench = useLocation({ select: ({ pathname }) => pathname === '/bench' });
  return (
    <div className={classes.frame} data-bench={onBench || undefined}>
      <BenchWatch />
      <button
        type="button"
        className={classes.skip}
        onClick={() => document.querySelector<HTMLElement>('main h1')?.focus()}
      >
        {t('Skip to content')}
      </button>
      <aside className={classes.side} aria-label={t('Phones')}>
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
          <Link to="/history" className={classes.footLink}>
            <IconHistory size={16} aria-hidden />
            {t('All snapshots')}
          </Link>
          <About />
        </div>
      </aside>
      <main className={classes.main} data-scroll-restoration-id="screen">
        <output className={connected ? undefined : classes.lost}>
          {connected
            ? null
            : t(
                'The connection to the program is lost. If it was ended, start it again and open the link that it prints.',
              )}
        </output>
        <div className={classes.page}>
          <Outlet />
        </div>
      </main>
    </div>
  );
}

function About() {
  const { client } = useProgram();
  const about = useQuery({ queryKey: ['about'], queryFn: () => client.about.query(), staleTime: Infinity });
  if (about.data === undefined) return null;
  return <div className={classes.about}>{t('Version {version} · catalog {catalog}', about.data)}</div>;
}
