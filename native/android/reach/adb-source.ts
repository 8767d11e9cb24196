import { AnswerRoom } from '../../answer-room.ts';
import { type Answer, type Capture, decodeText } from '../../capture.ts';
import { FileTrouble, type OpenFilesOptions, type PhoneFiles } from '../../phone-files.ts';
import { describePhone } from '../../describe-phone.ts';
import type { ListedPhone, Phone } from '../../phone.ts';
import { readCapture } from '../../read-capture.ts';
import type { Reading } from '../../reading.ts';
import {
  NativeError,
  type CaptureOptions,
  type CommandResult,
  type PhoneList,
  type PhoneSource,
} from '../../source.ts';
import { AdbFiles } from './adb-files.ts';
import { findAdb } from './adb-program.ts';
import { adbAddress } from './adb-address.ts';
import { AdbRefusal, AdbServer, PhoneSilent } from './adb-server.ts';
import { runBatch, type BatchAnswer, type OpenShell } from './batch.ts';
import type { AdbDeadlines } from './deadlines.ts';
import { parseDeviceList, type parseDeviceLine } from './device-list.ts';
import { watchPhones } from './phone-watch.ts';
import { androidRefusal, readAndroid } from '../read/read.ts';
import { adbServerUnreachable, androidRemedy } from './remedies.ts';
import { scanPhone, type Answered, type Question } from './scan.ts';
import { answerOf, SideBySide, type SideBySideOptions } from './side-by-side.ts';

const identifyAgainMs = 10_000;
const plural = (seconds: number) => `${Math.round(seconds / 1000)} s`;

type Device = NonNullable<ReturnType<typeof parseDeviceLine>>;

interface Identity {
  /** undefined: not answered (yet). */
  phone: Phone | undefined;
  work: Promise<Phone | undefined>;
}

/** What the phone says of itself over what adb says of it. */
const described = ({ phone }: Device, identity: Phone | undefined): ListedPhone => ({
  ...phone,
  ...identity,
  state: phone.state,
});

/** Android phones through the adb server. */
export class AdbSource implements PhoneSource {
  readonly platform = 'android';
  private readonly server: AdbServer;
  /** What a ready phone says of itself, by serial and transport: asked once per plugging-in. */
  private readonly identities = new Map<string, Identity>();
  private readonly closed = new AbortController();

  /** Whether a server that it had to start goes on after {@link close}. */
  private readonly leavesServer: boolean;

  constructor(server: AdbServer, { leavesServer = false }: { leavesServer?: boolean } = {}) {
    this.server = server;
    this.leavesServer = leavesServer;
  }

  /** The adb server that the environment names. Throws {@link NativeError} where it names none that can be used. */
  static fromEnvironment(env: NodeJS.ProcessEnv, options: { leavesServer?: boolean } = {}): AdbSource {
    return new AdbSource(new AdbServer(adbAddress(env), () => findAdb({ env })), options);
  }

  /** Starts the server where none runs, then lists. */
  async list({ identify = false, only }: { identify?: boolean; only?: string } = {}): Promise<PhoneList> {
    const { devices, troubles } = await this.devices(this.closed.signal);
    const phones = devices.map(async (device) => {
      const identity = this.identity(device);
      const isWaitedFor = identify && (only === undefined || only === device.phone.id);
      return described(device, isWaitedFor ? await identity?.work : identity?.phone);
    });
    return { phones: await Promise.all(phones), troubles };
  }

  watch(onChange: (list: PhoneList) => void): () => void {
    return watchPhones(
      {
        list: () => this.list(),
        changes: (signal) => this.server.openHostStream('host:track-devices', signal),
      },
      onChange,
      this.closed.signal,
    );
  }

  async capture(phoneId: string, options: CaptureOptions): Promise<Capture> {
    const limit = options.scanDeadlineMs ?? this.deadlines.scanMs;
    const deadline = AbortSignal.timeout(limit);
    const endsAt = performance.now() + limit;
    const signal = AbortSignal.any([deadline, this.closed.signal, ...(options.signal ? [options.signal] : [])]);
    const room = new AnswerRoom();
    let version: 1 | 2;
    try {
      const begun = AbortSignal.any([this.closed.signal, ...(options.signal ? [options.signal] : [])]);
      await this.requireReady(phoneId, begun);
      version = await this.shellVersion(phoneId, begun);
    } catch (error) {
      if (options.signal?.aborted !== true) throw error;
      return scanPhone(phoneId, () => Promise.resolve({ answers: [], brokenOff: cancelled }), options);
    }
    return scanPhone(
      phoneId,
      async (questions, onAnswer, later) => {
        const asking = { ...options, signal, room, endsAt, later };
        const answered = await this.askAll(phoneId, version, questions, asking, onAnswer);
        if (answered.brokenOff?.reason !== 'cancelled' || !deadline.aborted) return answered;
        return {
          ...answered,
          brokenOff: { reason: 'timeout', detail: `The scan was not done within ${plural(limit)}.` },
        };
      },
      { ...options, signal },
      { asksAhead: true },
    );
  }

  read(capture: Capture): Reading {
    return readAndroid(capture);
  }

  async run(
    phoneId: string,
    argv: readonly string[],
    options: { signal?: AbortSignal; deadlineMs?: number } = {},
  ): Promise<CommandResult> {
    const signal = AbortSignal.any([this.closed.signal, ...(options.signal ? [options.signal] : [])]);
    await this.requireReady(phoneId, signal);
    const version = await this.shellVersion(phoneId, signal);
    try {
      const deadlineMs = options.deadlineMs ?? this.deadlines.probeMs;
      const { answers } = await this.runAll(phoneId, version, [argv], signal, deadlineMs);
      const [answer] = answers;
      if (answer === undefined) return gone('The phone is gone.');
      const { output, ...rest } = answer;
      return { ...rest, output: output.toString('utf8') };
    } catch (error) {
      // The phone was ready a moment ago.
      if (!isExpected(error)) throw error;
      return gone(`The phone stopped answering: ${error.message}`);
    }
  }

  async openFiles(phoneId: string, options: OpenFilesOptions): Promise<PhoneFiles> {
    const signal = AbortSignal.any([this.closed.signal, options.signal]);
    await this.requireReady(phoneId, signal);
    const features = await this.features(phoneId, signal);
    const version = features.has('shell_v2') ? 2 : 1;
    const { deadlines } = this;
    return new AdbFiles({
      features,
      signal,
      deadlines: { ...deadlines, silenceMs: options.silenceMs ?? deadlines.silenceMs },
      openSync: () => this.server.openService(phoneId, 'sync:', signal),
      run: async (commands, deadlineMs) => {
        const { answers, ended } = await this.runAll(phoneId, version, commands, signal, deadlineMs);
        if (ended === 'silent') throw new FileTrouble('broken', answers.at(-1)?.detail ?? '');
        return answers;
      },
      stillThere: () => this.stillThere(phoneId),
      confirm: options.confirm,
    });
  }

  async close(): Promise<void> {
    this.closed.abort(new NativeError('closed', 'The program is closing.', { title: '', steps: [] }));
    if (!this.leavesServer) await this.server.endOwn();
  }

  private get deadlines(): AdbDeadlines {
    return this.server.deadlines;
  }

  private async devices(signal: AbortSignal): Promise<{ devices: Device[]; troubles: PhoneList['troubles'] }> {
    const ask = async () => parseDeviceList(await this.server.ask('host:devices-l', signal));
    try {
      return { devices: await ask(), troubles: [] };
    } catch (error) {
      if (signal.aborted || !isExpected(error)) throw error;
    }
    try {
      await this.server.start(signal);
      return { devices: await ask(), troubles: [] };
    } catch (error) {
      if (signal.aborted || !isExpected(error)) throw error;
      const { code, message, remedy } =
        error instanceof NativeError ? error : adbServerUnreachable(this.server.address, error.message);
      return { devices: [], troubles: [{ code, platform: 'android', message, remedy }] };
    }
  }

  /** Who a ready phone is: being asked, or answered. A phone that does not answer is asked again at a later look. */
  private identity({ phone, transportId }: Device): Identity | undefined {
    if (phone.state !== 'ready') return undefined;
    const key = `${phone.id} ${transportId}`;
    const known = this.identities.get(key);
    if (known !== undefined) return known;
    const identity: Identity = { phone: undefined, work: this.identify(phone) };
    this.identities.set(key, identity);
    void identity.work.then((answer) => {
      identity.phone = answer;
      if (answer === undefined) setTimeout(() => this.identities.delete(key), identifyAgainMs).unref();
    });
    return identity;
  }

  private async identify(phone: ListedPhone): Promise<Phone | undefined> {
    try {
      const { identifyMs } = this.deadlines;
      const signal = AbortSignal.any([AbortSignal.timeout(identifyMs), this.closed.signal]);
      const version = await this.shellVersion(phone.id, signal);
      const capture = await scanIdentity(
        phone.id,
        async (argv) => (await this.runAll(phone.id, version, [argv], signal, identifyMs)).answers,
      );
      return describePhone(phone, await readCapture(capture, readAndroid, { signal: this.closed.signal }));
    } catch (error) {
      if (isExpected(error)) return undefined;
      throw error;
    }
  }

  private async requireReady(phoneId: string, signal: AbortSignal): Promise<void> {
    const { devices, troubles } = await this.devices(signal);
    const phone = devices.map((device) => device.phone).find(({ id }) => id === phoneId);
    if (phone?.state === 'ready') return;
    const [trouble] = troubles;
    if (trouble !== undefined) throw new NativeError(trouble.code, trouble.message, trouble.remedy);
    if (phone === undefined) {
      throw new NativeError('unknown-phone', `No phone with the serial ${phoneId} is plugged in.`, {
        title: 'Plug the phone in',
        steps: ['List the phones that are plugged in and use a serial from the list.'],
      });
    }
    const remedy = androidRemedy(phone.state) ?? { title: '', steps: [] };
    throw new NativeError(`phone-${phone.state}`, `The phone ${phoneId} cannot be read: ${remedy.title}.`, remedy);
  }

  private async shellVersion(phoneId: string, signal: AbortSignal): Promise<1 | 2> {
    return (await this.features(phoneId, signal)).has('shell_v2') ? 2 : 1;
  }

  /** What the phone's adbd and this adb server can both do. */
  private async features(phoneId: string, signal: AbortSignal): Promise<ReadonlySet<string>> {
    try {
      return new Set((await this.server.ask(`host-serial:${phoneId}:features`, signal)).split(','));
    } catch (error) {
      if (error instanceof AdbRefusal) return new Set();
      throw error;
    }
  }

  private readonly opener =
    (phoneId: string, version: 1 | 2): OpenShell =>
    async (script, signal) => ({
      socket: await this.server.openService(phoneId, `${version === 2 ? 'shell,v2,raw:' : 'shell:'}${script}`, signal),
      version,
    });

  private readonly stillThere = async (phoneId: string): Promise<boolean> => {
    try {
      const text = await this.server.ask('host:devices-l', this.closed.signal);
      return parseDeviceList(text).some(({ phone }) => phone.id === phoneId && phone.state === 'ready');
    } catch (error) {
      if (isExpected(error)) return false;
      throw error;
    }
  };

  private async runAll(
    phoneId: string,
    version: 1 | 2,
    commands: readonly (readonly string[])[],
    signal: AbortSignal,
    deadlineMs: number,
  ): Promise<{ answers: BatchAnswer[]; ended: 'done' | 'unplugged' | 'silent' }> {
    const answers: BatchAnswer[] = [];
    const ended = await runBatch(this.opener(phoneId, version), version, commands, () => this.stillThere(phoneId), {
      deadlineMs,
      room: new AnswerRoom(),
      signal,
      onAnswer: (index, answer) => {
        answers[index] = answer;
      },
    });
    return { answers, ended };
  }

  private async askAll(
    phoneId: string,
    version: 1 | 2,
    questions: readonly Question[],
    options: CaptureOptions & Pick<SideBySideOptions, 'signal' | 'room' | 'endsAt' | 'later'>,
    onAnswer: (answer: Answer) => void,
  ): Promise<Answered> {
    const answers: Answer[] = [];
    const { signal, room, endsAt, later } = options;
    const asking = new SideBySide(questions, {
      open: this.opener(phoneId, version),
      version,
      stillThere: () => this.stillThere(phoneId),
      deadlineMs: options.probeDeadlineMs ?? this.deadlines.probeMs,
      endsAt,
      room,
      signal,
      later,
      isGivenUp: (answer) => androidRefusal(decodeText(answer.output), answer)?.reason === 'timeout',
      onAnswer: (answer) => {
        answers.push(answer);
        onAnswer(answer);
      },
    });
    const isCancelled = (): boolean => signal.aborted;
    try {
      const end = await asking.ask();
      if (end === 'unplugged') {
        const detail = 'The phone was unplugged during the scan, or the adb server stopped.';
        return {
          answers: answers.map((answer) => cutByUnplugging(answer)),
          brokenOff: { reason: 'unplugged', detail },
        };
      }
      if (isCancelled()) return { answers, brokenOff: cancelled };
      const silent = { reason: 'timeout', detail: 'The phone stopped answering.' } as const;
      return { answers, brokenOff: end === 'silent' ? silent : null };
    } catch (error) {
      if (isCancelled()) return { answers, brokenOff: cancelled };
      if (!isExpected(error)) throw error;
      const detail = `The phone stopped answering: ${error.message}`;
      return { answers, brokenOff: { reason: 'unplugged', detail } };
    }
  }
}

const cancelled = { reason: 'cancelled', detail: 'The scan was cancelled.' } as const;

/** What a phone that is not there any more says. */
const gone = (detail: string): CommandResult => ({
  output: '',
  errors: '',
  exitCode: null,
  ended: 'unplugged',
  detail,
});

/** The cable took the end of this answer with it. */
const cutByUnplugging = (answer: Answer): Answer =>
  answer.ended === 'truncated' && answer.exitCode === null ? { ...answer, ended: 'unplugged' } : answer;

/** Errors that a phone or server may cause at any moment; anything else is a mistake of this program. */
const isExpected = (error: unknown): error is Error =>
  error instanceof NativeError ||
  error instanceof AdbRefusal ||
  error instanceof PhoneSilent ||
  (error instanceof Error && error.name === 'TimeoutError');

/** Only the question of the getprop probe, as a capture of its own. */
async function scanIdentity(
  phoneId: string,
  run: (argv: readonly string[]) => Promise<BatchAnswer[]>,
): Promise<Capture> {
  return scanPhone(
    phoneId,
    async (questions) => {
      const question = questions.find(({ probe }) => probe.id === 'getprop');
      const [answer] = question === undefined ? [] : await run(question.argv);
      const answers = question === undefined || answer === undefined ? [] : [answerOf(question, answer)];
      return { answers, brokenOff: { reason: 'cancelled', detail: 'Only the identity was asked.' } };
    },
    { apps: [] },
  );
}
