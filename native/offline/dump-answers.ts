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
  /** The app that was asked about, in an answer about one app. */
  app?: string;
  /** The file it lies in, where there are several. */
  file: string | null;
}

/** A found dump as the answers of the probes that read it. */
export const answersOf = ({ command, bytes, file, app, ...rest }: FoundDump): Answer[] =>
  (kindOfCommand(command)?.probes ?? []).map((probe) => ({
    ...rest,
    probe,
    app: app ?? null,
    command: file === null ? command : `${command} (${file})`,
    output: bytes,
    errors: '',
    exitCode: null,
  }));
