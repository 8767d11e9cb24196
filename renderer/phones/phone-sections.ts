import {
  IconArrowsDiff,
  IconCalendarStats,
  IconCamera,
  IconDoorExit,
  IconFolderDown,
  IconHistory,
  IconListCheck,
  IconReportSearch,
  IconTool,
} from '../parts/icons.tsx';

/** The screens of one phone: first what is done with it, then what is kept of it, and the end. */
export const phoneSections = [
  [
    { to: '/phones/$phoneId', label: 'Results', Icon: IconReportSearch },
    { to: '/phones/$phoneId/walk-through', label: 'Walk-through', Icon: IconListCheck },
    { to: '/phones/$phoneId/test-photo', label: 'Test photo', Icon: IconCamera },
    { to: '/phones/$phoneId/copy', label: 'Safe copy', Icon: IconFolderDown },
    { to: '/phones/$phoneId/watch', label: 'Watch', Icon: IconCalendarStats },
  ],
  [
    { to: '/phones/$phoneId/compare', label: 'Before and after', Icon: IconArrowsDiff },
    { to: '/phones/$phoneId/history', label: 'Snapshots', Icon: IconHistory },
    { to: '/phones/$phoneId/corrections', label: 'Corrections made', Icon: IconTool },
  ],
  [{ to: '/phones/$phoneId/finish', label: 'Finish', Icon: IconDoorExit }],
] as const;
