import { beforeAll, describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../diagnosis/load/catalog.ts';
import { closingTable, type Closing } from './closing-table.ts';

const catalog = loadCatalog();
let table: readonly Closing[];
beforeAll(() => {
  table = closingTable(catalog);
}, 300_000);

const told = (rows: readonly Closing[]): string[] =>
  rows.map(({ correction, sample, app }) => `${correction} on ${sample}${app === null ? '' : `, ${app}`}`);

describe('every automatic correction, on every sample phone on which it is offered', () => {
  test('is needed on a real state of some phone', () => {
    const offered = new Set(table.map(({ correction }) => correction));
    const all = catalog.causes
      .filter(({ platforms }) => platforms.includes('android'))
      .flatMap(({ corrections }) => corrections)
      .filter(({ kind, id }) => kind === 'automatic' && !/iphone|engine/.test(id))
      .map(({ id }) => id);
    expect(all.filter((id) => !offered.has(id))).toEqual([]);
  });

  test('is proven by what its commands change: not before, and then', () => {
    expect(told(table.filter(({ verified: [before, after] }) => before !== false || after !== true))).toEqual([]);
  });

  test('closes the finding that it belongs to', () => {
    expect(told(table.filter(({ closes }) => !closes))).toEqual([]);
  });

  test('keeps it closed whatever is carried out later', () => {
    expect(told(table.filter(({ reopenedBy }) => reopenedBy.length > 0))).toEqual([]);
  });

  test('is followed by nothing wider for the same cause, once it took for one app', () => {
    expect(told(table.filter(({ widerAfterwards }) => widerAfterwards.length > 0))).toEqual([]);
  });

  test('is no step of the work where it is to be chosen', () => {
    const optional = new Set(
      catalog.causes.flatMap(({ corrections }) => corrections.filter((one) => one.optional).map(({ id }) => id)),
    );
    expect(optional).toContain('exempt-app');
    expect(told(table.filter(({ correction, isStep }) => isStep && optional.has(correction)))).toEqual([]);
  });
});

test('no step says that another one lasts longer', () => {
  const steps = catalog.causes.flatMap(({ corrections, text }) =>
    corrections.filter((one) => !one.optional).map(({ id }) => text.corrections[id]?.caution ?? ''),
  );
  expect(steps.filter((caution) => /\blasts\b|longer/i.test(caution))).toEqual([]);
});
