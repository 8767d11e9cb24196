import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import type { Answer } from '../../../../diagnosis/finding.ts';
import { judge } from '../../../../diagnosis/judge/judge.ts';
import { buildReading, patched } from './build-reading.ts';
import { healthyPhone, photosApp } from './healthy-phone.ts';

const catalog = loadCatalog();
const at = '2026-11-22T12:30:00.000Z';
const answered = (answer: Answer['answer'], cause = 'backup-off'): Answer => ({ cause, app: photosApp, answer, at });
const judged = (answers: readonly Answer[], cause = 'backup-off', reading = buildReading(healthyPhone)) => {
  const diagnosis = judge(reading, catalog, { answers });
  return { ...diagnosis, finding: diagnosis.findings.find((one) => one.cause === cause && one.app === photosApp) };
};

describe('a question to the owner', () => {
  test('is short, says where to look in the words of the app, and has three answers', () => {
    const { finding } = judged([]);
    expect(finding?.status).toBe('manual');
    expect(finding?.question).toEqual({
      text: 'Is the backup of Google Photos switched on, for the account that should hold the photos?',
      where: [
        'Open Google Photos > your picture at the top right > Photos settings > Backup. The backup is called Backup (formerly Back up & sync, until 2022; Auto Backup, until 2015).',
        'Look whether it is on, for the account that should hold the photos, and for the folder of the camera.',
        'Look at its own rules: "Mobile data usage" (with "No data" it waits for Wi-Fi, and videos have a switch of their own); "Back up while roaming".',
        'Look at what no phone tells: the account at the top of that page, "Back up device folders", and the storage that is left.',
      ],
      answers: ['yes', 'no', 'not-sure'],
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
      label: 'Is the backup of Google Photos switched on, for the account that should hold the photos?',
      value: 'no',
      unavailable: null,
      probe: 'answer',
      command: '',
      at,
      doesNotProve: 'The owner said so; the phone was not asked.',
      underPower: false,
    });
    expect(no.finding?.question?.answer).toEqual({ answer: 'no', at });
  });

  test('stays open where the owner is not sure', () => {
    const { finding } = judged([answered('not-sure')]);
    expect(finding?.status).toBe('manual');
    expect(finding?.question?.answer).toEqual({ answer: 'not-sure', at });
  });

  test('of another app or cause changes nothing', () => {
    expect(judged([{ ...answered('no'), app: 'com.microsoft.skydrive' }]).finding?.status).toBe('manual');
    expect(judged([answered('no', 'cloud-storage-full')]).finding?.status).toBe('manual');
  });

  test('is not asked where the phone has answered, and never outweighs it', () => {
    const signedOut = buildReading(patched(healthyPhone, { accounts: { types: [] } }));
    const { finding } = judged([answered('yes', 'signed-out')], 'signed-out', signedOut);
    expect(finding).toMatchObject({ status: 'problem', question: null });
    expect(finding?.evidence.map(({ path }) => path)).not.toContain('answers.signed-out');
  });

  test('about a Wi-Fi rule inside the app is asked only where the network is metered', () => {
    const cause = 'wifi-only-but-no-wifi';
    expect(judged([], cause).finding).toMatchObject({ status: 'ok', question: null });
    const metered = buildReading(patched(healthyPhone, { network: { metered: true } }));
    expect(judged([], cause, metered).finding).toMatchObject({ status: 'manual' });
    expect(judged([answered('no', cause)], cause, metered).finding?.status).toBe('problem');
  });
});
