import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { countPhotos } from '../../../../../native/ios/reach/library/photo-database.ts';

let database: DatabaseSync;

beforeEach(() => {
  database = new DatabaseSync(':memory:');
});

afterEach(() => database.close());

/** Attributes of two photos that wait; the first was tried three times. */
const attributes = `
  CREATE TABLE ZADDITIONALASSETATTRIBUTES (Z_PK INTEGER PRIMARY KEY, ZUPLOADATTEMPTS INTEGER, ZORIGINALFILESIZE INTEGER);
  INSERT INTO ZADDITIONALASSETATTRIBUTES VALUES (1, 3, 2000), (2, 0, 500), (3, 0, 9000), (4, 1, 7), (5, 0, 1);`;

describe('what waits in Photos.sqlite', () => {
  test('iOS 12: ZGENERICASSET, where what is only shared is told by its saved type', () => {
    database.exec(`${attributes}
      CREATE TABLE ZGENERICASSET (Z_PK INTEGER PRIMARY KEY, ZADDITIONALATTRIBUTES INTEGER, ZCLOUDLOCALSTATE INTEGER,
        ZSAVEDASSETTYPE INTEGER, ZTRASHEDSTATE INTEGER);
      INSERT INTO ZGENERICASSET VALUES (1, 1, 0, 3, 0), (2, 2, 0, 3, 0), (3, 3, 1, 3, 0), (4, 4, 0, 4, 0), (5, 5, 0, 3, 1);`);
    expect(countPhotos(database)).toMatchObject({
      total: 3,
      synced: 1,
      waiting: 2,
      other: 0,
      failing: 1,
      waitingBytes: 2500,
    });
  });

  test('iOS 15 and later: ZASSET, where ZBUNDLESCOPE tells what belongs to the library', () => {
    database.exec(`${attributes}
      CREATE TABLE ZASSET (Z_PK INTEGER PRIMARY KEY, ZADDITIONALATTRIBUTES INTEGER, ZCLOUDLOCALSTATE INTEGER,
        ZBUNDLESCOPE INTEGER, ZTRASHEDSTATE INTEGER);
      INSERT INTO ZASSET VALUES (1, 1, 0, 0, 0), (2, 2, 4, 0, 0), (3, 3, 1, 0, 0), (4, 4, 0, 3, 0), (5, 5, 0, 0, 1);`);
    const counts = countPhotos(database);
    expect(counts).toMatchObject({ total: 3, synced: 1, waiting: 1, other: 1, failing: 1, waitingBytes: 2000 });
    expect(counts.asked).toContain('WHERE a.ZBUNDLESCOPE = 0 AND a.ZTRASHEDSTATE = 0');
  });

  // field.md C, "ZCLOUDLOCALSTATE": 2 push failed, 4 given up, in the asset and in the master, which can be given up while its asset is not.
  test('what iCloud gave up, by kind and by its last attempt, is counted once for an asset and its master', () => {
    database.exec(`
      CREATE TABLE ZADDITIONALASSETATTRIBUTES (Z_PK INTEGER PRIMARY KEY, ZLASTUPLOADATTEMPTDATE TIMESTAMP);
      INSERT INTO ZADDITIONALASSETATTRIBUTES VALUES (1, 700000000), (2, 700000100), (3, 700000900), (4, NULL), (5, 700000200);
      CREATE TABLE ZCLOUDMASTER (Z_PK INTEGER PRIMARY KEY, ZCLOUDLOCALSTATE INTEGER);
      INSERT INTO ZCLOUDMASTER VALUES (1, 4), (2, 3), (3, 3), (4, 4), (5, 2);
      CREATE TABLE ZASSET (Z_PK INTEGER PRIMARY KEY, ZADDITIONALATTRIBUTES INTEGER, ZMASTER INTEGER, ZCLOUDLOCALSTATE INTEGER,
        ZKIND INTEGER, ZBUNDLESCOPE INTEGER, ZTRASHEDSTATE INTEGER);
      INSERT INTO ZASSET VALUES (1, 1, 1, 4, 0, 0, 0), (2, 2, 2, 2, 1, 0, 0), (3, 3, 3, 1, 0, 0, 0), (4, 4, 4, 0, 0, 0, 0),
        (5, 5, 5, 0, 1, 0, 1);`);
    expect(countPhotos(database).refused).toEqual({ photos: 2, videos: 1, lastAttempt: '2023-03-08T20:28:20.000Z' });
  });

  // field.md C, "ZCLOUDLOCALSTATE": both in ZADDITIONALASSETATTRIBUTES and in the asset.
  test('what iCloud gave up is counted where the attributes of an asset say so', () => {
    database.exec(`
      CREATE TABLE ZADDITIONALASSETATTRIBUTES (Z_PK INTEGER PRIMARY KEY, ZCLOUDLOCALSTATE INTEGER);
      INSERT INTO ZADDITIONALASSETATTRIBUTES VALUES (1, 4), (2, 1);
      CREATE TABLE ZASSET (Z_PK INTEGER PRIMARY KEY, ZADDITIONALATTRIBUTES INTEGER, ZCLOUDLOCALSTATE INTEGER);
      INSERT INTO ZASSET VALUES (1, 1, 0), (2, 2, 1);`);
    expect(countPhotos(database).refused).toEqual({ photos: 1, videos: 0, lastAttempt: null });
  });

  // field.md C, "third-party uploads". Not seen on a phone yet: which column points at the configuration is looked up.
  test('uploads of iOS itself for other apps are counted by app, and unknown where no column points at one', () => {
    database.exec(`
      CREATE TABLE ZASSET (Z_PK INTEGER PRIMARY KEY, ZCLOUDLOCALSTATE INTEGER);
      CREATE TABLE ZASSETRESOURCEUPLOADJOB (Z_PK INTEGER PRIMARY KEY, ZSTATE INTEGER, ZCONFIGURATION INTEGER);
      CREATE TABLE ZASSETRESOURCEUPLOADJOBCONFIGURATION (Z_PK INTEGER PRIMARY KEY, ZBUNDLEIDENTIFIER VARCHAR);
      INSERT INTO ZASSETRESOURCEUPLOADJOBCONFIGURATION VALUES (1, 'com.google.photos'), (2, 'com.example.other');
      INSERT INTO ZASSETRESOURCEUPLOADJOB VALUES (1, 1, 1), (2, 1, 1), (3, 1, 2);`);
    expect(countPhotos(database).systemUploads).toEqual({ 'com.google.photos': 2, 'com.example.other': 1 });
    database.exec('ALTER TABLE ZASSETRESOURCEUPLOADJOB RENAME COLUMN ZCONFIGURATION TO ZOWNER');
    expect(countPhotos(database).systemUploads).toBe(null);
  });

  test('a version without attempts and sizes says so', () => {
    database.exec(
      'CREATE TABLE ZASSET (Z_PK INTEGER PRIMARY KEY, ZCLOUDLOCALSTATE INTEGER); INSERT INTO ZASSET VALUES (1, 0)',
    );
    expect(countPhotos(database)).toMatchObject({ total: 1, waiting: 1, failing: null, waitingBytes: null });
  });

  test('a database with other columns is not guessed at', () => {
    database.exec('CREATE TABLE ZASSET (Z_PK INTEGER PRIMARY KEY)');
    expect(() => countPhotos(database)).toThrow('The photo database of this iOS version has other columns.');
  });
});
