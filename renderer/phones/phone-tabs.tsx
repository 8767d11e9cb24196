import { Link, useMatches } from '@tanstack/react-router';
import { IconCamera, IconFolderDown, IconHistory, IconTool } from '../parts/icons.tsx';
import classes from './phone-tabs.module.css';

/** What can be done with one phone, in the order of work. `screens`: those that stand below the tab, by their whole path. */
const phoneTabs = [
  {
    to: '/phones/$phoneId',
    label: 'Fix',
    Icon: IconTool,
    screens: { '/phones/$phoneId/': 'Fix', '/phones/$phoneId/walk-through': 'Step by step' },
  },
  { to: '/phones/$phoneId/prove', label: 'Prove', Icon: IconCamera, screens: { '/phones/$phoneId/prove': 'Prove' } },
  { to: '/phones/$phoneId/copy', label: 'Copy', Icon: IconFolderDown, screens: { '/phones/$phoneId/copy': 'Copy' } },
  {
    to: '/phones/$phoneId/history',
    label: 'History',
    Icon: IconHistory,
    screens: { '/phones/$phoneId/history': 'History', '/phones/$phoneId/history/compare': 'Compare' },
  },
] as const;

/** A screen of one phone: what it is called, and the tab that it stands below; null: none, as the end of the work. */
export interface PhoneScreenName {
  title: string;
  tab: string | null;
}

/** Which screen of a phone is shown. */
export function usePhoneScreenName(): PhoneScreenName {
  const path = useMatches({ select: (matches) => matches.at(-1)?.fullPath }) ?? '';
  for (const { to, screens } of phoneTabs) {
    const title = Object.entries(screens).find(([screen]) => screen === path)?.[1];
    if (title !== undefined) return { title, tab: to };
  }
  return { title: 'Finish', tab: null };
}

/** Whether the title says what the chosen tab does not say already. */
export const namesItself = ({ title }: PhoneScreenName): boolean => phoneTabs.every(({ label }) => label !== title);

/** The tabs of the phone that is shown, above its screen. */
export function PhoneTabs({ phoneId, tab }: { phoneId: string; tab: string | null }) {
  return (
    <nav className={classes.tabs} aria-label="About this phone">
      {phoneTabs.map(({ to, label, Icon }) => (
        <Link
          key={to}
          to={to}
          params={{ phoneId }}
          activeOptions={{ exact: true }}
          aria-current={to === tab ? 'true' : undefined}
          className={classes.tab}
        >
          <Icon size={16} aria-hidden />
          {label}
        </Link>
      ))}
    </nav>
  );
}
