import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { pasteable } from '../../../../electron/terminal/pasteable.ts';
import { plain, print, printJson, styled, tell, tellProblem } from '../../../../electron/terminal/output.ts';

afterEach(() => vi.restoreAllMocks());

function written(stream: 'stdout' | 'stderr', work: () => void): string {
  const spy = vi.spyOn(process[stream], 'write').mockReturnValue(true);
  work();
  return spy.mock.calls.map(([text]) => String(text)).join('');
}

describe('text from a phone on a terminal', () => {
  test.each([
    ['an escape sequence', '\u001b[2J', '\\u001b[2J'],
    ['an eight-bit escape', '\u009b2J', '\\u009b2J'],
    ['an Arabic letter mark', 'a\u061cb', 'a\\u061cb'],
    ['an override of the direction', '\u202egpj', '\\u202egpj'],
    ['a zero-width space and joiner', 'a\u200bb\u200dc\ufeff', 'a\\u200bb\\u200dc\\ufeff'],
    ['tag characters', 'a\u{e0041}', 'a\\u{e0041}'],
    ['invisible fillers', '\u3164\u115f\u2800', '\\u3164\\u115f\\u2800'],
    ['half a pair', 'a\ud800b', 'a\\ud800b'],
    ['a line separator', 'a\u2028b', 'a\\u2028b'],
  ])('%s becomes visible', (_what, text, shown) => {
    expect(plain(text)).toBe(shown);
    expect(written('stdout', () => print(text))).toBe(`${shown}\n`);
    expect(written('stderr', () => tell(text))).toBe(`${shown}\n`);
  });

  test.each(['Grüße', 'téléphone d’Ana', '中文', 'עברית', '❤️ 🇩🇪', 'x̂'])('%s stays as it is', (text) => {
    expect(plain(text)).toBe(text);
  });

  test('a failure in the words of adb cannot write on the terminal, nor add lines of its own', () => {
    const problem = {
      code: 'adb-refused',
      message: 'adb says: device \u001b]0;owned\u0007\nVerdict: all well',
      steps: ['unplug \u202eit'],
      details: null,
    };
    expect(written('stderr', () => tellProblem(problem))).toBe(
      'adb says: device \\u001b]0;owned\\u0007\\u000aVerdict: all well\n  unplug \\u202eit\n',
    );
  });

  test('what is told of a fault of the program cannot either', () => {
    const problem = { code: 'unexpected', message: 'x', steps: [], details: 'Error: \u001b[2J\n    at x' };
    expect(written('stderr', () => tellProblem(problem))).toBe(
      'x\n\nThis is a fault of the program (Error: \\u001b[2J\\u000a    at x).\n',
    );
  });

  test('JSON holds the same texts, and nothing that a terminal acts on', () => {
    const value = { name: 'a\u009bb\u202ec\u{e0041}\u061c "d"\n' };
    const text = written('stdout', () => printJson(value));
    expect(JSON.parse(text)).toEqual(value);
    expect(plain(text.trimEnd().replaceAll('\n', ' '))).toBe(text.trimEnd().replaceAll('\n', ' '));
  });

  test('colours of this program stay', () => {
    const bold = '\u001b[1mverdict\u001b[22m';
    expect(written('stdout', () => print(`${bold} ${styled('bold', 'x')}`))).toContain(bold);
  });
});

const wordsSeenByShell = (line: string): string[] =>
  execFileSync('sh', ['-c', line.replace('phone-health', String.raw`printf '%s\0'`)], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

describe('a line to be pasted into a shell', () => {
  test.each([
    'R5CT1234567',
    '192.168.1.7:5555',
    'x; touch /tmp/owned',
    '$(id)`id`',
    "it's",
    'a b\tc',
    '"quoted" & \\ ~ * ?',
  ])('keeps the serial %j one word', (serial) => {
    const line = pasteable('fix', [serial, 'doze'], ['--app', 'com.example']);
    expect(wordsSeenByShell(line)).toEqual(['fix', serial, 'doze', '--app', 'com.example']);
  });

  test('does not take a serial for an option', () => {
    expect(wordsSeenByShell(pasteable('fix', ['--yes', 'doze'], ['--app', 'x']))).toEqual([
      'fix',
      '--app',
      'x',
      '--',
      '--yes',
      'doze',
    ]);
  });
});
