import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { judge } from '../../../../diagnosis/judge/judge.ts';
import type { ReadingValues } from '../../../../native/reading.ts';
import { unavailable } from '../../../../native/unavailable.ts';
import { buildReading, patched } from './build-reading.ts';
import { galleryApp, healthyPhone, healthySamsung, photosApp } from './healthy-phone.ts';

const catalog = loadCatalog();
const verdict = (patch: ReadingValues, on = healthyPhone) => judge(buildReading(patched(on, patch)), catalog).verdict;

describe('the verdict', () => {
  test.each<{ what: string; patch: ReadingValues; sentence: string }>([
    {
      what: 'a phone without a network, which is one cause and its effect',
      patch: { network: { airplaneMode: true, connected: false, validated: false } },
      sentence: 'Airplane mode is on, so nothing is uploaded; 1 more thing needs attention.',
    },
    {
      what: 'an app that is held back',
      patch: { apps: { [photosApp]: { exempt: false } } },
      sentence: 'Google Photos is not exempt from battery optimisation, so uploads come late.',
    },
    {
      what: 'a cause that says itself what it does',
      patch: { power: { saverBeforePower: true } },
      sentence: 'Battery saver was on while the phone ran on its battery, so uploads wait for the charger.',
    },
    {
      what: 'a risk',
      patch: { apps: { [photosApp]: { notifications: false } } },
      sentence: 'Google Photos may not show notifications, so uploads may stop.',
    },
    {
      what: 'what is only possible',
      patch: { dataPolicy: { dataSaver: true }, apps: { [photosApp]: { inVpn: true } } },
      sentence:
        'Data Saver is on and Google Photos is not exempt from it, which may hold uploads back; 1 more thing is worth a look.',
    },
    {
      what: 'what is worth knowing and no more',
      patch: { system: { bootedAgoMs: 5_000_000_000 } },
      sentence: 'Nothing was found that keeps photos from being backed up; 2 are left to look up by hand.',
    },
    {
      what: 'a healthy phone that did not answer everything',
      patch: { battery: { level: unavailable('timeout', 'No answer.') } },
      sentence:
        'Nothing was found that keeps photos from being backed up; 1 check could not be read and 2 are left to look up by hand.',
    },
  ])('on $what', ({ patch, sentence }) => {
    expect(verdict(patch)).toBe(sentence);
  });

  test('counts a cause once, however many apps it has', () => {
    const both = {
      [photosApp]: { notifications: false, stopped: true },
      [galleryApp]: { notifications: false },
    };
    expect(verdict({ apps: both }, healthySamsung)).toBe(
      'Google Photos was stopped and not opened since, so nothing is uploaded; 1 more thing needs attention.',
    );
  });

  test('starts with a symptom only where nothing else is open, and then says that it is the app', () => {
    expect(verdict({ apps: { [photosApp]: { sentBytes24h: 10 } } })).toBe(
      'Every setting of this phone that could be read is right, and yet Google Photos sends nothing, so the reason lies in the app, its account or its service and not in the phone.',
    );
    expect(verdict({ apps: { [photosApp]: { sentBytes24h: 10, exempt: false } } })).toMatch(
      /^Google Photos is not exempt/,
    );
  });

  test('does not call a phone fine that said nothing', () => {
    expect(judge(buildReading({ apps: { [photosApp]: {} } }), catalog).verdict).toBe(
      'Nothing could be judged, because nothing that was read tells about the settings that matter.',
    );
  });
});
