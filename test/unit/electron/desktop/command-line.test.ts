import { expect, test } from 'vitest';
import { commandLineIn } from '../../../../electron/desktop/command-line.ts';

test('words behind the name of the program are a command, also a misspelt one, and questions about it are', () => {
  expect(commandLineIn(['scan', '--from', '/tmp/a.zip'])).toEqual(['scan', '--from', '/tmp/a.zip']);
  expect(commandLineIn(['watch-upload', 'SERIAL'])).toEqual(['watch-upload', 'SERIAL']);
  expect(commandLineIn(['scann'])).toEqual(['scann']);
  expect(commandLineIn(['--version'])).toEqual(['--version']);
});

test('what the installed command says is a command whatever it is', () => {
  expect(commandLineIn(['--ozone-platform=headless', '--command-line', '--json', 'phones'])).toEqual([
    '--json',
    'phones',
  ]);
  expect(commandLineIn(['--command-line'])).toEqual([]);
});

test('the window opens with nothing, with a file, with a link, and with what systems and Chromium add', () => {
  for (const words of [
    [],
    ['/home/a/bugreport.zip'],
    ['C:\\Users\\a\\phone.capture'],
    ['./phones'],
    ['--no-sandbox'],
    ['--original-process-start-time=1', 'scan'],
    ['-psn_0_12345'],
  ]) {
    expect(commandLineIn(words)).toBeNull();
  }
});

test('nothing behind a link is a command: anybody can make one', () => {
  expect(commandLineIn(['phone-health://ticket/1', '--command-line', 'forget', 'SERIAL', '--yes'])).toBeNull();
  expect(commandLineIn(['phone-health://ticket/1', 'forget', 'SERIAL', '--yes'])).toBeNull();
});
