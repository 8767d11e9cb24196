import type { Answer, Capture } from '../../../../../native/capture.ts';
import { keptOf } from '../../../../../native/android/reach/scan.ts';
import { androidProbes } from '../../../../../native/android/read/read.ts';
import type { SamplePhone } from '../../../../../native/samples/android/sample-phone.ts';

/** Every question of a scan, asked of a sample phone without any cable: its answers arrive whole. `allowed`: a person has said yes to what needs one. */
export function captureOfSample(phone: SamplePhone, apps: readonly string[], { allowed = false } = {}): Capture {
  const scope = { apps, userId: phone.state.currentUser };
  const answers = androidProbes
    .filter((probe) => probe.asked !== 'file' && (allowed || probe.afterYes !== true))
    .flatMap((probe): Answer[] => {
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
          output: new TextEncoder().encode(stdout),
          errors: stderr,
          exitCode,
          startedAt: '2026-11-22T18:00:00.000Z',
          durationMs: 1,
          ended: 'whole',
          detail: '',
        };
        return keptOf(probe, answer, scope.userId);
      });
    });
  return {
    platform: 'android',
    phoneId: phone.serial,
    origin: 'usb',
    startedAt: '2026-11-22T18:00:00.000Z',
    durationMs: answers.length,
    apps,
    answers,
    brokenOff: null,
  };
}
