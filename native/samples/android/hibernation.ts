import { answerLines, thrown, unknownCommand, type SampleAnswer } from './answer.ts';
import type { SampleState } from './state.ts';
import { phoneNow } from './time-text.ts';

/** `dumpsys app_hibernation` (Android 12 and later). The stray quotes are AOSP's own (UserLevelState.toString). */
export function dumpHibernation(state: SampleState): SampleAnswer {
  return answerLines(
    state.users.flatMap((user) => [
      `User Level Hibernation States, User ${user.id}`,
      ...state.apps.flatMap((app) => {
        const own = app.users.find((copy) => copy.userId === user.id && copy.installed);
        if (!own) return [];
        const last = phoneNow(state) - own.standby.usedAgoMs;
        return [
          `  UserLevelState{packageName='${app.package}', hibernated=${own.hibernated}', savedByte=0', lastUnhibernated=${last}}`,
        ];
      }),
      '',
    ]),
  );
}

/** `cmd app_hibernation`: the shell lacks MANAGE_APP_HIBERNATION. */
export function cmdHibernation(_state: SampleState, args: readonly string[]): SampleAnswer {
  const [verb] = args;
  if (verb !== 'get-state' && verb !== 'set-state') return unknownCommand(verb);
  return thrown(
    verb,
    'java.lang.SecurityException: Caller does not have MANAGE_APP_HIBERNATION permission.: Neither user 2000 nor current process has android.permission.MANAGE_APP_HIBERNATION.',
  );
}
