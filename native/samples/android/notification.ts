import { answerLines, type SampleAnswer } from './answer.ts';
import { parseArguments } from './arguments.ts';
import { allInstalled } from './apps.ts';
import type { SampleState } from './state.ts';

interface Shown {
  package: string;
  userId: number;
  uid: number;
  id: number;
  tag: string | null;
  title: string;
}

/** What the phone and its apps show: the limit of mobile data that was reached, and what apps say of themselves. */
function shownOn(state: SampleState): Shown[] {
  const { mobileLimit } = state.network;
  const limit: Shown = {
    package: 'android',
    userId: -1,
    uid: 1000,
    id: 35,
    tag: 'NetworkPolicy:1187312:35',
    title: 'Mobile data limit reached',
  };
  const cable: Shown = { ...limit, id: 26, tag: null, title: 'USB debugging connected' };
  const ofApps = allInstalled(state).flatMap(({ app, own, uid }) =>
    (own.notifications ?? []).map((title, id): Shown => ({
      package: app.package,
      userId: own.userId,
      uid,
      id,
      tag: null,
      title,
    })),
  );
  return [cable, ...(mobileLimit?.reached === true ? [limit] : []), ...ofApps];
}

/** `dumpsys notification [--noredact] [--package WORDS]` (AOSP NotificationManagerService.dumpImpl, NotificationRecord.dump). */
export function dumpNotification(state: SampleState, args: readonly string[]): SampleAnswer {
  const parsed = parseArguments(args, ['--package']);
  const filter = parsed.options.get('--package')?.toLowerCase();
  const redacts = !parsed.flags.has('--noredact');
  const shown = shownOn(state).filter((one) => filter === undefined || one.package.toLowerCase().includes(filter));
  return answerLines([
    `Current Notification Manager state${filter === undefined ? '' : ` (filtered to pkg~='${filter}')`}:`,
    '  Notification List:',
    ...shown.flatMap((one) => [
      `    NotificationRecord(0x0a1b2c3d: pkg=${one.package} user=UserHandle{${one.userId}} id=${one.id} tag=${one.tag} importance=2 key=${one.userId}|${one.package}|${one.id}|${one.tag}|${one.uid}: Notification(channel=status shortcut=null contentView=null vibrate=null sound=null defaults=0x0 flags=0x2 color=0x00000000 vis=PRIVATE))`,
      `      uid=${one.uid} userId=${one.userId}`,
      '      extras={',
      `          android.title=String ${redacts ? `[length=${one.title.length}]` : `(${one.title})`}`,
      `          android.text=String ${redacts ? '[length=11]' : '(Tap for more)'}`,
      '      }',
    ]),
    '  ',
    '  mArchive=Archive (0 notifications)',
    '',
    '  Zen Mode:',
    '    mInterruptionFilter=1',
  ]);
}
