import { describe, expect, test } from 'vitest';
import { hibernation } from '../../../../../../native/android/read/probes/hibernation.ts';
import {
  restrictionLevel,
  restrictionLevelDump,
} from '../../../../../../native/android/read/probes/restriction-level.ts';
import { DRIVE, parsed, PHOTOS, plain, soFar, wholeAnswer } from '../parse.ts';

const level = (text: string) => {
  const { values, unknownLines } = restrictionLevel.parse(text, PHOTOS, soFar(), wholeAnswer('x', text, PHOTOS));
  return [plain(values.apps?.[PHOTOS])['restrictionLevel'], unknownLines];
};

describe('am get-bg-restriction-level of Android 14', () => {
  test('is one word', () => {
    expect(level('background_restricted\n')).toEqual(['background_restricted', 0]);
    expect(level('exempted\n')).toEqual(['exempted', 0]);
  });

  test('that is unknown to the phone is missing', () => {
    expect(level('unknown\n')).toEqual(['missing', 1]);
    expect(level('')).toEqual(['missing', 0]);
  });

  test('stands in dumpsys activity of a bug report since Android 13, for each user', () => {
    const text = `BACKGROUND RESTRICTION LEVEL SETTINGS
    #0 RestrictionLevel{845de9:${DRIVE}/10287} exempted(d) levelChange=-11h2m49s883ms effectiveExemption=SYSTEM_UID
    #1 RestrictionLevel{82f2a6e:${PHOTOS}/1010204} exempted(d)/adaptive_bucket levelChange=-11h2m42s428ms
    #2 RestrictionLevel{82f2a6f:${PHOTOS}/10204} background_restricted(u)/adaptive_bucket levelChange=-1h
`;
    const { values } = parsed(restrictionLevelDump, text, soFar());
    expect(values.apps).toEqual({
      [DRIVE]: { restrictionLevel: 'exempted' },
      [PHOTOS]: { restrictionLevel: 'background_restricted' },
    });
  });
});

const read = (text: string, so = soFar()) => {
  const { values, unknownLines } = parsed(hibernation, text, so);
  return [plain(values.apps?.[PHOTOS])['hibernated'], plain(values.apps?.[DRIVE])['hibernated'], unknownLines];
};

describe('dumpsys app_hibernation', () => {
  /** Android 13, with the stray quotes of AOSP. */
  const android13 = `User Level Hibernation States, user=0 
  UserLevelState{packageName='${PHOTOS}', hibernated=false', savedByte=0', lastUnhibernated=1970-01-01 00:00:00}
  UserLevelState{packageName='${DRIVE}', hibernated=true', savedByte=0', lastUnhibernated=2026-01-01 00:00:00}

User Level Hibernation States, user=10 
  UserLevelState{packageName='${PHOTOS}', hibernated=true', savedByte=0', lastUnhibernated=1970-01-01 00:00:00}

Global Level Hibernation States
GlobalLevelState{packageName='${PHOTOS}', hibernated=true', savedByte=0', lastUnhibernated=1970-01-01}
`;

  test('is read for the user in the foreground', () => {
    expect(read(android13)).toEqual([false, true, 0]);
    expect(read(android13, soFar({ userId: 10 }))).toEqual([true, 'missing', 0]);
  });

  test('that is something else is unparsed', () => {
    expect(read('Nothing here\n')).toEqual(['unparsed', 'unparsed', 1]);
  });
});
