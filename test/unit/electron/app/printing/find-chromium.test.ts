import { expect, test } from 'vitest';
import { chromiumPlaces, findChromium } from '../../../../../electron/app/printing/find-chromium.ts';

test('the browser that somebody names is the only one that is asked', () => {
  const env = { PHONE_HEALTH_CHROMIUM: '/opt/own/browser', PATH: '/usr/bin' };
  expect(chromiumPlaces(env, 'linux')).toEqual(['/opt/own/browser']);
  expect(findChromium(env)).toBeNull();
});

test('on Linux it is one of the PATH, the one without windows first', () => {
  const places = chromiumPlaces({ PATH: '/usr/local/bin:/usr/bin' }, 'linux');
  expect(places.slice(0, 3)).toEqual([
    '/usr/local/bin/chromium-headless-shell',
    '/usr/bin/chromium-headless-shell',
    '/usr/local/bin/chromium',
  ]);
  expect(places).toContain('/usr/bin/google-chrome');
  expect(places).toContain('/usr/bin/microsoft-edge');
});

test('on Windows and macOS it is where their installers put it', () => {
  const windows = {
    PROGRAMFILES: String.raw`C:\Program Files`,
    'PROGRAMFILES(X86)': String.raw`C:\Program Files (x86)`,
  };
  expect(chromiumPlaces(windows, 'win32')).toEqual(
    expect.arrayContaining([
      String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
      String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
    ]),
  );
  expect(chromiumPlaces({ HOME: '/Users/jo', PATH: '' }, 'darwin')).toEqual(
    expect.arrayContaining([
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Users/jo/Applications/Chromium.app/Contents/MacOS/Chromium',
    ]),
  );
});

test('nothing is found where there is none', () => {
  expect(findChromium({ PATH: '/nowhere' })).toBeNull();
});
