import { describe, expect, test } from 'vitest';
import { ApplicationError, faultOf, problemOf } from '../../../../../electron/app/program/problem.ts';
import { NativeError } from '../../../../../native/source.ts';

const faults: unknown[] = [
  new TypeError('x is not a function'),
  Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' }),
  new Error('disk', { cause: new Error('below') }),
  'a text',
];

describe('a fault of the program', () => {
  test.each(faults)('%s shows nobody where in the program it happened', (fault) => {
    const shown = JSON.stringify(problemOf(fault));
    expect(shown).not.toMatch(/\bat .*:\d+:\d+|\.ts:\d+|node:internal/);
  });

  test('is in the log with its stack, and what a person can mend is not', () => {
    expect(faultOf(new TypeError('x')).join('\n')).toContain('problem.test.ts');
    expect(faultOf(new ApplicationError('busy', 'Busy.'))).toEqual([]);
    expect(faultOf(new NativeError('gone', 'Gone.', { title: '', steps: [] }))).toEqual([]);
  });
});
