import { isDeepStrictEqual } from 'node:util';
import type { PhoneIdentity } from '../../../native/phone-identity.ts';
import { modelTitle } from '../../../native/phone-title.ts';
import { ApplicationError } from '../program/problem.ts';
import type { Question } from './question.ts';

/** Whether the phone that is there now is the one that was there before. `not-sure`: only a person can say. */
export type Sameness = 'same' | 'not-sure' | 'another';

const differs = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b;
const isSame = (a: string | null, b: string | null): boolean => a !== null && a === b;

/**
 * Compares with an earlier sitting: another maker or model is another phone; another system is an update, or another phone; and every
 * phone is started now and then, which says nothing. `kept`: null where nobody kept who it was.
 */
export function sameness(kept: PhoneIdentity | null, now: PhoneIdentity): Sameness {
  if (kept === null) return 'not-sure';
  if (differs(kept.manufacturer, now.manufacturer) || differs(kept.model, now.model)) return 'another';
  const same =
    isSame(kept.manufacturer, now.manufacturer) && isSame(kept.model, now.model) && isSame(kept.system, now.system);
  return same ? 'same' : 'not-sure';
}

/** Compares within one sitting, in which a phone is not updated; one that was started meanwhile may be another of the same kind. */
export function samenessInSitting(seen: PhoneIdentity, now: PhoneIdentity): Sameness {
  const another =
    differs(seen.manufacturer, now.manufacturer) || differs(seen.model, now.model) || differs(seen.system, now.system);
  if (another) return 'another';
  return differs(seen.boot, now.boot) ? 'not-sure' : 'same';
}

/** Compares from one command to the next. `not-sure`: the phone did not tell now what it had told before. */
export function samenessNow(attended: PhoneIdentity, now: PhoneIdentity): Sameness {
  const inSitting = samenessInSitting(attended, now);
  if (inSitting !== 'same') return 'another';
  return isDeepStrictEqual(attended, now) ? 'same' : 'not-sure';
}

const nameOf = (identity: PhoneIdentity): string =>
  modelTitle({ ...identity, name: null }) ?? 'a phone that does not tell who it is';

/** That another phone is plugged in than the one that was meant. */
export const anotherPhone = (was: PhoneIdentity | null, now: PhoneIdentity | null): ApplicationError => {
  const there = now === null ? '' : `: ${nameOf(now)}`;
  const meant = was === null || now === null || nameOf(was) === nameOf(now) ? '' : ` It was ${nameOf(was)}.`;
  return new ApplicationError(
    'another-phone',
    `Another phone with the same serial is plugged in now${there}.${meant} Nothing was run.`,
    ['Plug in the phone that is meant.', 'Where this is the one, scan it first.'],
  );
};

const rows = [
  ['manufacturer', 'Maker'],
  ['model', 'Model'],
  ['system', 'System'],
  ['boot', 'Start'],
] as const;

/** Asks whether the phone is still the same. `boot`: whether it counts that it was started since. */
function askWhether(was: PhoneIdentity | null, now: PhoneIdentity, { boot }: { boot: boolean }): Question {
  const counted = rows.filter(([key]) => boot || key !== 'boot');
  return {
    about: 'same-phone',
    title:
      was === null
        ? 'It was not kept which phone this was. Is it the one that is plugged in now?'
        : boot
          ? 'The phone was started since it was last read, or it is another one of its kind. Is it the same phone?'
          : 'The phone was updated since, or it is another one. Is it the same phone?',
    differs: counted
      .map(([key, what]) => ({ what, was: was?.[key] ?? null, is: now[key] }))
      .filter((row) => row.was !== row.is),
    phone: now,
  };
}

/**
 * What a person must say before anything is run on the phone that is there; null where there is no doubt. Throws
 * {@link ApplicationError} `another-phone`.
 */
export function phoneQuestion(kept: PhoneIdentity | null, now: PhoneIdentity): Question | null {
  const found = sameness(kept, now);
  if (found === 'another') throw anotherPhone(kept, now);
  return found === 'same' ? null : askWhether(kept, now, { boot: false });
}

/** The same for the phone as it was read last since the program was started; null: it was not. */
export function sittingQuestion(seen: PhoneIdentity | null, now: PhoneIdentity): Question | null {
  if (seen === null) return null;
  const found = samenessInSitting(seen, now);
  if (found === 'another') throw anotherPhone(seen, now);
  return found === 'same' ? null : askWhether(seen, now, { boot: true });
}
