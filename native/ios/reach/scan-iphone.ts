import { AnswerRoom } from '../../answer-room.ts';
import type { Answer, Capture } from '../../capture.ts';
import { commandText } from '../../command.ts';
import type { PhoneProbe } from '../../probe.ts';
import type { CaptureOptions } from '../../source.ts';
import type { IphoneDeadlines } from './deadlines.ts';
import type { LibraryAnswer, OnBytes } from './library/messages.ts';
import { firstStatus } from '../read/probes/first-status.ts';
import { photoLibrary } from '../read/probes/photo-library.ts';

/** The questions to one phone, such as an `IphoneQueue`. */
export interface AskIphone {
  ask: (
    words: readonly string[],
    deadlineMs: number,
    signal?: AbortSignal,
    onBytes?: OnBytes,
  ) => Promise<LibraryAnswer>;
}

/** Has the services opened that these probes are going to need, meanwhile. One that is not there by then is opened by its question. */
export async function openAhead(
  queue: AskIphone,
  probes: readonly PhoneProbe[],
  { apps, signal }: CaptureOptions,
  deadlineMs: number,
): Promise<void> {
  const kinds = new Set(probes.map(({ command }) => command({ apps, userId: 0 })[0] ?? ''));
  await queue.ask(['ahead', ...kinds], deadlineMs, signal);
}

/** One scan of one phone. */
export interface IphoneScan {
  phoneId: string;
  queue: AskIphone;
  probes: readonly PhoneProbe[];
  /** Answers from before the scan that belong to it. */
  before: readonly Answer[];
  /** True while usbmuxd sees the phone: tells a pulled cable from a connection that only broke. */
  stillPlugged: () => Promise<boolean>;
  deadlines: Pick<IphoneDeadlines, 'probeMs' | 'scanMs' | 'countMs'>;
}

/**
 * Asks every probe, one after the other: the first status before all else, then in the order of the list. Each has its own
 * deadline. A question that fails takes only its own answer away.
 */
export async function scanIphone(scan: IphoneScan, options: CaptureOptions): Promise<Capture> {
  const began = performance.now();
  const startedAt = new Date().toISOString();
  const { probeMs, scanMs, countMs } = scan.deadlines;
  const leftMs = (): number => (options.scanDeadlineMs ?? scanMs) - (performance.now() - began);
  const room = new AnswerRoom();
  const known = new Set(scan.before.map(({ probe }) => probe));
  const asked = scan.probes.filter((probe) => probe.asked !== 'file' && !known.has(probe.id));
  const probes = asked.toSorted((a, b) => Number(b.id === firstStatus.id) - Number(a.id === firstStatus.id));
  const answers = [...scan.before];
  let brokenOff: Capture['brokenOff'] = null;
  for (const [index, probe] of probes.entries()) {
    brokenOff = whyToStop(leftMs(), options.signal);
    if (brokenOff !== null) break;
    const isPatient = patient.has(probe.id);
    const patienceMs = options.countPhotos === true ? countMs : leftMs();
    const deadlineMs = isPatient ? patienceMs : Math.min(options.probeDeadlineMs ?? probeMs, leftMs());
    const onBytes = (come: number, all: number): void =>
      options.onProgress?.({ answered: index, total: probes.length, probe: probe.id, bytes: { come, total: all } });
    const answer = within(room, await askProbe(scan, probe, options, deadlineMs, onBytes));
    // One slow file never loses the scan: everything else is answered by then.
    brokenOff = await whatBroke(scan, answer, isPatient ? Infinity : leftMs(), options.signal);
    answers.push(answer);
    options.onProgress?.({ answered: index + 1, total: probes.length, probe: probe.id });
    if (brokenOff !== null) break;
  }
  return {
    platform: 'ios',
    phoneId: scan.phoneId,
    origin: 'usb',
    startedAt,
    durationMs: performance.now() - began,
    apps: [...options.apps],
    answers,
    brokenOff,
  };
}

/** Copies a database of up to gigabytes: has what time is left. Asked last for that reason. */
const patient: ReadonlySet<string> = new Set([photoLibrary.id]);

/** How often a person hears of bytes. */
const tellEveryMs = 250;

const inMegabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;

/** How long the whole of a file takes that came so slowly, as a person is asked for it. */
function slowly({ come, total }: { come: number; total: number }, ms: number): string {
  const minutes = Math.max(1, Math.ceil((ms * total) / come / 60_000));
  const time = `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
  const came = `${inMegabytes(come)} of ${inMegabytes(total)} came in ${Math.round(ms / 100) / 10} s`;
  return `Count the waiting photos: about ${time} (the photo library is large: ${came}).`;
}

async function askProbe(
  { queue }: IphoneScan,
  probe: PhoneProbe,
  { apps, signal }: CaptureOptions,
  deadlineMs: number,
  onBytes: OnBytes,
): Promise<Answer> {
  const words = probe.command({ apps, userId: 0 });
  const startedAt = new Date().toISOString();
  const asked = performance.now();
  const bytes = { come: 0, total: 0 };
  let toldAt = -Infinity;
  const hear: OnBytes = (come, total) => {
    Object.assign(bytes, { come, total });
    if (performance.now() - toldAt < tellEveryMs) return;
    toldAt = performance.now();
    onBytes(come, total);
  };
  const { ended, detail: said, code, output } = await queue.ask(words, deadlineMs, signal, hear);
  const durationMs = performance.now() - asked;
  const detail = ended === 'timeout' && bytes.come > 0 && signal?.aborted !== true ? slowly(bytes, durationMs) : said;
  return {
    probe: probe.id,
    app: null,
    command: commandText(words),
    output,
    errors: '',
    exitCode: code,
    startedAt,
    durationMs,
    ended,
    detail,
  };
}

/** An answer, as far as there is room for it. */
function within(room: AnswerRoom, answer: Answer): Answer {
  const { output, cut } = room.take(answer.output);
  return cut === null ? answer : { ...answer, output, ended: 'truncated', detail: cut };
}

function whyToStop(leftMs: number, signal: AbortSignal | undefined): Capture['brokenOff'] {
  if (signal?.aborted === true) return { reason: 'cancelled', detail: 'The scan was cancelled.' };
  if (leftMs <= 0) return { reason: 'timeout', detail: 'The scan took longer than it may.' };
  return null;
}

/** Why the scan cannot go on after this answer; null where it can. */
async function whatBroke(
  scan: IphoneScan,
  answer: Answer,
  leftMs: number,
  signal: AbortSignal | undefined,
): Promise<Capture['brokenOff']> {
  if (answer.ended !== 'unplugged') return answer.ended === 'timeout' ? whyToStop(leftMs, signal) : null;
  if (!(await scan.stillPlugged())) return { reason: 'unplugged', detail: 'The iPhone was unplugged during the scan.' };
  answer.ended = 'truncated';
  return null;
}
