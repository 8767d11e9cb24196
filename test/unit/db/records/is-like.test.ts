import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { isLike, searched } from '../../../../db/records/customers.ts';
import { folded } from '../../../../db/search-words.ts';

test('texts are found as folded, and only those are folded that have more than ASCII', () => {
  const db = new Database(':memory:');
  let calls = 0;
  db.function('folded', (text) => {
    calls += 1;
    return folded(String(text));
  });
  db.exec('CREATE TABLE said (text TEXT)');
  const put = db.prepare('INSERT INTO said VALUES (?)');
  for (const text of ['Adam', 'ÁDA Ünal', 'no name', 'aDa\nat home', '100%', null]) put.run(text);
  const find = (text: string): unknown[] =>
    db
      .prepare(`SELECT text FROM said WHERE ${isLike('text', '$text')}`)
      .pluck()
      .all({ text: `%${searched(text)}%` });
  expect(find('ada')).toEqual(['Adam', 'ÁDA Ünal', 'aDa\nat home']);
  expect(find('ADA')).toEqual(find('ada'));
  expect(find('ünal')).toEqual(['ÁDA Ünal']);
  expect(find('UNAL')).toEqual(['ÁDA Ünal']);
  expect(find('0%')).toEqual(['100%']);
  expect(find('a_a')).toEqual([]);
  calls = 0;
  put.run('Ōta');
  for (let count = 0; count < 100; count += 1) put.run(`Customer${count}`);
  expect(find('ota')).toEqual(['Ōta']);
  expect(calls).toBeLessThanOrEqual(3);
  db.close();
});
