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
  /^ {4}NotificationRecord\(0x[0-9a-f]{1,16}: pkg=([\w.]{1,250}) user=UserHandle\{(-?\d{1,9})\} id=(-?\d{1,10}) tag=(.{0,300}?) importance=/;
const title = /^\s{0,24}android\.title=(?:String|SpannableString|SpannedString) \((.{0,300})\)$/;

/**
 * Any other line that begins so is a record too, of an app that is not known: a tag may hold anything, lines that look like records as well.
 * What stands after such a line, after braces that close nothing, or twice (the key repeats the tag), may be what some app wrote: then nothing
 * of the list is known. An app that writes a whole record with all that follows it into its own text leaves no mark; only apps whose names
 * hold the words that were asked for are printed at all.
 */
const anyRecord = /^\s*NotificationRecord\(/;
/** What an app wrote stands between these, and may look like any line of the dump. */
const extras = /^(\s*)extras=\{$/;
const refusal = /^(?:Can't find service|Permission Denial|Error|Failure|Unknown|\*\*\* SERVICE|\S*sh: )/;

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
  // A record of which nothing is known may be a wanted one: then it is not known either that there is none.
  let isReadable = true;
  // The line that ends what an app wrote; null: outside of it.
  let closing: string | null = null;
  let isForged = false;
  const seen = new Set<string>();
  const closings = new Set<string>();
  for (const raw of text.split('\n')) {
    const line = raw.trimEnd();
    if (closing !== null) {
      const words = own && titles ? title.exec(line)?.[1] : undefined;
      // A second title, or a record in the middle, is part of a text that was written over several lines.
      if (words !== undefined || anyRecord.test(line)) own = false;
      if (words !== undefined) kept.push(`title ${words}`);
      if (line === closing) closing = null;
    } else if (heading.test(line)) {
      isDump = true;
      kept.push('Current Notification Manager state:');
    } else if (anyRecord.test(line)) {
      const shown = recordIn(line);
      const key = shown === null ? '' : JSON.stringify([shown.app, shown.userId, shown.id, shown.tag]);
      isForged ||= !isReadable || seen.has(key);
      seen.add(key);
      own = shown !== null && wanted(shown);
      isReadable &&= shown !== null;
      if (shown !== null && own) kept.push(`NotificationRecord ${shown.userId} ${shown.id} ${shown.app}`);
    } else {
      isForged ||= !ended && closings.has(line);
      const indent = extras.exec(line)?.[1];
      if (indent !== undefined) {
        closing = `${indent}}`;
        closings.add(closing);
      }
      // These come after the list, whatever it holds.
      ended ||= isDump && /^ {2}(?:mArchive=|Zen Mode:|mInterruptionFilter=|Ranking Config:)/.test(line);
    }
    if (ended) own = false;
  }
  // What is no such dump is a refusal or an error of the phone's own: its first line says why. Anything else may be somebody's words.
  if (!isDump) {
    const [first = ''] = text.split('\n');
    return refusal.test(first) ? first.slice(0, 200) : 'no dump of notifications';
  }
  if (isForged) return `${kept[0]}\n`;
  return [...kept, ...(ended && isReadable ? [endLine] : []), ''].join('\n');
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
