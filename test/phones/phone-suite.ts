import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AutomaticCorrection } from '../../diagnosis/load/catalog.ts';
import type { Application } from '../../electron/app/application.ts';
import type { ScanReport } from '../../electron/app/scan/scan-report.ts';

/** Where the phone of a suite comes from: one that is simulated, or the device on a cable. */
export interface PhoneAtHand {
  application: Application;
  phoneId: string;
  end: () => Promise<void>;
}

const silent = (): void => undefined;

interface Offered {
  cause: string;
  app: string | null;
  correction: AutomaticCorrection;
}

/** What may be done to anybody's phone: it has a way back, restarts nothing, costs nothing and risks no photo. */
const isHarmless = ({ irreversible, restarts, costs, needsCopy }: AutomaticCorrection): boolean =>
  !irreversible && !restarts && costs === undefined && !needsCopy;

function harmless({ catalog }: Application, { findings }: ScanReport): Offered[] {
  return findings
    .filter(({ status }) => status === 'problem')
    .flatMap(({ cause, app, corrections }) => {
      const known = catalog.causes.find(({ id }) => id === cause)?.corrections ?? [];
      const offered = corrections
        .map(({ id }) => known.find((one) => one.id === id))
        .find((one): one is AutomaticCorrection => one?.kind === 'automatic' && isHarmless(one));
      return offered === undefined ? [] : [{ cause, app, correction: offered }];
    });
}

const told = ({ findings }: ScanReport): string[] =>
  findings.map(({ cause, app, status }) => `${cause} ${app ?? ''}: ${status}`).toSorted();

/** Reads a phone, and carries out what can be put back exactly, and puts it back. The same for every phone. */
export function phoneSuite(name: string, open: () => Promise<PhoneAtHand>): void {
  describe(name, () => {
    let at: PhoneAtHand;
    let first: ScanReport;
    const scan = (): Promise<ScanReport> => at.application.scan({ phoneId: at.phoneId, save: false });

    beforeAll(async () => {
      at = await open();
      first = await scan();
    });
    afterAll(() => at.end());

    test('is listed as ready, with its maker and its system', async () => {
      const { phones } = await at.application.phones();
      const phone = phones.find(({ id }) => id === at.phoneId);
      expect(phone).toMatchObject({ state: 'ready' });
      expect([phone?.manufacturer, phone?.model, phone?.osVersion].every(Boolean)).toBe(true);
    });

    test('is read to the end, and judged by what was read', async ({ annotate }) => {
      expect(first.brokenOff).toBeNull();
      expect(first.verdict).not.toBe('');
      const unread = first.incomplete.map(({ probe, reason, detail }) => `${probe}: ${reason} ${detail}`);
      // What a phone of its kind does not have is missing, denied or answered otherwise; what does not end is a fault.
      await annotate(unread.join('\n') || 'Everything was read.');
      expect(unread.filter((line) => /: (?:timeout|truncated)/.test(line))).toEqual([]);
      expect(first.findings.filter(({ status }) => status === 'ok' || status === 'problem').length).toBeGreaterThan(5);
    });

    test('says the same when it is read again: reading has changed nothing', async () => {
      expect(told(await scan())).toEqual(told(first));
    });

    test('takes every correction that can be put back, and has its former values afterwards', async ({ annotate }) => {
      const { corrections } = at.application;
      const offers = harmless(at.application, first);
      const lines: string[] = [];
      for (const { cause, app, correction } of offers) {
        const request = { phoneId: at.phoneId, cause, app, correction: correction.id };
        const corrected = await corrections.correct(request, silent, () => Promise.resolve(true));
        const { action, result } = corrected?.outcome ?? { action: '', result: 'nothing was proposed' };
        // A maker may keep the shell from changing something: it is said, and there is nothing to put back.
        const undone = result === 'taken' ? (await corrections.undo(action, silent)).outcome.result : null;
        lines.push(`${cause} ${app ?? ''}: ${result}, then ${undone ?? 'nothing'}`);
      }
      await annotate(lines.length === 0 ? 'This phone needs no correction that can be put back.' : lines.join('\n'));
      expect(lines.filter((line) => !/: (?:taken, then taken|refused, then nothing)$/.test(line))).toEqual([]);
      expect(at.application.corrections.interrupted(at.phoneId)).toEqual([]);
      expect(told(await scan())).toEqual(told(first));
    });
  });
}
