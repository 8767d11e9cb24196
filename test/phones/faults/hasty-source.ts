import type { Capture } from '../../../native/capture.ts';
import type { CaptureOptions, PhoneSource } from '../../../native/source.ts';

/**
 * A source whose captures have `shortMs` where they are given `deadlineMs`. All that they are given is kept, so that a test that runs into
 * a deadline knows which one.
 */
export function hastySource(
  source: PhoneSource,
  deadlineMs: number,
  shortMs: number,
): { source: PhoneSource; given: number[] } {
  const short = (ms: number): number => (ms === deadlineMs ? shortMs : ms);
  const given: number[] = [];
  const capture = (phoneId: string, options: CaptureOptions): Promise<Capture> => {
    const { scanDeadlineMs, probeDeadlineMs } = options;
    if (scanDeadlineMs !== undefined) given.push(scanDeadlineMs);
    return source.capture(phoneId, {
      ...options,
      ...(scanDeadlineMs === undefined ? {} : { scanDeadlineMs: short(scanDeadlineMs) }),
      ...(probeDeadlineMs === undefined ? {} : { probeDeadlineMs: short(probeDeadlineMs) }),
    });
  };
  const hasty = new Proxy(source, {
    get: (target, name) => {
      if (name === 'capture') return capture;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { source: hasty, given };
}
