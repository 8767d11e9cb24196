import { expect, test } from 'vitest';
import type { Capture } from '../../../../../native/capture.ts';
import { isPlistDict, readPlist, writeBinaryPlist, type PlistValue } from '../../../../../native/ios/read/plist.ts';
import { readIos } from '../../../../../native/ios/read/read.ts';
import { isKnown, sectionNames, type Leaf, type Reading } from '../../../../../native/reading.ts';
import { sampleIphones } from '../../../../../native/samples/ios/sample-iphones.ts';
import { captureOfIphone } from '../../../diagnosis/judge/read-iphone.ts';
import { googlePhotos, photosApp } from './parse.ts';

const now = new Date('2026-11-22T12:00:00.000Z');

/** Every leaf that is known, by its path. */
function known(reading: Reading): Map<string, string> {
  const groups: [string, Record<string, Leaf<unknown>>][] = [
    ...sectionNames.map((section): [string, Record<string, Leaf<unknown>>] => [section, reading[section]]),
    ...Object.entries(reading.apps),
  ];
  const leaves = groups.flatMap(([group, values]) =>
    Object.entries(values).map(([leaf, value]): [string, Leaf<unknown>] => [`${group}/${leaf}`, value]),
  );
  return new Map(leaves.flatMap(([path, leaf]) => (isKnown(leaf) ? [[path, JSON.stringify(leaf.value)]] : [])));
}

/** A value of another type, as a damaged file might hold it. */
const otherType = (value: PlistValue): PlistValue => (typeof value === 'string' ? 7 : 'true');

/** The list with one value at a time of another type, and where that value was. */
function changes(value: PlistValue, path = ''): [string, PlistValue][] {
  const here: [string, PlistValue][] = [
    [typeof value === 'boolean' ? `${path} ${String(value)}` : path, otherType(value)],
  ];
  if (Array.isArray(value)) {
    const inner = value.flatMap((item, at) =>
      changes(item, `${path}.#`).map(([where, changed]): [string, PlistValue] => [where, value.with(at, changed)]),
    );
    return [...here, ...inner];
  }
  if (!isPlistDict(value)) return here;
  const inner = Object.entries(value).flatMap(([key, item]) =>
    changes(item, `${path}.${key}`).map(([where, changed]): [string, PlistValue] => [
      where,
      { ...value, [key]: changed },
    ]),
  );
  return [...here, ...inner];
}

const seen = new Set<string>();

/** Each place is changed once in each probe's answers, in the scenario that first has it with this flag; other values differ in nothing here. */
function wrongValues(capture: Capture): string[] {
  const before = known(readIos(capture));
  return capture.answers.flatMap((answer, at) => {
    const plist = readPlist(answer.output);
    if (!plist.ok) return [];
    return changes(plist.value).flatMap(([where, changed]) => {
      const id = `${answer.probe}${where}`;
      if (seen.has(id)) return [];
      seen.add(id);
      const answers = capture.answers.with(at, { ...answer, output: writeBinaryPlist(changed) });
      const after = known(readIos({ ...capture, answers }));
      return [...after].flatMap(([leaf, value]) =>
        before.get(leaf) === value ? [] : [`${id}: ${leaf} ${before.get(leaf) ?? 'unknown'} → ${value}`],
      );
    });
  });
}

test('a value of another type leaves every leaf as it was, or unknown', async () => {
  const wrong: string[] = [];
  for (const { create } of sampleIphones) {
    wrong.push(...wrongValues(await captureOfIphone(create(now), [googlePhotos, photosApp], now)));
  }
  expect([...new Set(wrong)]).toEqual([]);
});
