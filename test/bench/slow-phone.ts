import { loadCatalog } from '../../diagnosis/load/catalog.ts';
import { backupApps } from '../../diagnosis/judge/judge.ts';
import type { Answer } from '../../native/capture.ts';
import { phonesApart, type PhonesApart } from './phones-apart.ts';
import { elapsed } from './bench-row.ts';

/** A phone that takes 0.2 to 0.6 s a question, bears some questions at once, and makes one dump of a service at a time. */
export interface SlowPhone extends PhonesApart {
  apps: readonly string[];
  scan(): Promise<{ ms: number; answers: readonly Answer[] }>;
  /** How long each of these takes by itself, with the adb program; the sum is what all take one by one. */
  oneByOne(answers: readonly Answer[]): Promise<{ answer: Answer; ms: number }[]>;
}

export async function slowPhone(atOnce: number): Promise<SlowPhone> {
  const phones = await phonesApart(1, { delay: { minMs: 200, maxMs: 600, atOnce } });
  const [phone = ''] = phones.addresses;
  const apps = backupApps(loadCatalog(), 'android');
  return {
    ...phones,
    apps,
    scan: async () => {
      let answers: readonly Answer[] = [];
      const ms = await elapsed(async () => {
        ({ answers } = await phones.source.capture(phone, { apps }));
      });
      const late = answers.filter(({ ended }) => ended !== 'whole');
      if (late.length > 0) throw new Error(`Not answered: ${late.map(({ command }) => command).join(', ')}`);
      return { ms, answers };
    },
    oneByOne: async (answers) => {
      const each: { answer: Answer; ms: number }[] = [];
      for (const answer of answers)
        each.push({ answer, ms: await elapsed(() => phones.server.adb('-s', phone, 'shell', answer.command)) });
      return each;
    },
  };
}

const sum = (values: readonly { ms: number }[]): number => values.reduce((all, { ms }) => all + ms, 0);

/**
 * The least time in which a phone can answer all of it, however it is asked: its cores are busy for so long, dumps of one service wait for
 * each other, and which apps are asked about is known only after who is in front and what is installed.
 */
export function slowestChain(each: readonly { answer: Answer; ms: number }[], atOnce: number): number {
  const of = (probe: string): number => sum(each.filter(({ answer }) => answer.probe === probe));
  const known = of('current-user') + Math.max(of('packages'), of('packages-kept'));
  const dumps = Object.values(
    Object.groupBy(each, ({ answer }) => /^dumpsys (\S+)/.exec(answer.command)?.[1] ?? '-'),
  ).filter((group) => group?.[0]?.answer.command.startsWith('dumpsys') === true);
  const ofApps = (group: typeof each): typeof each => group.filter(({ answer }) => answer.app !== null);
  return Math.max(
    sum(each) / atOnce,
    ...dumps.map((group = []) => sum(group)),
    ...dumps.map((group = []) => (ofApps(group).length === 0 ? 0 : known + sum(ofApps(group)))),
    known + Math.max(...ofApps(each).map(({ ms }) => ms)),
  );
}
