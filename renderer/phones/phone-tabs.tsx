import { Link, useMatches } from '@tanstack/react-router';
import { IconCamera, IconFolderDown, IconHistory, IconTool } from '../parts/icons.tsx';
import { t } from '../language/words.ts';
import classes from './phone-tabs.module.css';

/** A screen of one phone: what it is called, and the tab that it stands below; null: none, as the end of the work. */
export interface PhoneScreenName {
  title: string;
  tab: (typeof tabs)[number]['to'] | null;
  /** Whether the title says what the chosen tab does not say already. */
  namesItself: boolean;
}

/** What can be done with one phone, in the order of work. */
const tabs = [
  { to: '/phones/$phoneId', Icon: IconTool },
  { to: '/phones/$phoneId/prove', Icon: IconCamera },
  { to: '/phones/$phoneId/copy', Icon: IconFolderDown },
  { to: '/phones/$phoneId/history', Icon: IconHistory },
] as const;

const labels = (): Record<(typeof tabs)[number]['to'], string> => ({
  '/phones/$phoneId': t.as('the tab', 'Fix'),
  '/phones/$phoneId/prove': t.as('the tab', 'Prove'),
  '/phones/$phoneId/copy': t.as('the tab', 'Copy'),
  '/phones/$phoneId/history': t.as('the tab', 'History'),
});

/** Which screen of a phone is shown, by its whole path. */
function screenName(path: string): PhoneScreenName {
  switch (path) {
    case '/phones/$phoneId/walk-through':
      return { title: t('Step by step'), tab: '/phones/$phoneId', namesItself: true };
    case '/phones/$phoneId/history/compare':
      return { title: t('Side by side'), tab: '/phones/$phoneId/history', namesItself: true };
    case '/phones/$phoneId/finish':
      return { title: t('Finish'), tab: null, namesItself: true };
    default: {
      const { to } = tabs.find((tab) => tab.to === path) ?? tabs[0];
      return { title: labels()[to], tab: to, namesItself: false };
    }
  }
}

export const usePhoneScreenName = (): PhoneScreenName =>
  screenName(useMatches({ select: (matches) => matches.at(-1)?.fullPath }) ?? '');

/** The tabs of the phone that is shown, above its screen. */
export function PhoneTabs({ phoneId, tab }: { phoneId: string; tab: PhoneScreenName['tab'] }) {
  const words = labels();
  return (
    <nav className={classes.tabs} aria-label={t('About this phone')}>
      {tabs.map(({ to, Icon }) => (
        <Link
          key={to}
          to={to}
          params={{ phoneId }}
          activeOptions={{ exact: true }}
          aria-current={to === tab ? 'true' : undefined}
          className={classes.tab}
        >
          <Icon size={16} aria-hidden />
          {words[to]}
        </Link>
      ))}
    </nav>
  );
}
