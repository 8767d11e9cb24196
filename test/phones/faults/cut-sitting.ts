import type { SamplePhone } from '../../../native/samples/android/sample-phone.ts';
import { comparable } from '../android/comparable.ts';
import { CutSource, ProgramKilled } from './cut-source.ts';
import { Sitting } from './sitting.ts';
import { lies, type Truth } from './truth.ts';

/** A sitting at a phone whose work can be cut off at every moment. */
export class CutSitting extends Sitting {
  readonly source: CutSource;

  constructor(phone: SamplePhone, home?: string) {
    const source = new CutSource(phone);
    const place = { source, phoneId: phone.serial, clock: source.clock };
    super({ ...place, onStore: (store) => source.watchWrites(store) }, home);
    this.source = source;
  }

  /** The program is started again, and the phone is well now. */
  override openAgain(): void {
    this.source.makeWhole();
    super.openAgain();
  }

  /** What the phone really is like. */
  state(): unknown {
    return comparable(this.source.phone);
  }

  lies(truth: Truth): string[] {
    return lies(truth, this.state(), this.actions(), this.interrupted());
  }
}

export type Work = (sitting: CutSitting) => Promise<unknown>;

/** Does the work until something befalls it. Whatever is thrown then is a problem told to a person, and no fault of the program. */
export async function workUntilCut(sitting: CutSitting, works: readonly Work[]): Promise<string[]> {
  for (const work of works) {
    try {
      await work(sitting);
    } catch (error) {
      if (error instanceof ProgramKilled) return [];
      const told = error instanceof Error && 'code' in error && error.name !== 'SqliteError';
      return told ? [] : [`a fault of the program: ${String(error)}`];
    }
    if (sitting.source.state !== 'ready') return [];
  }
  return [];
}

/** Every moment of works that nothing befalls, in words. */
export async function momentsOf(
  sitting: CutSitting,
  works: readonly Work[],
  prepare: Work = () => Promise.resolve(),
): Promise<string[]> {
  await prepare(sitting);
  const begin = sitting.source.moments.length;
  for (const work of works) await work(sitting);
  const moments = sitting.source.moments.slice(begin);
  sitting.end();
  return moments;
}
