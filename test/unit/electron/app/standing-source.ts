import { AndroidSampleSource } from '../../../../native/samples/android/sample-source.ts';
import type { Capture } from '../../../../native/capture.ts';
import type { Reading } from '../../../../native/reading.ts';
import type { CaptureOptions, CommandResult, PhoneList, PhoneSource } from '../../../../native/source.ts';
import { promptPace } from '../../../prompt-pace.ts';

/** Sample phones that stay as they are when an application is closed and another one opened, and that a test may unplug. */
export class StandingSource implements PhoneSource {
  readonly platform = 'android';
  readonly samples = new AndroidSampleSource({ ...promptPace, offMs: 0, startingMs: 0 });
  /** The commands of corrections, in the order in which they arrived. */
  readonly ran: string[] = [];
  unplugged = false;
  /** Another sample that answers in the place of whichever is asked, as a phone with the same serial does; null: none. */
  swappedFor: string | null = null;

  list(): Promise<PhoneList> {
    return this.unplugged ? Promise.resolve({ phones: [], troubles: [] }) : this.samples.list();
  }

  watch(onChange: (list: PhoneList) => void): () => void {
    return this.samples.watch(onChange);
  }

  async capture(phoneId: string, options: CaptureOptions): Promise<Capture> {
    const capture = { ...(await this.samples.capture(this.swappedFor ?? phoneId, options)), phoneId };
    const brokenOff = { reason: 'unplugged', detail: 'The phone was unplugged.' } as const;
    return this.unplugged ? { ...capture, answers: [], brokenOff } : capture;
  }

  read(capture: Capture): Reading {
    return this.samples.read(capture);
  }

  run(phoneId: string, argv: readonly string[]): Promise<CommandResult> {
    this.ran.push(argv.join(' '));
    return this.samples.run(this.swappedFor ?? phoneId, argv);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
