import { beforeAll, describe, expect, test } from 'vitest';
import { loadCatalog, type AutomaticCorrection } from '../../../diagnosis/load/catalog.ts';
import { columns, correctionTable, type Attempt, type Behaviour, type TableRow } from './correction-table.ts';

const catalog = loadCatalog();
const all = catalog.causes.flatMap((cause) =>
  cause.corrections
    .filter((one): one is AutomaticCorrection => one.kind === 'automatic')
    .map(({ id }) => ({ cause: cause.id, id })),
);

let table: readonly TableRow[];
beforeAll(async () => {
  table = await correctionTable(catalog);
}, 300_000);

const rowOf = (cause: string, id: string): TableRow => {
  const row = table.find((one) => one.cause === cause && one.correction === id);
  if (row === undefined) throw new Error(`No row for ${id}`);
  return row;
};

const attemptsOf = (row: TableRow, behaviour: Behaviour): Attempt[] =>
  Object.values(row.cells).flatMap((cell) => cell?.attempts[behaviour] ?? []);

describe('every automatic correction, through the application and its store', () => {
  test.each(all)('$cause: $id is offered on some phone', ({ cause, id }) => {
    expect(Object.values(rowOf(cause, id).cells).filter((cell) => cell !== null)).not.toEqual([]);
  });

  test.each(all)('$cause: $id takes, and is undone to the letter where there is anything to undo', ({ cause, id }) => {
    const row = rowOf(cause, id);
    const undo = row.irreversible ? { undo: 'nothing-to-put-back', exact: null } : { undo: 'taken', exact: true };
    for (const attempt of attemptsOf(row, 'obeys')) {
      expect(attempt).toEqual({ result: 'taken', remedy: null, ...undo });
    }
  });

  test.each(all)('$cause: $id that a phone refuses is told as refused, with something to do', ({ cause, id }) => {
    for (const { result, remedy, undo } of attemptsOf(rowOf(cause, id), 'refuses')) {
      expect({ result, undo }).toEqual({ result: 'refused', undo: null });
      expect(remedy).not.toBeNull();
    }
  });

  test.each(all)('$cause: $id is unverified on a phone that is gone before the second reading', ({ cause, id }) => {
    for (const { result } of attemptsOf(rowOf(cause, id), 'vanishes')) expect(result).toBe('unverified');
  });
});

const remediesOf = (column: string) =>
  new Set(table.flatMap(({ cells }) => cells[column]?.attempts.refuses?.remedy ?? []));
const notOffered = (column: string) =>
  table.filter(({ cells }) => cells[column] === null).map(({ correction }) => correction);

describe("a maker's own refusal", () => {
  test('on a Samsung points to Auto Blocker', () => {
    expect([...remediesOf('Samsung')]).toEqual(['Look for what blocks commands over USB']);
  });

  test('of a Xiaomi as it is sold concerns settings and permissions, and nothing else', () => {
    const asSold = table.flatMap(({ correction, cells }) => {
      const attempt = cells['Xiaomi']?.attempts['as-sold'];
      return attempt === undefined ? [] : [{ correction, ...attempt }];
    });
    const refused = asSold.filter(({ result }) => result !== 'taken');
    expect(refused.map(({ correction }) => correction)).toEqual([
      'private-dns-automatic',
      'grant-internet',
      'grant-local-network',
      'grant-photos',
      'grant-all-photos',
      'grant-videos-too',
      'grant-images-too',
      'grant-notifications',
      'grant-media-location',
      'saver-stays-off',
      'lower-trigger-level',
      'automatic-time',
    ]);
    for (const { result, remedy } of refused) {
      expect({ result, remedy }).toEqual({
        result: 'refused',
        remedy: 'Switch "USB debugging (Security settings)" on',
      });
    }
  });
});

describe('the makers', () => {
  const ofIphones = ['restart-the-engine-over-usb', 'restart-iphone-over-usb'];

  test('differ only where their phones differ', () => {
    expect(columns).toEqual(['Pixel', 'Samsung', 'Xiaomi', 'Android 10', 'Android 9', 'Android 8', 'iPhone']);
    const older = ['wifi-on-while-asleep', 'grant-storage', ofIphones[0]];
    const samsung = ['wake-sleeping-app'];
    expect(notOffered('Pixel')).toEqual([
      ...older,
      ...samsung,
      'saver-stays-off-pie',
      'exempt-app-samsung',
      ofIphones[1],
    ]);
    expect(notOffered('Xiaomi')).toEqual([
      ...older,
      ...samsung,
      'saver-stays-off-pie',
      'exempt-app-samsung',
      ofIphones[1],
    ]);
    expect(notOffered('Samsung')).toEqual([
      ...older,
      'bucket-active-from-restricted',
      'saver-stays-off',
      'saver-stays-off-pie',
      'exempt-app',
      ofIphones[1],
    ]);
    const offered = table.filter(({ cells }) => cells['iPhone'] !== null).map(({ correction }) => correction);
    expect(offered).toEqual(ofIphones);
  });
});
