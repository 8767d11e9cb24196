import { installedApps, isKept } from '../../../../../native/android/reach/questions.ts';
import { keptOf } from '../../../../../native/android/reach/scan.ts';
import { androidProbes, readAndroid } from '../../../../../native/android/read/read.ts';
import type { Answer, Capture } from '../../../../../native/capture.ts';
import type { Probe } from '../../../../../native/probe.ts';
import type { SamplePhone } from '../../../../../native/samples/android/sample-phone.ts';

const startedAt = '2026-11-22T18:00:00.000Z';
const encoder = new TextEncoder();

function ask(phone: SamplePhone, probe: Probe, apps: readonly string[]): Answer[] {
  const scope = { apps, userId: phone.state.currentUser };
  const asked =
    probe.per === 'phone'
      ? [{ app: null, argv: probe.command(scope) }]
      : apps.map((app) => ({ app, argv: probe.command(scope, app) }));
  return asked.map(({ app, argv }) => {
    const { stdout, stderr, exitCode } = phone.run(argv);
    const answer: Answer = {
      probe: probe.id,
      app,
      command: argv.join(' '),
      output: encoder.encode(stdout),
      errors: stderr,
      exitCode,
      startedAt,
      durationMs: 1,
      ended: 'whole',
      detail: '',
    };
    return keptOf(probe, answer, scope.userId);
  });
}

/**
 * Every question of a scan, asked of a sample phone without any cable: its answers arrive whole. As a scan does, it asks first which apps
 * there are, and then about those. `allowed`: a person has said yes to what needs one.
 */
export function captureOfSample(phone: SamplePhone, apps: readonly string[], { allowed = false } = {}): Capture {
  const captureOf = (answers: readonly Answer[]): Capture => ({
    platform: 'android',
    phoneId: phone.serial,
    origin: 'usb',
    startedAt,
    durationMs: answers.length,
    apps,
    answers,
    brokenOff: null,
  });
  const probes = androidProbes.filter((probe) => probe.asked !== 'file' && (allowed || probe.afterYes !== true));
  const first = new Map(
    probes.filter(({ asked }) => asked !== 'scan').map((probe) => [probe, ask(phone, probe, apps)] as const),
  );
  const so = readAndroid(captureOf([...first.values()].flat()));
  const installed = installedApps(so, apps);
  const alsoKept = apps.filter((app) => installed.includes(app) || isKept(so, app));
  return captureOf(
    probes.flatMap((probe) => first.get(probe) ?? ask(phone, probe, probe.alsoKept === true ? alsoKept : installed)),
  );
}
