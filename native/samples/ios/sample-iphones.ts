import { createIphone } from './create-iphone.ts';
import type { SampleIphone } from './iphone.ts';
import { scenarios } from './scenarios.ts';

/** An iPhone to try the program with, or to test it against. */
export interface SampleScenario {
  readonly id: string;
  /** For people: what is the matter. */
  readonly title: string;
  /** A new phone in this state. `now` is the true time and decides all dates. */
  readonly create: (now?: Date) => SampleIphone;
  /** Paths of the reading that {@link correct} changes; empty where there is none. */
  readonly shows: readonly string[];
  /**
   * What the owner does on the phone to put it right; absent where nothing is wrong or nothing helps at once.
   * Returns the Darwin notifications that the phone then posts.
   */
  readonly correct?: (iphone: SampleIphone, now?: Date) => readonly string[];
}

/** Every sample iPhone; each `create` gives a new one. */
export const sampleIphones: readonly SampleScenario[] = scenarios.map(
  ({ id, title, model, trouble, shows = [], correct }, index) => ({
    id,
    title,
    create(now = new Date()) {
      const iphone = createIphone(model, index + 1, now);
      trouble?.(iphone, now);
      return iphone;
    },
    shows,
    ...(correct === undefined ? {} : { correct: (iphone: SampleIphone, now = new Date()) => correct(iphone, now) }),
  }),
);

/** The scenario with this id; throws a RangeError for an unknown one. */
export function sampleIphone(id: string): SampleScenario {
  const found = sampleIphones.find((scenario) => scenario.id === id);
  if (found === undefined) throw new RangeError(`There is no sample iPhone "${id}"`);
  return found;
}
