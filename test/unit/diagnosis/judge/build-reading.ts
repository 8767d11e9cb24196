import {
  emptyReading,
  isKnown,
  sectionNames,
  type Leaf,
  type Reading,
  type ReadingValues,
} from '../../../../native/reading.ts';
import { Unavailable } from '../../../../native/unavailable.ts';
import { sectionLeaves } from '../../../../native/vocabulary.ts';

export const takenAt = '2026-11-22T12:00:00.000Z';

type LooseLeaves = Record<string, unknown>;

function leavesOf(values: object): LooseLeaves {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value instanceof Unavailable
        ? { unavailable: value.reason, detail: value.detail, source: 'test' }
        : { value, source: 'test' },
    ]),
  );
}

/** A reading from plain values, all from one answer; what is not named was not read. Power marks what power changes. */
export function buildReading(values: ReadingValues, platform: Reading['platform'] = 'android'): Reading {
  const reading = emptyReading(platform, takenAt, Object.keys(values.apps ?? {}));
  for (const section of sectionNames) Object.assign(reading[section], leavesOf(values[section] ?? {}));
  for (const [app, leaves] of Object.entries(values.apps ?? {}))
    Object.assign(reading.apps[app] ?? {}, leavesOf(leaves));
  reading.answers['test'] = { probe: 'test', command: 'dumpsys test', at: takenAt, durationMs: 1, unknownLines: 0 };
  if (isKnown(reading.battery.powered) && reading.battery.powered.value) {
    for (const section of sectionNames) {
      for (const [name, schema] of Object.entries(sectionLeaves[section])) {
        const leaf = (reading[section] as Record<string, Leaf<unknown> | undefined>)[name];
        if (isKnown(leaf) && schema.meta()?.['changedByPower'] === true) leaf.underPower = true;
      }
    }
  }
  return reading;
}

/** `base` with the values of `patch` in their place, leaf by leaf. */
export function patched(base: ReadingValues, patch: ReadingValues): ReadingValues {
  const result: Record<string, unknown> = { ...base };
  for (const section of sectionNames) {
    if (patch[section] !== undefined) result[section] = { ...base[section], ...patch[section] };
  }
  const apps = Object.entries({ ...base.apps, ...patch.apps });
  result['apps'] = Object.fromEntries(apps.map(([app, leaves]) => [app, { ...base.apps?.[app], ...leaves }]));
  return result;
}
