import { androidProbes, readAndroid } from '../../../../../native/android/read/read.ts';
import { sampleProfiles, createSample } from '../../../../../native/samples/android/profiles.ts';
import type { Answer, Capture } from '../../../../../native/capture.ts';
import { commandText } from '../../../../../native/command.ts';
import type { Probe } from '../../../../../native/probe.ts';
import { isKnown, readingSchema, sectionNames, type Leaf, type Reading } from '../../../../../native/reading.ts';
import { PHOTOS } from './parse.ts';

/** The last two are names that an object has by itself: a capture from a stranger may ask about them. */
const apps = [PHOTOS, '__proto__', 'constructor'];

export interface Example {
  probe: Probe;
  app: string | null;
  /** Of which sample phone, or file. */
  of: string;
  text: string;
}

/** What no sample phone says: that Play services are switched off; restriction levels, in the words of Android 14 and in a dump of 13. */
const handWritten: Readonly<Record<string, string>> = {
  'play-services-off': 'package:com.google.android.gms\n',
  'restriction-level': 'background_restricted\n',
  'restriction-level-dump': `APP BACKGROUND RESTRICTIONS\n  BACKGROUND RESTRICTION LEVEL SETTINGS\n    #0 RestrictionLevel{845de9:${PHOTOS}/10204} exempted(d)/adaptive_bucket levelChange=-11h2m49s883ms\n    #1 RestrictionLevel{82f2a6e:com.x/1010204} background_restricted(u) levelChange=-1h\n`,
};

/** What every sample phone says to every question it is asked, and to the questions that only files answer. */
export function sampleExamples(): Example[] {
  const written = androidProbes.flatMap((probe): Example[] => {
    const text = handWritten[probe.id];
    return text === undefined ? [] : [{ probe, app: probe.per === 'app' ? PHOTOS : null, of: 'hand', text }];
  });
  const said = sampleProfiles.flatMap(({ id }) => {
    const phone = createSample(id);
    return androidProbes.map((probe): Example => {
      const app = probe.per === 'app' ? PHOTOS : null;
      const argv =
        probe.per === 'app'
          ? probe.command({ apps: [PHOTOS], userId: 0 }, PHOTOS)
          : probe.command({ apps: [PHOTOS], userId: 0 });
      return { probe, app, of: id, text: phone.run(argv).stdout };
    });
  });
  return [...said.filter(({ probe }) => handWritten[probe.id] === undefined), ...written];
}

const answerOf = (probe: Probe, app: string | null, output: Uint8Array): Answer => ({
  probe: probe.id,
  app,
  command: commandText([probe.id]),
  output,
  errors: '',
  exitCode: 0,
  startedAt: '2026-05-04T20:00:00.000Z',
  durationMs: 12,
  ended: 'whole',
  detail: '',
});

const identity = Buffer.from('[ro.build.version.sdk]: [34]\n[ro.product.model]: [Pixel 8]\n');
const installed = Buffer.from(`package:android uid:1000\npackage:${PHOTOS} uid:10204\n`);

function captureOf({ probe, app }: Example, text: string): Capture {
  const known = androidProbes
    .filter(({ id }) => (id === 'getprop' || id === 'packages') && id !== probe.id)
    .map((one) => answerOf(one, null, one.id === 'getprop' ? identity : installed));
  return {
    platform: 'android',
    phoneId: 'x',
    origin: 'usb',
    startedAt: '2026-05-04T20:00:00.000Z',
    durationMs: 12,
    apps,
    answers: [...known, answerOf(probe, app, Buffer.from(text))],
    brokenOff: null,
  };
}

const said = (leaves: object): object =>
  Object.fromEntries(
    Object.entries(leaves as Record<string, Leaf<unknown>>).filter(
      ([, leaf]) => isKnown(leaf) || leaf.detail !== 'Not asked.',
    ),
  );

/** What a probe that was not asked leaves is the same whatever the text, and fits (`totality.test.ts`): only the rest is held against the schema. */
const saidIn = ({ apps: ofApps, ...reading }: Reading): unknown => ({
  ...reading,
  ...Object.fromEntries(sectionNames.map((name) => [name, said(reading[name])])),
  apps: Object.fromEntries(Object.entries(ofApps).map(([id, leaves]) => [id, said(leaves)])),
});

/** What is wrong with the reading of a text: an error that was thrown, or a value that does not fit. null: nothing. */
export function troubleWith(example: Example, text: string): string | null {
  try {
    const reading = readAndroid(captureOf(example, text));
    parseRaw(example, text, reading);
    const { error } = readingSchema.safeParse(saidIn(reading));
    return error === undefined ? null : `does not fit: ${error.message}`;
  } catch (error) {
    return `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
}

/** Without the way through bytes, on which broken characters are replaced. */
function parseRaw({ probe, app }: Example, text: string, reading: Reading): void {
  const answer = answerOf(probe, app, new Uint8Array());
  if (probe.per === 'phone') probe.parse(text, reading, answer);
  else probe.parse(text, app ?? PHOTOS, reading, answer);
}
