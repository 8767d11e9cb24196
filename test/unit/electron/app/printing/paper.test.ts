import { expect, test } from 'vitest';
import { systemSheet } from '../../../../../electron/app/printing/paper.ts';

test.for([
  ['en-US', 'letter'],
  ['fr-CA', 'letter'],
  ['de-DE', 'a4'],
  ['en-GB', 'a4'],
  ['en', 'a4'],
] as const)('the usual sheet of %s is %s', ([locale, sheet]) => {
  expect(systemSheet(locale, { LANG: `${locale.replace('-', '_')}.UTF-8` })).toBe(sheet);
});

test.runIf(process.platform === 'linux').for([{}, { LANG: 'C.UTF-8' }, { LANG: 'en_US.UTF-8', LC_ALL: 'C' }])(
  'where the system says of no country, it is A4: %j',
  (env) => {
    expect(systemSheet('en-US', env)).toBe('a4');
  },
);
