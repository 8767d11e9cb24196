import { setTimeout as sleep } from 'node:timers/promises';
import type { Capture } from '../../capture.ts';
import type { PhoneFiles } from '../../phone-files.ts';
import { unreadPhone, type ListedPhone } from '../../phone.ts';
import { chosenProbes } from '../../probe.ts';
import type { Reading } from '../../reading.ts';
import { SampleFiles } from '../sample-files.ts';
import { livelyPace, type SamplePace } from '../sample-pace.ts';
import { SampleList, unknownSample } from '../sample-list.ts';
import type { OwnerAct, SampleSource } from '../sample-source.ts';
import type { CaptureOptions, CommandResult, PhoneList } from '../../source.ts';
import { accessMeanings } from '../../ios/reach/access.ts';
import { iphoneDeadlines } from '../../ios/reach/deadlines.ts';
import { LibraryFailure } from '../../ios/reach/library/failure.ts';
import type { LibraryAnswer } from '../../ios/reach/library/messages.ts';
import { modelName } from '../../ios/read/model-names.ts';
import { iosProbes, readIos } from '../../ios/read/read.ts';
import { answerQuestion } from './answer.ts';
import type { SampleIphone } from './iphone.ts';
import { mediaFiles } from './media-files.ts';
import { letTimePass, takePhoto } from './owner-actions.ts';
import { sampleIphones, type SampleScenario } from './sample-iphones.ts';
import { scanIphone } from '../../ios/reach/scan-iphone.ts';

const minuteMs = 60_000;

interface Sample {
  scenario: SampleScenario;
  iphone: SampleIphone;
  /** Until when its engine has worked. */
  livedUntil: Date;
}

const titleOf = ({ create, title }: SampleScenario): string =>
  `${modelName(create().identity.productType)}, iOS ${create().identity.productVersion}: ${title}`;

const accessOf = {
  unlocked: 'ready',
  locked: 'locked',
  'never-unlocked-since-boot': 'locked-since-restart',
} as const;

function listedPhone({ identity, screen }: SampleIphone): ListedPhone {
  const { state, remedy } = accessMeanings[accessOf[screen]];
  return {
    ...unreadPhone(identity.udid, 'ios', state),
    manufacturer: 'Apple',
    model: modelName(identity.productType),
    name: identity.name,
    osVersion: identity.productVersion,
    build: identity.buildVersion,
    remedy,
    sample: true,
    port: null,
  };
}

const stillPlugged = (): Promise<boolean> => Promise.resolve(true);

async function ask(iphone: SampleIphone, words: readonly string[]): Promise<LibraryAnswer> {
  try {
    const output = await answerQuestion(iphone, words, new Date());
    return { ended: 'whole', detail: '', code: null, output };
  } catch (error) {
    if (!(error instanceof LibraryFailure)) throw error;
    return { ended: error.ended, detail: error.message, code: error.code, output: new Uint8Array() };
  }
}

/** The sample iPhones that were asked for: the questions and their meaning are those of a real one, and time passes for them. */
export class IphoneSampleSource implements SampleSource {
  readonly platform = 'ios';
  readonly samples = sampleIphones.map((scenario) => ({ id: scenario.id, title: titleOf(scenario) }));
  readonly #phones = new SampleList<Sample>();
  readonly #pace: SamplePace;

  constructor(pace = livelyPace) {
    this.#pace = pace;
  }

  add(sampleId: string): Promise<string> {
    const scenario = sampleIphones.find(({ id }) => id === sampleId);
    if (scenario === undefined) return Promise.reject(unknownSample(sampleId));
    const livedUntil = new Date();
    const iphone = scenario.create(livedUntil);
    this.#phones.put({ scenario, iphone, livedUntil }, listedPhone(iphone));
    return Promise.resolve(iphone.identity.udid);
  }

  remove(phoneId: string): void {
    this.#phones.remove(phoneId);
  }

  actAsOwner(phoneId: string, { proves }: OwnerAct): boolean {
    const { sample } = this.#phones.get(phoneId);
    if (proves.includes('photos.newest')) {
      this.#live(sample);
      takePhoto(sample.iphone, new Date());
      return true;
    }
    const { iphone } = sample;
    if (proves.includes('state') && iphone.screen === 'never-unlocked-since-boot') {
      iphone.screen = 'unlocked';
      this.#phones.put(sample, listedPhone(iphone));
      return true;
    }
    const { correct, shows } = sample.scenario;
    if (correct === undefined || !proves.some((path) => shows.includes(path))) return false;
    this.#live(sample);
    correct(sample.iphone);
    this.#phones.put(sample, listedPhone(sample.iphone));
    return true;
  }

  list(): Promise<PhoneList> {
    return Promise.resolve(this.#phones.present());
  }

  watch(onChange: (list: PhoneList) => void): () => void {
    return this.#phones.watch(onChange);
  }

  async capture(phoneId: string, options: CaptureOptions): Promise<Capture> {
    const { sample } = this.#phones.get(phoneId);
    this.#live(sample);
    const queue = {
      ask: async (words: readonly string[]): Promise<LibraryAnswer> => {
        await sleep(this.#pace.answerMs);
        return ask(sample.iphone, words);
      },
    };
    const probes = chosenProbes(iosProbes, options.probes);
    return scanIphone({ phoneId, queue, probes, before: [], deadlines: iphoneDeadlines, stillPlugged }, options);
  }

  read(capture: Capture): Reading {
    return readIos(capture);
  }

  async run(phoneId: string, argv: readonly string[]): Promise<CommandResult> {
    const { sample } = this.#phones.get(phoneId);
    const { code, output, ...ended } = await ask(sample.iphone, argv);
    const isRestart = argv.join(' ') === 'diagnostics restart';
    if (isRestart && ended.ended === 'whole') {
      this.#phones.leave(phoneId, this.#pace.offMs, () => this.#phones.put(sample, listedPhone(sample.iphone)));
    }
    return { ...ended, exitCode: code, output: new TextDecoder().decode(output), errors: '' };
  }

  openFiles(phoneId: string, { signal }: { signal: AbortSignal }): Promise<PhoneFiles> {
    const { sample } = this.#phones.get(phoneId);
    this.#live(sample);
    const tree = mediaFiles(sample.iphone);
    const folders = tree.folder('/DCIM') ?? [];
    const files = folders.flatMap((folder) =>
      (tree.folder(`/DCIM/${folder}`) ?? []).map((name) => {
        const path = `/DCIM/${folder}/${name}`;
        return { path, place: ['DCIM', folder, name], takenAt: tree.file(path)?.modified ?? sample.livedUntil };
      }),
    );
    return Promise.resolve(new SampleFiles(files, { signal, fileMs: this.#pace.fileMs }));
  }

  close(): Promise<void> {
    this.#phones.close();
    return Promise.resolve();
  }

  /** Lets the minutes pass that have passed: a backlog that falls has fallen further. */
  #live(sample: Sample): void {
    const now = new Date();
    letTimePass(sample.iphone, (now.getTime() - sample.livedUntil.getTime()) / minuteMs, now);
    sample.livedUntil = now;
  }
}
