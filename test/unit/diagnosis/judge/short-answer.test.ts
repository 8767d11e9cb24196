import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { sampleScreens } from '../../electron/terminal/sample-screens.ts';

const catalog = loadCatalog();
const screens = await sampleScreens(catalog);
const answerOf = (sample: string) => {
  const found = screens.find((one) => one.sample === sample);
  if (found === undefined) throw new Error(`no sample ${sample}`);
  return found.report;
};
const words = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length;

describe('the short answer', () => {
  test('of every sample has at most twelve words, and no identifier', () => {
    for (const { sample, report } of screens) {
      expect(words(report.answer.headline), `${sample}: ${report.answer.headline}`).toBeLessThanOrEqual(12);
      expect(`${report.answer.headline} ${report.answer.sentence}`, sample).not.toMatch(/\{|_|com\.|undefined/);
    }
  });

  test('counts the same in the sentence, the steps of a person, and what the computer can do', () => {
    for (const { sample, report } of screens) {
      const { heldBack, byComputer, byPerson, sentence } = report.answer;
      expect(byComputer + byPerson, sample).toBe(heldBack);
      expect(report.fixes.length, sample).toBeGreaterThanOrEqual(byComputer);
      if (heldBack > 0) expect(sentence, sample).toContain(`${heldBack} thing`);
    }
  });

  test('says what holds photos back, who does what about it, and how much work it is', () => {
    const photos = 'com.google.android.apps.photos';
    expect(answerOf('pixel-14').answer).toEqual({
      headline: 'No photo has left for 12 hours',
      sentence: '3 things hold photos back: this computer can fix 3. About 2 minutes.',
      tone: 'bad',
      heldBack: 3,
      held: expect.arrayContaining([
        { cause: 'background-restricted', app: photos },
        { cause: 'data-saver', app: photos },
        { cause: 'battery-saver', app: null },
      ]),
      byComputer: 3,
      byPerson: 0,
      minutes: 2,
    });
    expect(answerOf('pixel-16').answer.sentence).toBe(
      '2 things hold photos back: this computer can fix 1, you fix 1 on the phone. About 3 minutes.',
    );
    expect(answerOf('iphone: low-power').answer).toMatchObject({
      headline: 'Low Power Mode is on',
      sentence:
        'iCloud Photos is paused and other apps upload only while they are open. 1 thing holds photos back: you fix it on the phone. About 2 minutes.',
    });
  });

  test('is good where photos leave, and never where too little was read', () => {
    expect(answerOf('iphone: healthy').answer).toMatchObject({ headline: 'Photos leave this phone', tone: 'good' });
    expect(answerOf('iphone: locked').answer).toMatchObject({ headline: 'Too little was read to say', tone: 'warn' });
  });
});

describe('what this computer can fix', () => {
  test('stands in the order of work; what may cost money is not meant by itself', () => {
    expect(answerOf('pixel-14').fixes.map(({ correction, meant }) => [correction, meant])).toEqual([
      ['allow-background', true],
      ['allow-app-past-data-saver', false],
      ['saver-stays-off', true],
    ]);
  });

  test('shows more of the owner to nobody by itself', () => {
    expect(answerOf('huawei-9').fixes).toMatchObject([{ correction: 'grant-storage', meant: false }]);
  });

  test('is told in words of home once it is proven: every automatic correction has them', () => {
    const missing = catalog.causes.flatMap(({ id, corrections, text }) =>
      corrections
        .filter(
          ({ kind, id: correction }) => kind === 'automatic' && !/ → /.test(text.corrections[correction]?.proven ?? ''),
        )
        .map((correction) => `${id} ${correction.id}`),
    );
    expect(missing).toEqual([]);
  });
});
