import { rmSync } from 'node:fs';
import { SamplePhone } from '../../../native/samples/android/sample-phone.ts';
import { comparable } from '../android/comparable.ts';
import { CutSource, ProgramKilled } from './cut-source.ts';
import { copyOfHome, Sitting } from './sitting.ts';
import { lies, type Truth } from './truth.ts';

/** A sitting at a phone whose work can be cut off at every moment. */
export class CutSitting extends Sitting {
  readonly source: CutSource;

  constructor(phone: SamplePhone, home?: string, now?: number) {
    const source = new CutSource(phone, now);
    const place = { source, phoneId: phone.serial, clock: source.clock };
    super({ ...place, onStore: (store) => source.watchWrites(store) }, home);
    this.source = source;
  }

  /** The program is started again, and the phone is well now. */
  override openAgain(): void {
    this.source.makeWhole();
    super.openAgain();
  }

  /** The program ends, and the phone is well now. */
  leave(): LeftBehind {
    this.source.makeWhole();
    this.store.close();
    return new LeftBehind(this.source.phone, this.home, this.source.clock.now().getTime());
  }

  /** What the phone really is like. */
  state(): unknown {
    return comparable(this.source.phone);
  }

  lies(truth: Truth): string[] {
    return lies(truth, this.state(), this.actions(), this.interrupted());
  }
}

/** A phone and a data folder as a program left them: another begins there as often as it is to, each time at a copy of both. */
export class LeftBehind {
  readonly #phone: SamplePhone;
  readonly #home: string;
  readonly #now: number;

  constructor(phone: SamplePhone, home: string, now: number) {
    this.#phone = phone;
    this.#home = home;
    this.#now = now;
  }

  begin(): CutSitting {
    return new CutSitting(new SamplePhone(this.#phone.state), copyOfHome(this.#home), this.#now);
  }

  remove(): void {
    rmSync(this.#home, { recursive: true });
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
