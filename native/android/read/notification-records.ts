/**
 * `dumpsys notification [--noredact] --package NAME` (AOSP NotificationManagerService.dumpImpl, DumpFilter, NotificationRecord.dump; 26..35):
 *
 *     Current Notification Manager state (filtered to pkg~='com.x'):
 *       Notification List:
 *         NotificationRecord(0x0a1b2c3d: pkg=com.x user=UserHandle{0} id=3 tag=null importance=2 key=0|com.x|3|null|10204: Notification(channel=backup …))
 *           uid=10204 userId=0
 *           extras={
 *               android.title=String (Backup paused)
 *               android.text=String (…)
 *           }
 *
 * The filter takes every package whose name holds the words, and what is printed of a notification may be anybody's secret. So a text is cut
 * down to what is asked for, line by line, before it is kept: the heading, and the lines that the caller names.
 */
const heading = /^Current Notification Manager state(?: \(filtered to [^)\n]{0,300}\))?:$/;
const record =
  /^\s{0,8}NotificationRecord\(0x[0-9a-f]{1,16}: pkg=([\w.]{1,250}) user=UserHandle\{(-?\d{1,9})\} id=(-?\d{1,10}) tag=(.{0,300}?) importance=/;
const title = /^\s{0,24}android\.title=(?:String|SpannableString|SpannedString) \((.{0,300})\)$/;

/** What stands in a cut answer instead of everything that followed: proof that it was whole. */
const endLine = '(end)';

interface Shown {
  app: string;
  userId: number;
  id: number;
  tag: string;
}

function recordIn(line: string): Shown | null {
  const [, app, user, id, tag] = record.exec(line) ?? [];
  return app === undefined || tag === undefined ? null : { app, userId: Number(user), id: Number(id), tag };
}

/** `cut`: what is left of an answer. `wanted` names records; of each its identity is kept, and its title where `titles`. */
export function cutNotifications(
  text: string,
  { wanted, titles }: { wanted: (shown: Shown) => boolean; titles: boolean },
): string {
  const kept: string[] = [];
  let own = false;
  let isDump = false;
  let ended = false;
  for (const raw of text.split('\n')) {
    const line = raw.trimEnd();
    if (heading.test(line)) {
      isDump = true;
      kept.push('Current Notification Manager state:');
      continue;
    }
    const shown = recordIn(line);
    if (shown !== null) {
      own = wanted(shown);
      if (own) kept.push(`NotificationRecord ${shown.userId} ${shown.id} ${shown.app}`);
      continue;
    }
    const words = own && titles ? title.exec(line)?.[1] : undefined;
    if (words !== undefined) {
      kept.push(`title ${words}`);
      // A second one is part of a text that was written over several lines.
      own = false;
    }
    // These come after the list, whatever it holds.
    ended ||= isDump && /^ {2}(?:mArchive=|Zen Mode:|mInterruptionFilter=|Ranking Config:)/.test(line);
    if (ended) own = false;
  }
  // What is no such dump is a refusal or an error of the phone's own: its first line says why.
  if (!isDump) return text.split('\n').slice(0, 1).join('').slice(0, 200);
  return [...kept, ...(ended ? [endLine] : []), ''].join('\n');
}

export interface CutRecord {
  userId: number;
  id: number;
  app: string;
  title: string | null;
}

/** Reads a cut answer; `isWhole`: a later part of the dump proves that its list was not cut short. null: it is no dump of notifications. */
export function readCutNotifications(text: string): { records: CutRecord[]; isWhole: boolean } | null {
  const lines = text.split('\n');
  if (lines[0] !== 'Current Notification Manager state:') return null;
  const records: CutRecord[] = [];
  for (const line of lines) {
    const [, user, id, app] = /^NotificationRecord (-?\d{1,9}) (-?\d{1,10}) ([\w.]{1,250})$/.exec(line) ?? [];
    if (app !== undefined) records.push({ userId: Number(user), id: Number(id), app, title: null });
    else if (line.startsWith('title ')) {
      const last = records.at(-1);
      if (last !== undefined) last.title ??= line.slice('title '.length);
    }
  }
  return { records, isWhole: lines.includes(endLine) };
}
