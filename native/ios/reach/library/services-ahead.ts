import { crashMover, crashReader } from './crash-reports.ts';
import { surveyLanes } from './camera-folder.ts';
import { afc } from './files.ts';
import type { Service } from './iphone-connection.ts';
import { configuration, diagnosticsRelay, installationProxy } from './services.ts';

/** What the questions of a scan need beside lockdownd, by their first word, in the order in which they are asked. */
const needs: readonly (readonly [kind: string, services: readonly (readonly [Service, lane: number])[]])[] = [
  ['afc', [[afc, 0]]],
  ['apps', [[installationProxy, 0]]],
  ['diagnostics', [[diagnosticsRelay, 0]]],
  ['configuration', [[configuration, 0]]],
  [
    'crash',
    [
      [crashMover, 0],
      [crashReader, 0],
    ],
  ],
  ['photos', Array.from({ length: surveyLanes - 1 }, (_, lane) => [afc, lane + 1] as const)],
];

/** The services of these kinds of question. */
export const servicesAhead = (kinds: readonly string[]): readonly (readonly [Service, lane: number])[] =>
  needs.flatMap(([kind, services]) => (kinds.includes(kind) ? services : []));
