import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import type { Answer } from '../../../../diagnosis/finding.ts';
import { judge } from '../../../../diagnosis/judge/judge.ts';
import { buildReading, patched } from './build-reading.ts';
import { healthyPhone, photosApp, stalledPhone } from './healthy-phone.ts';

const catalog = loadCatalog();
const at = '2026-11-22T12:30:00.000Z';
const answered = (answer: Answer['answer'], cause = 'backup-off'): Answer => ({ cause, app: photosApp, answer, at });
const judged = (answers: readonly Answer[], cause = 'backup-off', reading = buildReading(stalledPhone)) => {
  const diagnosis = judge(reading, catalog, { answers });
  return { ...diagnosis, finding: diagnosis.findings.find((one) => one.cause === cause && one.app === photosApp) };
};

const questions = (values: typeof healthyPhone) =>
  judge(buildReading(values), catalog).findings.filter(({ question }) => question !== null);

describe('a question to the owner', () => {
  test('is short, says where to look in the words of the app, and has three answers', () => {
    const { finding } = judged([]);
    expect(finding?.status).toBe('manual');
    expect(finding?.question).toEqual({
      text: 'Is the backup of Google Photos switched on?',
      where: [
        'Open Google Photos > your picture at the top right > Photos settings > Backup. The backup is called Backup (formerly Back up & sync, until 2022; Auto Backup, until 2015).',
        'Look whether it is on, for the account that should hold the photos, and for the folder of the camera.',
        'Look at its own rules: "Mobile data usage" (with "No data" it waits for Wi-Fi, and videos have a switch of their own); "Back up while roaming".',
        'Look at what no phone tells: the account at the top of that page, "Back up device folders", and the storage that is left.',
      ],
      answers: ['yes', 'no', 'not-sure'],
      words: { yes: "It's on", no: "It's off", 'not-sure': "Can't find it" },
      answer: null,
    });
  });

  test('makes the finding ok, or a problem with its corrections, on the word of the owner', () => {
    const yes = judged([answered('yes')]);
    expect(yes.finding?.status).toBe('ok');
    const no = judged([answered('no')]);
    expect(no.finding?.status).toBe('problem');
    expect(no.finding?.corrections.map(({ id }) => id)).toEqual(['backup-off-and-on']);
    expect(no.verdict).toBe('The backup of Google Photos is switched off, so nothing is uploaded.');
    expect(no.finding?.evidence[0]).toEqual({
      path: 'answers.backup-off',
      label: 'Is the backup of Google Photos switched on?',
      value: 'no',
      unavailable: null,
      probe: 'answer',
      command: '',
      at,
      doesNotProve: 'The owner said so; the phone was not asked.',
      underPower: false,
      decides: true,
    });
    expect(no.finding?.question?.answer).toEqual({ answer: 'no', at });
  });

  test('stays open where the owner is not sure', () => {
    const { finding } = judged([answered('not-sure')]);
    expect(finding?.status).toBe('manual');
    expect(finding?.question?.answer).toEqual({ answer: 'not-sure', at });
  });

  test('is one of three at a time, in the order of how often they are the reason, and each asks one thing', () => {
    const asked = (answers: readonly Answer[]) =>
      judged(answers)
        .findings.filter(({ question }) => question !== null && question.answer === null)
        .map(({ cause }) => cause);
    expect(asked([])).toEqual(['backup-off', 'cloud-storage-full', 'backup-account']);
    expect(judged([]).steps.map(({ cause, correction }) => [cause, correction])).toEqual([
      ['backup-off', 'answer'],
      ['backup-account', 'answer'],
      ['cloud-storage-full', 'answer'],
      ['upload-stalled', 'test-photo'],
    ]);
    const fine = ['backup-off', 'backup-account', 'cloud-storage-full'].map((cause) => answered('yes', cause));
    expect(asked(fine)).toEqual(['folders-not-chosen', 'rule-charging', 'rule-battery']);
    for (const { text } of catalog.causes) expect(text.question ?? '').not.toMatch(/\bor\b/);
  });

  test('is not asked where no answer changes the verdict: photos leave, or something is proven', () => {
    expect(questions(healthyPhone)).toEqual([]);
    expect(questions(patched(stalledPhone, { apps: { [photosApp]: { stopped: true } } }))).toEqual([]);
  });

  test('of another app or cause changes nothing', () => {
    expect(judged([{ ...answered('no'), app: 'com.microsoft.skydrive' }]).finding?.status).toBe('manual');
    expect(judged([answered('no', 'cloud-storage-full')]).finding?.status).toBe('manual');
  });

  test('is not asked where the phone has answered, and never outweighs it', () => {
    const signedOut = buildReading(patched(stalledPhone, { accounts: { types: [] } }));
    const { finding } = judged([answered('yes', 'signed-out')], 'signed-out', signedOut);
    expect(finding).toMatchObject({ status: 'problem', question: null });
    expect(finding?.evidence.map(({ path }) => path)).not.toContain('answers.signed-out');
  });

  test('about a Wi-Fi rule inside the app is asked only where the network is metered', () => {
    const cause = 'wifi-only-but-no-wifi';
    expect(judged([], cause).finding).toMatchObject({ status: 'ok', question: null });
    const metered = buildReading(patched(stalledPhone, { network: { metered: true } }));
    expect(judged([], cause, metered).finding).toMatchObject({ status: 'manual' });
    expect(judged([answered('no', cause)], cause, metered).finding?.status).toBe('problem');
  });
});
