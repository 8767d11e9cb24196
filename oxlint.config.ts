import type { OxlintConfig, OxlintOverride } from 'oxlint';

/** The folders of features, each of which may import from those before it and from none after it. */
const applicationOrder = [
  'program',
  'printing',
  'settings',
  'shell',
  'phones',
  'backups',
  'cases',
  'actions',
  'scan',
  'corrections',
  'safe-copy',
  'proof',
  'walkthrough',
  'attendance',
  'bench',
  'history',
  'tickets',
  'archive',
  'reports',
  'handover',
  'shop',
  'farewell',
];
const windowOrder = [
  'language',
  'program',
  'parts',
  'cases',
  'corrections',
  'proof',
  'result',
  'walkthrough',
  'safe-copy',
  'shop',
  'history',
  'tickets',
  'reports',
  'farewell',
  'phones',
  'settings',
  'handover',
  'bench',
  'app',
];

/** What no file of a place may import, and why. */
interface Forbidden {
  regex: string;
  message: string;
}

const place = (files: string[], patterns: Forbidden[]): OxlintOverride => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});

const windowLibraries = {
  regex: '^(react|better-sqlite3|pg|koffi|@devicefarmer/adbkit)(/|$)',
  message: 'Go through native/ or db/.',
};
const onlyDesktop = { regex: '^electron(/|$)', message: 'Only electron/desktop/ imports electron.' };
const noWindow = {
  regex: '(^|/)(renderer|test)/',
  message: 'electron/ imports nothing of the window and nothing of the tests.',
};
const application: Forbidden[] = [
  {
    regex: '(^|/)(renderer|test|desktop|browser|terminal)/',
    message: 'electron/app/ is the application itself; the three hosts import it, not the other way round.',
  },
  onlyDesktop,
  windowLibraries,
];
const window: Forbidden[] = [
  { regex: '(^|/)(native|diagnosis|db|test)/', message: 'renderer/ talks to electron/api.ts types only.' },
  {
    regex: '(^|/)electron/(api|app|browser|terminal|desktop)/',
    message: 'renderer/ talks to electron/api.ts types only.',
  },
  {
    regex: '^(electron|better-sqlite3|pg|koffi|@devicefarmer/adbkit|node:.*)(/|$)',
    message: 'renderer/ runs in a sandboxed window.',
  },
  {
    regex: '^@tabler/',
    message: 'Icons are lines of renderer/parts/icons.tsx: the package is half of all files that npm ci would write.',
  },
];

/** One place a feature: the rules of its room, and none of the features after it. */
const features = (room: string, order: string[], rules: Forbidden[]): OxlintOverride[] =>
  order.map((feature, index) => {
    const later = order.slice(index + 1);
    const upward = {
      regex: `^\\.\\./(${later.join('|')})/`,
      message: `${room}/${feature} imports no feature that comes after it; the order stands in oxlint.config.ts.`,
    };
    return place([`${room}/${feature}/**`], later.length > 0 ? [...rules, upward] : rules);
  });

const config: OxlintConfig = {
  plugins: ['typescript', 'import', 'unicorn', 'oxc', 'react', 'jsx-a11y', 'promise'],
  categories: { correctness: 'error', suspicious: 'error' },
  ignorePatterns: ['out/**', 'dist/**', 'node_modules/**'],
  env: { node: true, browser: true, es2024: true },
  rules: {
    'no-empty': ['error', { allowEmptyCatch: false }],
    'no-underscore-dangle': 'off',
    'no-shadow': 'off',
    'no-await-in-loop': 'off',
    'import/no-default-export': 'error',
    'import/no-cycle': 'error',
    'import/no-unassigned-import': 'off',
    'typescript/consistent-return': 'off',
    'typescript/no-unsafe-type-assertion': 'off',
    'react/react-in-jsx-scope': 'off',
    'promise/always-return': 'off',
    'unicorn/no-array-sort': 'off',
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'typescript/consistent-type-imports': 'error',
    'typescript/only-throw-error': 'error',
    eqeqeq: ['error', 'always'],
  },
  overrides: [
    place(
      ['native/**'],
      [
        {
          regex: '(^|/)(diagnosis|db|electron|renderer|test)/',
          message:
            'native/ knows nothing of the rooms to its right (DESIGN: phone > native > diagnosis > db > electron > renderer).',
        },
        {
          regex: '^(electron|react|better-sqlite3)(/|$)',
          message: 'native/ reaches phones only: no windows, no SQLite.',
        },
      ],
    ),
    place(
      ['diagnosis/**'],
      [
        { regex: '(^|/)(db|electron|renderer|test)/', message: 'diagnosis/ imports from native/ only.' },
        {
          regex: '(^|/)native/(android|ios|offline|samples)/',
          message: 'diagnosis/ knows readings, not how a phone is reached: import from native/*.ts.',
        },
        {
          regex: '^(electron|react|better-sqlite3|koffi|@devicefarmer/adbkit)(/|$)',
          message: 'diagnosis/ is pure: no phones, no windows, no SQLite.',
        },
      ],
    ),
    place(
      ['db/**'],
      [
        { regex: '(^|/)(electron|renderer|test)/', message: 'db/ imports from native/ and diagnosis/ only.' },
        {
          regex: '(^|/)native/(android|ios|offline|samples)/',
          message: 'db/ keeps what was read; it reaches no phone.',
        },
        { regex: '^(electron|react|koffi|@devicefarmer/adbkit)(/|$)', message: 'db/ keeps: no phones, no windows.' },
      ],
    ),
    place(['electron/**'], [noWindow, onlyDesktop, windowLibraries]),
    place(['electron/app/**', 'electron/api/**', 'electron/api.ts'], application),
    ...features('electron/app', applicationOrder, application),
    place(['electron/desktop/**'], [noWindow, windowLibraries]),
    place(['renderer/**'], window),
    ...features('renderer', windowOrder, window),
    { files: ['*.config.ts'], rules: { 'import/no-default-export': 'off' } },
  ],
};

export default config;
