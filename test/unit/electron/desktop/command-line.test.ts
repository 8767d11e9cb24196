import { expect, test } from 'vitest';
import { startOf } from '../../../../electron/desktop/command-line.ts';

const command = (...words: string[]) => ({ is: 'command', words });
const window = { is: 'window' };

test('words behind the name of the program are a command, also a misspelt one, and questions about it are', () => {
  expect(startOf(['scan', '--from', '/tmp/a.zip'])).toEqual(command('scan', '--from', '/tmp/a.zip'));
  expect(startOf(['watch-upload', 'SERIAL'])).toEqual(command('watch-upload', 'SERIAL'));
  expect(startOf(['scann'])).toEqual(command('scann'));
  expect(startOf(['--version'])).toEqual(command('--version'));
});

test('what the installed command says is a command whatever it is', () => {
  const put = ['--no-sandbox', '--ozone-platform=headless', '--disable-gpu', '--command-line'];
  expect(startOf([...put, '--json', 'phones'])).toEqual(command('--json', 'phones'));
  expect(startOf(['--command-line'])).toEqual(command());
});

test('an AppImage is a command without a screen, and where its starter switches the sandbox off', () => {
  expect(startOf(['--ozone-platform=headless', '--disable-gpu', 'phones'])).toEqual(command('phones'));
  expect(startOf(['--no-sandbox', 'phones', '--json'])).toEqual(command('phones', '--json'));
  expect(startOf(['--no-sandbox'])).toEqual(window);
});

test('the command line has a paper printed, dated as it says', () => {
  expect(startOf(['--print-paper', '2026-11-28T12:00:00.000Z'])).toEqual({
    is: 'paper',
    madeAt: '2026-11-28T12:00:00.000Z',
  });
});

test('the window opens with nothing, with a file, with a link, and with what systems and Chromium add', () => {
  for (const words of [
    [],
    ['/home/a/bugreport.zip'],
    ['C:\\Users\\a\\phone.capture'],
    ['./phones'],
    ['--no-sandbox'],
    ['--no-sandbox', '/home/a/bugreport.zip'],
    ['--original-process-start-time=1', 'scan'],
    ['-psn_0_12345'],
  ]) {
    expect(startOf(words)).toEqual(window);
  }
});

test('nothing behind a link is a command: anybody can make one', () => {
  const link = 'phone-health://ticket/1';
  expect(startOf([link, '--command-line', 'forget', 'SERIAL', '--yes'])).toEqual(window);
  expect(startOf([link, 'forget', 'SERIAL', '--yes'])).toEqual(window);
  expect(startOf(['--no-sandbox', link, '--print-paper', ''])).toEqual(window);
});
