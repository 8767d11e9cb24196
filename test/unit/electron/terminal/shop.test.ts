import { describe, expect } from 'vitest';
import { shopConnect, shopFind, shopLeave } from '../../../../electron/terminal/shop.ts';
import { inChain, pixel } from '../../db/examples.ts';
import { test } from '../app/application-test.ts';
import { ran } from './ran.ts';

const never = new AbortController().signal;
const scan = '019de2a4-3800-7000-8000-000000000003';

const ofStationB = {
  uid: scan,
  kind: 'snapshot',
  of: null,
  ticket: null,
  customer: null,
  phone: pixel.id,
  version: 1,
  at: '2026-01-01T00:00:00.000Z',
  body: JSON.stringify({ phone_json: JSON.stringify(pixel), verdict: 'Fine', label: null, note: '' }),
  words: ['pixel'],
  dictionary: null,
  diagnosis: null,
  reading: null,
  capture: null,
  shop: 1,
  station: 2,
};

describe('the commands of a chain', () => {
  test('say so where this station belongs to none', async ({ app }) => {
    const off = { code: 'shop-off', message: 'This station belongs to no chain.' };
    await expect(shopFind(app, 'ada', {}, never)).rejects.toMatchObject(off);
    await expect(shopLeave(app, {})).rejects.toMatchObject(off);
  });

  test('say what to type for a scan that is found, and that nothing is found', async ({ app }) => {
    app.store.shop.join(inChain);
    app.store.shop.takeRows([ofStationB]);
    const found = await ran(() => shopFind(app, 'pixel', {}, never));
    expect(found.stdout.split('\n')[2]).toBe(`  phone-health shop show ${scan}`);
    expect(found.stderr).toBe('');
    expect(await ran(() => shopFind(app, 'zzzz', {}, never))).toEqual({
      code: 0,
      stdout: '',
      stderr: 'Nobody and nothing is found.\n',
    });
  });

  test('say in words that a file with a connection string is not there', async ({ app, home }) => {
    await expect(shopConnect(app, { from: `${home}/nofile` }, never)).rejects.toMatchObject({
      message: `${home}/nofile: There is no such file or folder.`,
    });
  });

  test('say to give the station a prefix, where it has none', async ({ app }) => {
    const connected = app.shop.view();
    const asked: string[] = [];
    app.shop.connect = async (connection) => {
      asked.push(connection);
      return connected;
    };
    const from = `${import.meta.dirname}/shop.test.ts`;
    const advice = 'Give each station a prefix of its own in the settings';
    expect((await ran(() => shopConnect(app, { from }, never))).stderr).toContain(advice);
    app.settings.change({ stationPrefix: 'B' });
    expect((await ran(() => shopConnect(app, { from }, never))).stderr).not.toContain(advice);
    expect(asked).toHaveLength(2);
  });
});
