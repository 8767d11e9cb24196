import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { AnswerRoom } from '../../answer-room.ts';
import type { Ended } from '../../capture.ts';
import { commandText } from '../../command.ts';
import { PhoneSilent } from './adb-server.ts';
import { MarkerSplitter, markerLine } from './marker-splitter.ts';
import { readShellV1, readShellV2, type ShellEvents } from './shell-stream.ts';

/** How one command of a batch ended. */
export interface BatchAnswer {
  output: Buffer;
  /** Standard error; empty on a phone without `shell_v2`, where it is mixed into the output. */
  errors: string;
  exitCode: number | null;
  startedAt: Date;
  durationMs: number;
  ended: Extract<Ended, 'whole' | 'timeout' | 'truncated' | 'unplugged'>;
  detail: string;
}

export interface BatchOptions {
  /** For one command, from when the phone begins it. */
  deadlineMs: number;
  /**
   * Asked when a command has had its time: how much more it is given, ms; 0 or absent: none. The commands after one that is given
   * more are not run in this shell.
   */
  moreMs?: (index: number) => number;
  /** For the answers; what is longer is cut and says so. May be shared by batches of the same scan. */
  room: AnswerRoom;
  signal: AbortSignal;
  onAnswer: (index: number, answer: BatchAnswer) => void;
}

/** Opens a shell on the phone that runs a script. Rejects with {@link PhoneSilent} where the phone does not open it in time. */
export type OpenShell = (script: string, signal: AbortSignal) => Promise<{ socket: Socket; version: 1 | 2 }>;

/**
 * The commands one after another, none reading the conversation itself, each followed by its marker on both streams: they
 * travel apart, so an answer is complete when both have come.
 */
function script(commands: readonly (readonly string[])[], mark: string, version: 1 | 2): string {
  const run = (argv: readonly string[]) =>
    version === 2
      ? `${commandText(argv)} </dev/null; r=$?; echo "${mark}" >&2; ${markerLine(mark)}`
      : `${commandText(argv)} </dev/null 2>&1; r=$?; ${markerLine(mark)}`;
  return commands.map(run).join('\n');
}

/** Nobody needs more of an error than its beginning. */
const maxErrorLength = 64 * 1024;

/** Standard error, split at the marks. */
class ErrorStream {
  /** Of the commands that have ended, oldest first. */
  readonly ended: string[] = [];
  private text = '';
  private readonly mark: string;

  constructor(mark: string) {
    this.mark = `${mark}\n`;
  }

  push(chunk: Buffer): void {
    this.text += chunk.toString('utf8');
    for (let at = this.text.indexOf(this.mark); at >= 0; at = this.text.indexOf(this.mark)) {
      this.ended.push(this.text.slice(0, at).trim().slice(0, maxErrorLength));
      this.text = this.text.slice(at + this.mark.length);
    }
    if (this.text.length > 2 * maxErrorLength)
      this.text = this.text.slice(0, maxErrorLength) + this.text.slice(-this.mark.length);
  }

  /** The errors of the oldest command that was not taken, complete or not. */
  take(): string {
    return this.ended.shift() ?? this.text.trim();
  }
}

/** What ends one shell before its last marker. */
type Stop = { ended: 'timeout' | 'truncated' | 'unplugged'; detail: string };

/**
 * Runs commands in one shell, in order, from the one at `first`. Resolves with the number of those that are answered then: fewer than
 * were given means that the shell ended early. `broke`: the last of them was reported as cut. Rejects when the signal fires, and with
 * {@link NotOpened} where there is no shell.
 */
export async function runShell(
  open: OpenShell,
  version: 1 | 2,
  commands: readonly (readonly string[])[],
  first: number,
  options: BatchOptions,
): Promise<{ next: number; broke: boolean }> {
  const { room } = options;
  if (room.most === 0) {
    options.onAnswer(first, unanswered({ ended: 'truncated', detail: room.whyCut }));
    return { next: first + 1, broke: false };
  }
  const mark = `__${randomBytes(8).toString('hex')}`;
  const socket = await openFor(script(commands.slice(first), mark, version), open, options.signal);
  const finished = Promise.withResolvers<void>();
  const errors = new ErrorStream(mark);
  const arrived: { output: Buffer; cut: string | null; exitCode: number | null; at: Date }[] = [];
  let index = first;
  /** How many are answered when this shell is done with. */
  let end = commands.length;
  let broke = false;
  let startedAt = new Date();
  let stop: Stop | null = null;

  const stopWith = (why: Stop) => {
    stop ??= why;
    socket.destroy();
  };
  const expire = () => {
    const moreMs = options.moreMs?.(index + arrived.length) ?? 0;
    if (moreMs > 0) {
      deadline = setTimeout(expire, moreMs);
      end = Math.min(end, index + arrived.length + 1);
    } else stopWith({ ended: 'timeout', detail: `No answer within ${Math.round(options.deadlineMs / 100) / 10} s.` });
  };
  let deadline = setTimeout(expire, options.deadlineMs);

  const answer = (output: Buffer, exitCode: number | null, at: Date, how: Pick<BatchAnswer, 'ended' | 'detail'>) => {
    const durationMs = at.getTime() - startedAt.getTime();
    options.onAnswer(index, { output, errors: errors.take(), exitCode, startedAt, durationMs, ...how });
    index += 1;
    startedAt = at;
  };
  const answerArrived = () => {
    for (const { output, cut, exitCode, at } of arrived.splice(
      0,
      version === 1 ? arrived.length : errors.ended.length,
    )) {
      answer(output, exitCode, at, cut === null ? { ended: 'whole', detail: '' } : { ended: 'truncated', detail: cut });
    }
    if (index >= end) socket.destroy();
  };
  const splitter = new MarkerSplitter(mark, (output, exitCode) => {
    // The shell knows the mark: a phone that means harm can send it without end.
    if (index + arrived.length >= commands.length) return stopWith(forged);
    if (index + arrived.length >= end) return;
    arrived.push({ ...room.take(output, socket), exitCode, at: new Date() });
    clearTimeout(deadline);
    deadline = setTimeout(expire, options.deadlineMs);
  });
  const events: ShellEvents = {
    onOutput: (chunk) => {
      if (socket.destroyed) return;
      splitter.push(chunk);
      answerArrived();
      if (!room.arriving(socket, splitter.size)) stopWith({ ended: 'truncated', detail: room.whyCut });
    },
    onErrors: (chunk) => {
      if (socket.destroyed) return;
      errors.push(chunk);
      answerArrived();
      if (index + errors.ended.length > commands.length) stopWith(forged);
    },
    onEnd: () => {
      clearTimeout(deadline);
      if (index < end && !options.signal.aborted) {
        broke = true;
        const cut: Stop = { ended: 'truncated', detail: 'The answer broke off.' };
        const [oldest] = arrived.splice(0);
        const output = oldest?.output ?? room.take(splitter.unfinished(), socket).output;
        answer(output, null, new Date(), stop ?? cut);
      }
      finished.resolve();
    },
  };
  const abort = () => socket.destroy();
  options.signal.addEventListener('abort', abort, { once: true });
  try {
    if (version === 2) readShellV2(socket, events);
    else readShellV1(socket, events);
    await finished.promise;
  } finally {
    clearTimeout(deadline);
    options.signal.removeEventListener('abort', abort);
    room.arriving(socket, 0);
    socket.destroy();
  }
  options.signal.throwIfAborted();
  return { next: index, broke };
}

/** A phone, or the server before it, opened no shell: `cause` says why. */
export class NotOpened extends Error {
  override name = 'NotOpened';
  /** The phone said nothing, until its time was over. */
  readonly isSilent: boolean;

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.isSilent = cause instanceof PhoneSilent;
  }
}

async function openFor(script: string, open: OpenShell, signal: AbortSignal): Promise<Socket> {
  try {
    return (await open(script, signal)).socket;
  } catch (error) {
    signal.throwIfAborted();
    throw new NotOpened(error);
  }
}

const forged: Stop = { ended: 'truncated', detail: 'The phone ended more answers than it was asked for.' };

/** Of a command that was not run. */
export const unanswered = (why: Stop): BatchAnswer => ({
  output: Buffer.alloc(0),
  errors: '',
  exitCode: null,
  startedAt: new Date(),
  durationMs: 0,
  ...why,
});

/**
 * Runs commands on a phone in as few shells as it takes: one, and one more after each command that hung, broke off or was cut.
 * `onAnswer` is called once per command, in order. `stillThere` decides, after a break, whether the phone itself is gone; then
 * the remaining commands are not asked and the promise resolves with `unplugged`. A phone that opens no shell in time is not asked
 * any further either: `silent`.
 */
export async function runBatch(
  open: OpenShell,
  version: 1 | 2,
  commands: readonly (readonly string[])[],
  stillThere: () => Promise<boolean>,
  options: BatchOptions,
): Promise<'done' | 'unplugged' | 'silent'> {
  for (let next = 0; next < commands.length;) {
    try {
      const shell = await runShell(open, version, commands, next, options);
      next = shell.next;
      if (shell.broke && !(await stillThere())) return 'unplugged';
    } catch (error) {
      if (!(error instanceof NotOpened)) throw error;
      if (!(await stillThere())) return 'unplugged';
      if (!error.isSilent) throw error.cause;
      options.onAnswer(next, unanswered({ ended: 'timeout', detail: error.message }));
      return 'silent';
    }
  }
  return 'done';
}
