import { expect, test, vi } from 'vitest';
import type { Client } from '../../../../renderer/program/client.ts';
import { createPhoneWorks } from '../../../../renderer/program/phone-work.ts';

interface Callbacks {
  onData: (event: unknown) => void;
  onComplete: () => void;
}

const report = (language: string) => ({
  phone: { id: 'A1' },
  reading: { takenAt: '2026-05-01T10:00:00.000Z' },
  findings: [],
  brokenOff: null,
  snapshot: null,
  answer: { headline: `headline in ${language}` },
});

/** A program that carries out corrections when it is told to, and says everything in the language of the moment. */
function speakingProgram() {
  const program: { language: string; batch: Callbacks | null } = { language: 'en', batch: null };
  const client = {
    report: { query: () => Promise.resolve(report(program.language)) },
    reports: { query: () => Promise.resolve([report(program.language)]) },
    changeWords: {
      query: ({ corrections }: { corrections: { correction: string }[] }) =>
        Promise.resolve(
          corrections.map(({ correction }) => ({
            title: correction,
            change: `${correction} in ${program.language}`,
          })),
        ),
    },
    followCorrections: { subscribe: () => ({ unsubscribe: () => undefined }) },
    correctAll: {
      subscribe(_request: unknown, callbacks: Callbacks) {
        program.batch = callbacks;
        return { unsubscribe: () => undefined };
      },
    },
  };
  return { program, client: client as unknown as Client };
}

test('where another language is chosen while corrections go on, what they change is said in it, and in the end the report too', async () => {
  const { program, client } = speakingProgram();
  const works = createPhoneWorks(client, () => undefined);
  await works.recall();
  const fix = { cause: 'background', app: null, correction: 'allow' };
  works.correctAll('A1', '2026-05-01T10:00:00.000Z', [{ ...fix, title: 'allow', change: 'allow in en' }]);
  program.batch?.onData({ type: 'begun', index: 0 });

  program.language = 'de';
  works.sayAgain();
  await vi.waitFor(() => expect(works.get('A1').batch?.items[0]?.change).toBe('allow in de'));

  // It was begun in English, and is told so to its end.
  program.batch?.onData({ type: 'done', index: 0, outcome: { result: 'taken' }, report: report('en') });
  program.batch?.onComplete();
  await vi.waitFor(() => expect(works.get('A1').report?.answer.headline).toBe('headline in de'));
  await vi.waitFor(() =>
    expect(Object.values(works.get('A1').ends).map(({ words }) => words)).toEqual(['allow in de']),
  );
});
