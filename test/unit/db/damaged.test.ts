import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileName } from '../../../db/file-name.ts';
import { temporaryFolder } from './examples.ts';
import { seeded } from '../../seeded.ts';
import { allOf, filledPlace, flip, look, makeCounter, withCopy } from './damage.ts';

/** `node test/tables/damaged-stores.ts` looks at 200 places, and at everything else that becomes of a file. */
const places = 12;

describe('a store with one changed byte', () => {
  test('shows what was kept or says so, wherever the byte stands, and its backup gives everything back', async () => {
    const folder = temporaryFolder();
    await makeCounter(folder);
    const truth = allOf(folder);
    const next = seeded(15);
    let told = 0;
    for (let place = 0; place < places; place += 1) {
      const at = filledPlace(join(folder, fileName), next);
      const seen = await withCopy(folder, async (copy) => {
        flip(join(copy, fileName), at, place % 8);
        return look(copy, truth);
      });
      expect(seen, `byte ${at}`).toMatchObject({ faults: [], restored: seen.told === null ? null : true });
      if (seen.wrong > 0) expect(seen.told, `byte ${at}`).not.toBeNull();
      if (seen.told !== null) told += 1;
    }
    expect(told).toBeGreaterThan(places / 2);
  });

  test('that was cut off says so, and its backup gives everything back', async () => {
    const folder = temporaryFolder();
    await makeCounter(folder);
    const truth = allOf(folder);
    truncateSync(join(folder, fileName), 20_000);
    expect(await look(folder, truth)).toMatchObject({ told: 'damaged-database', faults: [], restored: true });
  });
});
