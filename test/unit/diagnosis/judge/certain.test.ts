import { describe, expect, test } from 'vitest';
import { certainOf, settledCauses } from '../../../../diagnosis/judge/certain.ts';
import { backupApps, judge } from '../../../../diagnosis/judge/judge.ts';
import { isObstacle, runsAmong } from '../../../../diagnosis/judge/verdict.ts';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { scanPhone, type Ask } from '../../../../native/android/reach/scan.ts';
import { readAndroid } from '../../../../native/android/read/read.ts';
import type { Answer } from '../../../../native/capture.ts';
import { probesFirst } from '../../../../electron/app/scan/certain-so-far.ts';
import { createSample, sampleProfiles } from '../../../../native/samples/android/profiles.ts';
import type { CaptureSoFar } from '../../../../native/source.ts';
import { seeded } from '../../../seeded.ts';
import { askSample } from '../../native/android/ask-sample.ts';

const catalog = loadCatalog();
const apps = backupApps(catalog, 'android');
const first = probesFirst(catalog);

/** Answers one question at a time: the most urgent, or any of those that can be asked. */
const oneByOne =
  (phone: ReturnType<typeof createSample>, pick: (count: number) => number): Ask =>
  async (questions, onAnswer, later) => {
    const waiting = [...questions];
    const answers: Answer[] = [];
    const ask = askSample(phone);
    while (waiting.length > 0) {
      const [question] = waiting.splice(pick(waiting.length), 1);
      if (question === undefined) break;
      const { answers: given } = await ask([question], onAnswer, later);
      answers.push(...given);
      await later.settled();
      waiting.push(...later.take());
    }
    return { answers, brokenOff: null };
  };

/** What was certain on the way, by the number of answers that were there, and what is found in the end. */
async function scan(phone: ReturnType<typeof createSample>, pick: (count: number) => number, every: number) {
  const looks: { answered: number; soFar: CaptureSoFar }[] = [];
  const options = { apps, first };
  let possible = 0;
  const capture = await scanPhone(
    phone.serial,
    oneByOne(phone, pick),
    {
      ...options,
      onProgress: ({ answered, soFar }) => {
        const now = soFar?.();
        if (now === undefined || settledCauses(catalog, now.isSettled).size === 0) return;
        if (possible % every === 0) looks.push({ answered, soFar: now });
        possible += 1;
      },
    },
    { asksAhead: true },
  );
  const certain = looks.flatMap(({ answered, soFar }) =>
    certainOf(readAndroid(soFar.capture), catalog, soFar.isSettled, {}).map((finding) => ({ answered, finding })),
  );
  return { certain, diagnosis: judge(readAndroid(capture), catalog), answers: capture.answers.length };
}

const phones = sampleProfiles.map(({ id }) => id);

describe('what is certain before a scan is done', () => {
  test.each(phones)('is in the verdict in the end, in whatever order the answers come: %s', async (id) => {
    for (const seed of [0, 1, 2]) {
      const random = seeded(seed);
      const phone = createSample(id);
      const pick = seed === 0 ? () => 0 : (count: number) => Math.floor(random() * count);
      const { certain, diagnosis } = await scan(phone, pick, 9);
      for (const { finding } of certain) {
        const last = diagnosis.findings.find(({ cause, app }) => cause === finding.cause && app === finding.app);
        expect(last).toMatchObject({ status: 'problem', title: finding.title, severity: finding.severity });
        expect(last === undefined || isObstacle(last)).toBe(true);
        expect(runsAmong(diagnosis.uploads)(null)).toBe(false);
      }
    }
  });

  test('is there early: Battery Saver before five in ten of the answers', async () => {
    const { certain, answers } = await scan(createSample('pixel-14'), () => 0, 1);
    const saver = certain.find(({ finding }) => finding.cause === 'battery-saver');
    expect(saver?.finding.title).toBe('Battery saver was on without the cable');
    expect((saver?.answered ?? answers) / answers).toBeLessThanOrEqual(0.5);
  });

  test('is nothing where photos leave, or where they still might', async () => {
    const running = await scan(createSample('pixel-14', { healthy: true }), () => 0, 3);
    expect(running.certain).toEqual([]);
  });
});
