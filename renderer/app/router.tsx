import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { BrokenScreen } from './broken-screen.tsx';
import { Frame } from './frame.tsx';
import { CompareScreen, PhoneCompareScreen } from '../history/compare.tsx';
import { ConnectionHelpScreen } from '../phones/connection-help.tsx';
import { FarewellScreen } from '../farewell/farewell.tsx';
import { HistoryScreen, PhoneHistoryScreen } from '../history/history.tsx';
import { columnsOf } from '../history/search.ts';
import { NotFoundScreen } from './not-found.tsx';
import { PhoneScreen } from '../phones/phone.tsx';
import { FixScreen } from '../walkthrough/fix.tsx';
import { SafeCopyScreen } from '../safe-copy/safe-copy.tsx';
import { SnapshotScreen } from '../history/snapshot.tsx';
import { ProveScreen } from '../proof/prove.tsx';
import { WalkthroughScreen } from '../walkthrough/walkthrough.tsx';
import { HomeScreen } from '../phones/home.tsx';
import { reportSoughtOf } from '../reports/search.ts';
import { stateWords } from '../parts/words.ts';
import { handedInOf } from '../tickets/search.ts';
import type { ConnectionHelp, Platform } from '../program/received.ts';
import { shopOf } from '../shop/search.ts';

/** What somebody was looking at who asks for help with the connection; absent: nothing in particular. */
interface HelpSought {
  platform?: Platform;
  state?: ConnectionHelp['explains'][number];
}

const isHelpState = (value: unknown): value is NonNullable<HelpSought['state']> =>
  typeof value === 'string' && (value === 'unseen' || value in stateWords()) && value !== 'gone';

function helpSoughtOf({ platform, state }: Record<string, unknown>): HelpSought {
  return {
    ...(platform === 'android' || platform === 'ios' ? { platform } : {}),
    ...(isHelpState(state) ? { state } : {}),
  };
}

const root = createRootRoute({ component: Frame, notFoundComponent: NotFoundScreen });
const welcome = createRoute({ getParentRoute: () => root, path: '/', component: HomeScreen });
const phone = createRoute({ getParentRoute: () => root, path: '/phones/$phoneId', component: PhoneScreen });
const fix = createRoute({ getParentRoute: () => phone, path: '/', component: FixScreen });
const phoneCompare = createRoute({
  getParentRoute: () => phone,
  path: '/history/compare',
  validateSearch: columnsOf,
  component: PhoneCompareScreen,
});
const phoneHistory = createRoute({ getParentRoute: () => phone, path: '/history', component: PhoneHistoryScreen });
const safeCopy = createRoute({ getParentRoute: () => phone, path: '/copy', component: SafeCopyScreen });
const prove = createRoute({ getParentRoute: () => phone, path: '/prove', component: ProveScreen });
const walkthrough = createRoute({ getParentRoute: () => phone, path: '/walk-through', component: WalkthroughScreen });
const farewell = createRoute({ getParentRoute: () => phone, path: '/finish', component: FarewellScreen });

/** Addresses that screens had before, in bookmarks and in what people wrote down. */
const formerScreens = [
  ...(['/test-photo', '/watch'] as const).map((path) =>
    createRoute({
      getParentRoute: () => phone,
      path,
      beforeLoad: ({ params }) => redirect({ to: '/phones/$phoneId/prove', params, replace: true, throw: true }),
    }),
  ),
  createRoute({
    getParentRoute: () => phone,
    path: '/corrections',
    beforeLoad: ({ params }) => redirect({ to: '/phones/$phoneId/history', params, replace: true, throw: true }),
  }),
  createRoute({
    getParentRoute: () => phone,
    path: '/compare',
    validateSearch: columnsOf,
    beforeLoad: ({ params, search }) =>
      redirect({ to: '/phones/$phoneId/history/compare', params, search, replace: true, throw: true }),
  }),
];

const history = createRoute({ getParentRoute: () => root, path: '/history', component: HistoryScreen });
const snapshot = createRoute({ getParentRoute: () => root, path: '/snapshots/$id', component: SnapshotScreen });
const bench = createRoute({
  getParentRoute: () => root,
  path: '/bench',
  component: lazyRouteComponent(() => import('../bench/bench.tsx'), 'BenchScreen'),
});
const ticketList = createRoute({
  getParentRoute: () => root,
  path: '/tickets',
  component: lazyRouteComponent(() => import('../tickets/ticket-list.tsx'), 'TicketsScreen'),
});
const newTicket = createRoute({
  getParentRoute: () => root,
  path: '/tickets/new',
  validateSearch: handedInOf,
  component: lazyRouteComponent(() => import('../tickets/new-ticket.tsx'), 'NewTicketScreen'),
});
const ticket = createRoute({
  getParentRoute: () => root,
  path: '/tickets/$id',
  component: lazyRouteComponent(() => import('../tickets/ticket.tsx'), 'TicketScreen'),
});
const connectionHelp = createRoute({
  getParentRoute: () => root,
  path: '/connection-help',
  validateSearch: helpSoughtOf,
  component: ConnectionHelpScreen,
});
const report = createRoute({
  getParentRoute: () => root,
  path: '/report',
  validateSearch: reportSoughtOf,
  component: lazyRouteComponent(() => import('../reports/report.tsx'), 'ReportScreen'),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('../settings/settings.tsx'), 'SettingsScreen'),
});
const catalog = createRoute({
  getParentRoute: () => root,
  path: '/settings/catalog',
  component: lazyRouteComponent(() => import('../settings/catalog.tsx'), 'CatalogScreen'),
});
const backups = createRoute({
  getParentRoute: () => root,
  path: '/settings/backups',
  component: lazyRouteComponent(() => import('../settings/backups.tsx'), 'BackupsScreen'),
});
const licences = createRoute({
  getParentRoute: () => root,
  path: '/settings/licences',
  component: lazyRouteComponent(() => import('../settings/licences.tsx'), 'LicencesScreen'),
});
const openedCase = createRoute({
  getParentRoute: () => root,
  path: '/cases/$id',
  component: lazyRouteComponent(() => import('../cases/opened-case.tsx'), 'OpenedCaseScreen'),
});
const elsewhere = createRoute({
  getParentRoute: () => root,
  path: '/elsewhere/$uid',
  validateSearch: shopOf,
  component: lazyRouteComponent(() => import('../shop/elsewhere-snapshot.tsx'), 'ElsewhereSnapshotScreen'),
});
const compare = createRoute({
  getParentRoute: () => root,
  path: '/compare',
  validateSearch: columnsOf,
  component: CompareScreen,
});

const routes = root.addChildren([
  welcome,
  phone.addChildren([fix, walkthrough, prove, safeCopy, phoneHistory, phoneCompare, farewell, ...formerScreens]),
  history,
  snapshot,
  compare,
  connectionHelp,
  bench,
  ticketList,
  newTicket,
  ticket,
  report,
  settings,
  catalog,
  backups,
  licences,
  openedCase,
  elsewhere,
]);

/** Places are kept after the `#`, so that a phone's id never reaches a server, and every reload asks for `/` only. */
export const createWindowRouter = () =>
  createRouter({
    routeTree: routes,
    defaultErrorComponent: BrokenScreen,
    history: createHashHistory(),
    // Whoever comes back finds the screen where it was left; a new one begins at its top.
    scrollRestoration: true,
    scrollToTopSelectors: ['main'],
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createWindowRouter>;
  }
}
