import { parse } from 'parse5';
import { describe, expect, test } from 'vitest';
import { RecentLog } from '../../../../electron/app/program/recent-log.ts';
import {
  actAddress,
  actOf,
  crashPage,
  crashReport,
  type CrashFacts,
} from '../../../../electron/desktop/crash-report.ts';

const facts: CrashFacts = {
  version: '0.1.0',
  versions: { electron: '45.4.1', chrome: '150.0', node: '24.1.0' },
  platform: 'linux',
  arch: 'x64',
  at: new Date('2026-11-28T10:00:00Z'),
  log: ['2026-11-28T09:59:00.000Z scan of an Android phone: 812 ms'],
};
const crash = { kind: 'program', what: 'Error: R58M123ABC did not answer\n    at scan (main.js:1)' } as const;

describe('the report of a fault', () => {
  test('says what it was, of which program, after what, and not whose phone it was', () => {
    const log = new RecentLog();
    log.knowPhone({
      id: 'R58M123ABC',
      platform: 'android',
      state: 'ready',
      manufacturer: null,
      model: null,
      name: null,
      osVersion: null,
      build: null,
      securityPatch: null,
    });
    const report = crashReport(crash, facts, (text) => log.redacted(text));
    expect(report).toBe(`Phone Health Inspector 0.1.0, linux x64, electron 45.4.1, chrome 150.0, node 24.1.0
2026-11-28T10:00:00.000Z program

Error: serial-1 did not answer
    at scan (main.js:1)

2026-11-28T09:59:00.000Z scan of an Android phone: 812 ms
`);
  });
});

describe('its page', () => {
  const page = crashPage(crash, '</pre><script>alert(1)</script><img src=x onerror=alert(1)>', (text) => text, 'en');
  const html = JSON.stringify(parse(page), (key, value: unknown) => (key === 'parentNode' ? undefined : value));

  test('holds what a phone or a fault said as text alone, and may load nothing', () => {
    expect(html).not.toContain('"tagName":"script"');
    expect(html).not.toContain('"tagName":"img"');
    expect(page).toContain("default-src 'none'");
  });

  test('has an address for each thing to do, and no other address does anything', () => {
    const addresses = [...page.matchAll(/href="([^"]+)"/g)].map(([, address = '']) => address);
    expect(addresses.map(actOf)).toEqual(['again', 'save', 'quit']);
    expect(actOf(actAddress('wait'))).toBe('wait');
    expect(
      [
        'https://crash.invalid/delete',
        'https://crash.invalid/again/x',
        'https://again/',
        'https://crash.invalid/again?x',
        '',
      ].map(actOf),
    ).toEqual(Array.from({ length: 5 }, () => null));
  });

  test('is wholly in the language of the person', () => {
    const said: string[] = [];
    crashPage({ kind: 'silent', what: '' }, '', (text) => said.push(text).toString(), 'de');
    expect(said).toContain('Wait for it');
    expect(said).toContain('The window does not answer');
  });
});
