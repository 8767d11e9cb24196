import type { AutomaticCorrection, Catalog } from '../../../diagnosis/load/catalog.ts';
import type { Diagnosis } from '../../../diagnosis/diagnosis.ts';
import type { Finding, Step } from '../../../diagnosis/finding.ts';
import { judge, provenBy, verifyCorrection } from '../../../diagnosis/judge/judge.ts';
import { isOpen } from '../../../diagnosis/judge/order.ts';
import type { CorrectedOnce } from '../../../diagnosis/judge/settling.ts';
import { fillCommand } from '../../../diagnosis/load/template.ts';
import type { Reading } from '../../../native/reading.ts';
import { actAsOwner } from '../../../native/samples/android/owner-act.ts';
import { createSample } from '../../../native/samples/android/profiles.ts';
import type { SamplePhone } from '../../../native/samples/android/sample-phone.ts';
import { readSample, scenarios, troubles, type Scenario } from '../../unit/diagnosis/judge/matrix-scenarios.ts';

/** What became of one automatic correction on one sample phone, and of all that is done there after it. */
export interface Closing {
  cause: string;
  correction: string;
  sample: string;
  app: string | null;
  /** It is the step that the order of work names for its finding. */
  isStep: boolean;
  /** What `verify` says before and after: it reads what the commands change where this is false, then true. */
  verified: readonly [before: unknown, after: unknown];
  /** The finding is no longer open. */
  closes: boolean;
  /** The later steps after which it was open again. */
  reopenedBy: readonly string[];
  /** Corrections of the whole phone that were offered for this cause after this one took for one app. */
  widerAfterwards: readonly string[];
}

interface Bench {
  catalog: Catalog;
  phone: SamplePhone;
  /** The same phone without trouble: what an owner puts things right to. */
  healthy: SamplePhone;
}

/** A walk-through is over by then. */
const longestWalk = 25;

function run({ phone }: Bench, reading: Reading, correction: AutomaticCorrection, app: string | null): void {
  const wifi = phone.state.network.wifi?.ssid;
  // What a maker's build withholds is another table's matter.
  phone.state.shellLacks = [];
  for (const template of correction.commands) phone.run(fillCommand(template, reading, app, wifi));
  phone.state.starting = false;
}

const isAbout = (cause: string, app: string | null) => (one: Pick<Finding, 'cause' | 'app'>) =>
  one.cause === cause && one.app === app;

const isOpenIn = ({ findings }: Diagnosis, cause: string, app: string | null): boolean =>
  findings.some((one) => isAbout(cause, app)(one) && isOpen(one));

/** Those of a cause's corrections that change the whole phone although the cause is judged per app. */
function widerIn({ causes }: Catalog, { findings }: Diagnosis, cause: string): string[] {
  const entry = causes.find(({ id }) => id === cause);
  const wide = (entry?.corrections ?? []).filter((one) => one.kind === 'automatic' && one.per === 'phone');
  const offered = findings.filter((one) => one.cause === cause).flatMap(({ corrections }) => corrections);
  return wide.filter(({ id }) => offered.some((one) => one.id === id)).map(({ id }) => id);
}

function carryOut(bench: Bench, reading: Reading, { cause, app, correction }: Step): void {
  const { catalog, phone, healthy } = bench;
  const found = catalog.causes
    .find(({ id }) => id === cause)
    ?.corrections.find((one): one is AutomaticCorrection => one.kind === 'automatic' && one.id === correction);
  if (found !== undefined) run(bench, reading, found, app);
  else actAsOwner(phone.state, healthy.state, { proves: provenBy(catalog, cause, correction) ?? [], app });
}

const keyOf = (step: Step): string => `${step.cause} ${step.app ?? ''} ${step.correction}`;

/** Does every later step, each once, and tells after which the finding was open again. */
function walkOn(
  bench: Bench,
  cause: string,
  app: string | null,
  corrected: readonly CorrectedOnce[],
): Pick<Closing, 'reopenedBy' | 'widerAfterwards'> {
  const reopenedBy: string[] = [];
  const wider = new Set<string>();
  const done = new Set<string>();
  for (let steps = 0; steps < longestWalk; steps += 1) {
    const reading = readSample(bench.phone, bench.catalog);
    const diagnosis = judge(reading, bench.catalog, { corrected });
    for (const id of widerIn(bench.catalog, diagnosis, cause)) wider.add(id);
    const next = diagnosis.steps.find((step) => !done.has(keyOf(step)) && !isAbout(cause, app)(step));
    if (next === undefined) break;
    done.add(keyOf(next));
    carryOut(bench, reading, next);
    const after = judge(readSample(bench.phone, bench.catalog), bench.catalog, { corrected });
    if (isOpenIn(after, cause, app)) reopenedBy.push(`${next.cause}: ${next.correction}`);
  }
  return { reopenedBy, widerAfterwards: [...wider] };
}

type Sample = Scenario & Required<Pick<Scenario, 'phone'>>;

/** The profile without its trouble. */
function healthyTwin(name: string): SamplePhone {
  const profile = troubles.find((one) => one.name === name)?.profile ?? (name.startsWith('users') ? 'pixel-14' : name);
  return createSample(profile.split(',')[0] ?? profile, { healthy: true });
}

function closingsOn(catalog: Catalog, { name, phone }: Sample): Closing[] {
  const reading = readSample(phone(), catalog);
  const { findings, steps } = judge(reading, catalog);
  return findings.filter(isOpen).flatMap(({ cause, app, corrections }) => {
    const entry = catalog.causes.find(({ id }) => id === cause);
    const automatic = (entry?.corrections ?? []).filter(
      (one): one is AutomaticCorrection => one.kind === 'automatic' && corrections.some(({ id }) => id === one.id),
    );
    return automatic.map((correction): Closing => {
      const bench = { catalog, phone: phone(), healthy: healthyTwin(name) };
      const before = readSample(bench.phone, catalog);
      run(bench, before, correction, app);
      const after = readSample(bench.phone, catalog);
      const isNarrow = entry?.per === 'app' && correction.per !== 'phone';
      const corrected = [{ app, cause, at: after.takenAt }];
      const walk = walkOn(bench, cause, app, corrected);
      return {
        cause,
        correction: correction.id,
        sample: name,
        app,
        isStep: steps.some((step) => isAbout(cause, app)(step) && step.correction === correction.id),
        verified: [
          verifyCorrection(correction, before, app, catalog, before),
          verifyCorrection(correction, after, app, catalog, before),
        ],
        closes: !isOpenIn(judge(after, catalog, { corrected }), cause, app),
        reopenedBy: walk.reopenedBy,
        widerAfterwards: isNarrow ? walk.widerAfterwards : [],
      };
    });
  });
}

/** Every automatic correction on every sample phone on which it is offered. */
export const closingTable = (catalog: Catalog): Closing[] =>
  scenarios.filter((one): one is Sample => one.phone !== undefined).flatMap((sample) => closingsOn(catalog, sample));
