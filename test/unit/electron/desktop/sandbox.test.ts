import { expect, test } from 'vitest';
import { requireSandbox } from '../../../../electron/desktop/sandbox.ts';

const started = (isPackaged: boolean, ...switches: string[]) => ({
  isPackaged,
  commandLine: { hasSwitch: (name: string) => switches.includes(name) } as Electron.CommandLine,
});

test('an installed program does not start where its starter has switched the sandbox off; one in a checkout is a test', () => {
  expect(() => requireSandbox(started(true, 'no-sandbox'))).toThrow('shield itself');
  expect(() => requireSandbox(started(true))).not.toThrow();
  expect(() => requireSandbox(started(false, 'no-sandbox'))).not.toThrow();
});
