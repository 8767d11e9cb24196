import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { array, assert, constantFrom, property } from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { builtInCatalog } from '../../../../diagnosis/load/catalog.ts';
import { stepParts } from '../../../../renderer/parts/menu-path.ts';

/** `Open [Settings][Apps].`: the parts in one line, with the places of a path in square brackets. */
const drawn = (step: string): string =>
  stepParts(step)
    .map((part) => (part.kind === 'words' ? part.words : part.places.map((place) => `[${place}]`).join('')))
    .join('');
const again = (step: string): string =>
  stepParts(step)
    .map((part) => (part.kind === 'words' ? part.words : part.places.join(' > ')))
    .join('');

test.each([
  ['Plug the phone in.', 'Plug the phone in.'],
  ['Open Settings > Apps > Unused apps.', 'Open [Settings][Apps][Unused apps].'],
  [
    'Open Settings > Apps > OneDrive > Permissions > Photos and videos (Files and media before Android 13).',
    'Open [Settings][Apps][OneDrive][Permissions][Photos and videos] (Files and media before Android 13).',
  ],
  [
    'Open Settings > Privacy & Security > Photos (Privacy > Photos before iOS 16) and tap OneDrive.',
    'Open [Settings][Privacy & Security][Photos] (Privacy > Photos before iOS 16) and tap OneDrive.',
  ],
  [
    'On mobile data, open Settings > Mobile Data (Mobile Service, Cellular) > Mobile Data Options > Data Mode and choose Standard.',
    'On mobile data, open [Settings][Mobile Data (Mobile Service, Cellular)][Mobile Data Options][Data Mode] and choose Standard.',
  ],
  [
    'Open Settings > General > About, or Settings > Battery > Battery Health, and look for the cycle count.',
    'Open [Settings][General][About], or [Settings][Battery][Battery Health], and look for the cycle count.',
  ],
  [
    'On Samsung, open the Samsung Members app > Diagnostics > Battery status.',
    'On Samsung, open the [Samsung Members app][Diagnostics][Battery status].',
  ],
  [
    'Open Google Photos > your picture at the top right > Photos settings > Backup. The backup is called Backup there.',
    'Open [Google Photos][your picture at the top right][Photos settings][Backup]. The backup is called Backup there.',
  ],
  [
    'Öffnen Sie Einstellungen > Konten und Sicherung > Samsung Cloud und tippen Sie auf Galerie.',
    'Öffnen Sie [Einstellungen][Konten und Sicherung][Samsung Cloud] und tippen Sie auf Galerie.',
  ],
  [
    'Sehen Sie in den Einstellungen > Akku > Datensparmodus nach, ob er aus ist.',
    'Sehen Sie in den [Einstellungen][Akku][Datensparmodus] nach, ob er aus ist.',
  ],
  [
    'Schalten Sie unter Einstellungen > Apps (vor Android 12 Apps & Benachrichtigungen) den Schalter ein.',
    'Schalten Sie unter [Einstellungen][Apps] (vor Android 12 Apps & Benachrichtigungen) den Schalter ein.',
  ],
])('%s', (step, picture) => {
  expect(drawn(step)).toBe(picture);
  expect(again(step)).toBe(step);
});

test('no word of a step is lost, whatever it says', () => {
  const word = constantFrom(
    'Open',
    'Settings',
    ' > ',
    ' (',
    ')',
    ', ',
    '. ',
    ' and tap ',
    ' or ',
    'Apps',
    ' ',
    '{app}',
  );
  assert(
    property(array(word, { maxLength: 20 }), (words) => {
      expect(again(words.join(''))).toBe(words.join(''));
    }),
  );
});

test('in every step of the catalog a place is a name, and no sentence', () => {
  const folders = ['texts/en', 'texts/de', 'menus'].map((folder) => join(builtInCatalog, folder));
  const texts: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  for (const folder of folders) {
    for (const name of readdirSync(folder)) collect(parse(readFileSync(join(folder, name), 'utf8')));
  }
  const places = texts.flatMap(stepParts).flatMap((part) => (part.kind === 'path' ? part.places : []));
  const outsideBrackets = places.map((place) => place.replace(/ \(.*\)/, ''));
  expect(places.length).toBeGreaterThan(100);
  expect(
    outsideBrackets.filter((place) => place.length > 45 || /[.,;] |^(?:Open|Tap|Öffnen|Tippen) /.test(place)),
  ).toEqual([]);
});
