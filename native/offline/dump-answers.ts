import type { Answer, Ended } from '../capture.ts';
import { kindOfCommand } from './dump-kinds.ts';

/** One dump, wherever it was found. */
export interface FoundDump {
  /** As in `dump-kinds.ts`. */
  command: string;
  bytes: Buffer;
  /** UTC, ISO 8601. */
  startedAt: string;
  durationMs: number;
  ended: Extract<Ended, 'whole' | 'truncated' | 'timeout'>;
  /** A plain sentence, where it did not end whole. */
  detail: string;
  /** The file it lies in, where there are several. */
  file: string | null;
}

const partHeading = /^ACTIVITY MANAGER [^\n]{1,80} \(dumpsys activity ([\w-]{1,40})\)/gm;
const rule = `\n${'-'.repeat(79)}\n`;

/** The activity manager writes its parts one after another, each under a heading that names the command of that part alone. */
function activityParts(dump: FoundDump): FoundDump[] {
  // One character a byte: the places found are those of the bytes.
  const text = dump.bytes.toString('latin1');
  const parts: FoundDump[] = [];
  for (const heading of text.matchAll(partHeading)) {
    const command = `dumpsys activity ${heading[1] ?? ''}`;
    if (kindOfCommand(command) === undefined) continue;
    const end = text.indexOf(rule, heading.index);
    const bytes = dump.bytes.subarray(heading.index, end < 0 ? dump.bytes.length : end + 1);
    // What another part follows is whole, even where the dump is not.
    parts.push(end < 0 ? { ...dump, command, bytes } : { ...dump, command, bytes, ended: 'whole', detail: '' });
  }
  return parts;
}

/** A found dump as the answers of the probes that read it. */
export function answersOf(dump: FoundDump): Answer[] {
  const parts = dump.command === 'dumpsys activity' ? [dump, ...activityParts(dump)] : [dump];
  return parts.flatMap(({ command, bytes, startedAt, durationMs, ended, detail, file }) =>
    (kindOfCommand(command)?.probes ?? []).map((probe) => ({
      probe,
      app: null,
      command: file === null ? command : `${command} (${file})`,
      output: bytes,
      errors: '',
      exitCode: null,
      startedAt,
      durationMs,
      ended,
      detail,
    })),
  );
}
