import { describe, expect, vi } from 'vitest';
import { FileExistsError } from '../../../../db/errors.ts';
import { ApplicationError, problemOf } from '../../../../electron/app/program/problem.ts';
import { finish, undo } from '../../../../electron/terminal/commands.ts';
import { exitCode, exitCodeOf } from '../../../../electron/terminal/exit-code.ts';
import { test } from '../app/application-test.ts';

const codeOf = (error: unknown): number => exitCodeOf(error, problemOf(error));

describe('the exit code of a command that could not do what was asked', () => {
  test.for([
    ['nothing-to-undo', 0],
    ['nothing-to-put-back', 0],
    ['nothing-to-finish', 0],
    ['nothing-to-correct', 0],
    ['already-undone', 0],
    ['not-agreed', 1],
    ['guided-only', 1],
    ['unknown-action', 2],
    ['unknown-customer', 2],
    ['several-phones', 2],
    ['say-yes', 2],
    ['unknown-phone', 3],
    ['unexpected', 3],
    ['scan-broke-off', 4],
  ] as const)('"%s": %i', ([code, expected]) => {
    expect(codeOf(new ApplicationError(code, 'Why.'))).toBe(expected);
  });

  test('of the store, of a phone, or by a mistake of the program: unreadable', ({ app }) => {
    const ofStore = (() => {
      try {
        return app.store.loadSnapshot(99) ?? app.store.addActionEvent(99, { kind: 'started' });
      } catch (error) {
        return error;
      }
    })();
    expect(problemOf(ofStore).code).toBe('not-found');
    expect(codeOf(ofStore)).toBe(exitCode.unreadable);
    // As of a report whose file is there.
    expect(codeOf(new FileExistsError('kept.sqlite'))).toBe(exitCode.usage);
    expect(codeOf(new TypeError('a mistake'))).toBe(exitCode.unreadable);
  });
});

test('a correction that never began was not taken, and there is nothing of it to undo', async ({
  app,
  phones,
  phoneId,
  onTestFinished,
}) => {
  const written = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write').mockReturnValue(true));
  onTestFinished(() => written.forEach((stream) => stream.mockRestore()));
  const phone = (await phones.list()).phones.find(({ id }) => id === phoneId);
  if (phone === undefined) throw new Error('the sample is not there');
  const { id } = app.store.planAction({
    phone,
    snapshot: null,
    ticket: null,
    walkthrough: null,
    cause: 'battery-optimized',
    app: 'com.google.android.apps.photos',
    correction: 'exempt-app',
    commands: ['cmd deviceidle whitelist +com.google.android.apps.photos'],
    inverse: ['cmd deviceidle whitelist -com.google.android.apps.photos'],
    before: {},
    identity: null,
    who: 'somebody',
  });
  expect(await finish(app, String(id), { json: true })).toBe(exitCode.problems);
  const undoing = await undo(app, String(id), { json: true }).catch((error: unknown) => error);
  expect(problemOf(undoing).code).toBe('nothing-to-undo');
  expect(codeOf(undoing)).toBe(exitCode.ok);
  expect(phones.ran).toEqual([]);
});
