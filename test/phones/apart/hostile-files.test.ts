import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, rm, symlink, watch, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { jsonHasMoreValuesThan } from '../../../native/offline/json-values.ts';
import { readFileCapture } from '../../../native/offline/open-file.ts';
import { readFileApart } from '../../../native/offline/read-apart.ts';
import { runInSmallProcess } from './small-process.ts';
import { found, folderOf, scope, troubleOf } from '../../unit/native/offline/folder.ts';
import { writeBackup } from '../../unit/native/offline/sample-backup.ts';
import { buildZip } from '../../unit/native/offline/zip-builder.ts';

const mebibyte = 1_048_576;
const beginning = '== dumpstate: 2025-12-09 17:04:14\n';

function recorded(json: string): Buffer {
  const heading = Buffer.from('phone-health-capture 1\n');
  const frame = Buffer.alloc(8);
  frame.writeUInt32LE(0x184d2a50, 0);
  frame.writeUInt32LE(heading.length, 4);
  return Buffer.concat([frame, heading, zstdCompressSync(json)]);
}

const document = (answers: string): string =>
  `{"format":"phone-health-capture","version":1,"platform":"android","phoneId":"x","origin":"x","startedAt":"2026-01-01T00:00:00Z","durationMs":1,"apps":[],"answers":[${answers}],"brokenOff":null}`;
const answer =
  '{"probe":"battery","app":null,"command":"x","text":"","errors":"","exitCode":0,"startedAt":"x","durationMs":1,"ended":"whole","detail":""}';

describe('a small file that unpacks to a large one', () => {
  test('a recorded capture of a few kilobytes with half a million answers costs no memory', async () => {
    const folder = await folderOf({ 'phone.capture': recorded(document(`${answer},`.repeat(500_000) + answer)) });
    const { printed, status } = runInSmallProcess(
      `const { readFileCapture } = await import(process.cwd() + '/native/offline/open-file.ts');
       const trouble = await readFileCapture(process.env.FILE, { apps: { android: [], ios: [] } }).catch((error) => error);
       console.log(trouble.code);`,
      192,
      { FILE: join(folder, 'phone.capture') },
    );
    expect({ printed, status }).toEqual({ printed: 'capture-too-large', status: 0 });
  });

  test('a zip is refused by its list of contents, before anything is unpacked', async () => {
    const content = Buffer.concat([Buffer.from(beginning), Buffer.alloc(24 * mebibyte, '-\n')]);
    const zip = buildZip([{ name: 'bugreport-x.txt', content }]);
    expect(zip.length).toBeLessThan(100_000);
    // Where anything were unpacked, its wrong checksum would be told instead.
    const unreadable = buildZip([{ name: 'bugreport-x.txt', content, checksum: 1 }]);
    const folder = await folderOf({ 'a.zip': zip, 'b.zip': unreadable });
    for (const name of ['a.zip', 'b.zip']) {
      expect(await troubleOf(readFileCapture(join(folder, name), scope))).toBe('zip-bomb');
    }
  });

  test('lines are counted: what holds more than any report is given up', async () => {
    const folder = await folderOf({ 'report.txt': beginning + '\n'.repeat(10_000_001) });
    expect(await troubleOf(readFileCapture(join(folder, 'report.txt'), scope))).toBe('file-too-many-lines');
  });

  test('a genuine report of 200 MiB is read whole', async () => {
    const rule = `${'-'.repeat(79)}\n`;
    const line = '  a line of a service that no probe reads, as long as lines of a report usually are: 0123456789\n';
    const battery = `${rule}DUMP OF SERVICE battery:\nCurrent Battery Service state:\n  level: 84\n--------- 0.001s was the duration of dumpsys battery, ending at: 2025-12-09 17:04:16\n`;
    const content = Buffer.concat([
      Buffer.from(`${beginning}${rule}DUMP OF SERVICE media.camera:\n`),
      Buffer.alloc(200 * mebibyte, line),
      Buffer.from(`\n${battery}`),
    ]);
    const folder = await folderOf({ 'bugreport.txt': content });
    const { capture } = await readFileCapture(join(folder, 'bugreport.txt'), scope);
    expect(found(capture)).toContain('battery: dumpsys battery, whole');
  });
});

describe('values of a JSON document are counted without making them', () => {
  test.each([
    ['[]', 1],
    ['{"a":[1,2,{}]}', 5],
    ['["a,b[{\\"}",","]', 2],
    ['"\\\\",1', 1],
  ])('%s', (json, values) => {
    expect(jsonHasMoreValuesThan(Buffer.from(json), values - 1)).toBe(true);
    expect(jsonHasMoreValuesThan(Buffer.from(json), values)).toBe(false);
  });
});

const photosPath = 'Media/PhotoData/Photos.sqlite';
const copyOf = (folder: string, path: string, domain = 'CameraRollDomain'): string => {
  const fileId = createHash('sha1').update(`${domain}-${path}`).digest('hex');
  return join(folder, fileId.slice(0, 2), fileId);
};
const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT';

const plain = (database: DatabaseSync): void =>
  database.exec('CREATE TABLE ZASSET (ZCLOUDLOCALSTATE INTEGER); INSERT INTO ZASSET VALUES (0)');

describe('a hostile backup of an iPhone', () => {
  const accounts = { domain: 'HomeDomain', path: 'Library/TCC/TCC.db' };
  const withFiles = async (photos: (database: DatabaseSync) => void): Promise<string> => {
    const folder = join(await folderOf(), 'backup');
    await writeBackup(folder, {
      entries: [
        { domain: 'CameraRollDomain', path: photosPath, content: photos },
        {
          ...accounts,
          content: (database) => {
            database.exec('CREATE TABLE access (service TEXT, client TEXT, auth_value INTEGER)');
            database.exec("INSERT INTO access VALUES ('kTCCServicePhotos', 'com.google.photos', 2)");
          },
        },
      ],
    });
    return folder;
  };
  test('a view that never ends costs only its own answer', async () => {
    const folder = await withFiles((database) =>
      database.exec(`CREATE VIEW ZASSET AS ${endless} i AS ZCLOUDLOCALSTATE FROM n`),
    );
    const { capture } = await readFileApart(folder, scope);
    expect(found(capture)).toContain(`photo-library: backup CameraRollDomain ${photosPath}, truncated`);
    expect(found(capture)).toContain('backup-permissions: backup HomeDomain Library/TCC/TCC.db, whole');
  });

  test('a view in place of the index is told as damage', async () => {
    const folder = await withFiles(plain);
    await rm(join(folder, 'Manifest.db'));
    const index = new DatabaseSync(join(folder, 'Manifest.db'));
    index.exec(
      `CREATE VIEW Files AS ${endless} i AS fileID, i AS domain, i AS relativePath, i AS flags, i AS file FROM n`,
    );
    index.close();
    expect(await troubleOf(readFileApart(folder, scope))).toBe('backup-damaged');
  });

  test.each([
    ['a link to a device', (path: string) => symlink('/dev/zero', path)],
    ['a link out of the folder', (path: string) => symlink('/etc/passwd', path)],
    ['a pipe', (path: string) => Promise.resolve(execFileSync('mkfifo', [path]))],
    ['a folder', (path: string) => mkdir(path)],
  ])('%s in place of a copy is named and not followed', async (_what, put) => {
    const folder = await withFiles(plain);
    const copy = copyOf(folder, 'Library/TCC/TCC.db', 'HomeDomain');
    await rm(copy);
    await put(copy);
    const { capture } = await readFileApart(folder, scope);
    const told = capture.answers.find(({ probe }) => probe === 'backup-permissions');
    expect(told).toMatchObject({
      ended: 'truncated',
      detail: expect.stringContaining('is a link, a pipe or a folder'),
    });
    expect(found(capture)).toContain(`photo-library: backup CameraRollDomain ${photosPath}, whole`);
  });

  test('a folder of copies that is a link out of the backup is not followed', async () => {
    const folder = await withFiles(plain);
    const parent = join(copyOf(folder, photosPath), '..');
    await rm(parent, { recursive: true });
    await symlink(await folderOf(), parent);
    const { capture } = await readFileApart(folder, scope);
    expect(found(capture)).toContain(`photo-library: backup CameraRollDomain ${photosPath}, truncated`);
  });

  test.each(['Info.plist', 'Manifest.db'])(
    'a pipe in place of %s is no backup, and nobody waits for it',
    async (name) => {
      const folder = await withFiles(plain);
      await rm(join(folder, name));
      execFileSync('mkfifo', [join(folder, name)]);
      expect(await troubleOf(readFileApart(folder, scope))).toBe('not-recognised');
    },
  );

  test('a Photos.sqlite of 3 GB is asked where it lies, and never read into memory', async () => {
    const folder = await withFiles(plain);
    const copy = copyOf(folder, photosPath);
    // A sparse file: SQLite reads the pages that it needs, and what follows the last page is nobody's.
    await writeFile(copy, '', { flag: 'a' });
    execFileSync('truncate', ['-s', '3G', copy]);
    const { capture } = await readFileApart(folder, scope);
    expect(found(capture)).toContain(`photo-library: backup CameraRollDomain ${photosPath}, whole`);
  });
});

describe('the process that reads a file', () => {
  const entry = join(import.meta.dirname, 'stuck-process.ts');

  test('is ended where it gives no sign of life, and a file within a backup costs only itself', async () => {
    const folder = await folderOf();
    const { capture } = await readFileApart(folder, scope, { entry, silenceMs: 1500 });
    expect(capture.origin).toBe('gave up on: Photos.sqlite');
  });

  test('is ended at once when the reading is cancelled, also in the middle of a call', async () => {
    const stop = new AbortController();
    const folder = await folderOf();
    const reading = readFileApart(folder, { ...scope, signal: stop.signal }, { entry });
    for await (const { filename } of watch(folder)) if (filename === 'stuck') break;
    stop.abort(new Error('stopped by hand'));
    await expect(reading).rejects.toThrow('stopped by hand');
  });
});
