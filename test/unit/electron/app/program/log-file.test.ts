import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test as plain } from 'vitest';
import { LogFile, logFolder } from '../../../../../electron/app/program/log-file.ts';

const test = plain.extend('home', ({ onTestFinished }) => {
  const home = mkdtempSync(join(tmpdir(), 'phone-health-log-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  return home;
});

const at = new Date('2026-11-28T10:00:00Z');
const contents = (home: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(logFolder(home))
      .toSorted()
      .map((name) => [name, readFileSync(join(logFolder(home), name), 'utf8')]),
  );

describe('the log of a data folder', () => {
  test('has a line for each entry, with its moment, whatever the entry quotes', ({ home }) => {
    const log = new LogFile(home);
    log.add('scan of an iPhone: 12 ms', at);
    log.add('fault\n2026-01-01T00:00:00.000Z made up', at);
    expect(contents(home)).toEqual({
      'phone-health.log':
        '2026-11-28T10:00:00.000Z scan of an iPhone: 12 ms\n2026-11-28T10:00:00.000Z fault 2026-01-01T00:00:00.000Z made up\n',
    });
  });

  test('goes on where a former run has left it', ({ home }) => {
    new LogFile(home).add('first', at);
    new LogFile(home).add('second', at);
    expect(contents(home)['phone-health.log']).toMatch(/first\n.*second\n$/s);
  });

  test('can be read by its owner alone', { skip: process.platform === 'win32' }, ({ home }) => {
    new LogFile(home).add('first', at);
    expect(statSync(logFolder(home)).mode & 0o777).toBe(0o700);
    expect(statSync(join(logFolder(home), 'phone-health.log')).mode & 0o777).toBe(0o600);
  });

  test('keeps four files at most, the oldest go', ({ home }) => {
    // Each line is 27 bytes with its moment.
    const log = new LogFile(home, { largest: 60 });
    for (let line = 1; line <= 11; line += 1) log.add(String(line).padStart(2), at);
    const lines = Object.fromEntries(
      Object.entries(contents(home)).map(([name, text]) => [name, text.match(/\d+(?=\n)/g)?.map(Number)]),
    );
    expect(lines).toEqual({
      'phone-health.log': [11],
      'phone-health.1.log': [9, 10],
      'phone-health.2.log': [7, 8],
      'phone-health.3.log': [5, 6],
    });
  });

  test('ends where the disk takes nothing more, and nothing else does', ({ home }) => {
    writeFileSync(logFolder(home), 'a file stands where the folder belongs');
    const log = new LogFile(home);
    expect(log.add('first', at)).toBe(false);
    rmSync(logFolder(home));
    mkdirSync(logFolder(home));
    expect(log.add('second', at)).toBe(false);
    expect(contents(home)).toEqual({});
  });
});
