import { answerLines, type SampleAnswer } from './answer.ts';
import { allInstalled } from './apps.ts';
import type { SampleState } from './state.ts';

const bits = { phone: 1, owner: 2 } as const;

/** `dumpsys activity mars list` of a Samsung (One UI 6.1 and 7, MARsPolicyManager.dumpMARs): the apps that it may put to sleep. */
export function sleepingApps(state: SampleState): SampleAnswer {
  const managed = allInstalled(state).filter(
    ({ app }) => !app.system || app.package.startsWith('com.google.android.apps'),
  );
  return answerLines([
    `mMARsTargetPackages --- size ${managed.length}`,
    ...managed.map(({ app, own, uid }) => {
      const why = own.asleepBy === undefined ? 0 : bits[own.asleepBy];
      const sleep = `${why === 0 ? 'N' : 'Y'}/${String(why).padStart(4)}(${why === bits.phone ? 'A' : '-'})`;
      return `-RST ${'null'.padStart(23)}-PT      0-ST  0-SC F-DT  0-DR  0-DD F-Uid ${String(uid).padStart(8)}(-)-Idle()2-maxLv 2-FAS ${sleep}-BU   0.000000-Pkg ${app.package}--(R)`;
    }),
    'mMARsRestrictedPackages --- size 0',
    '',
  ]);
}
