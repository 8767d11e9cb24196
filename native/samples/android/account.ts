import { answerLines, type SampleAnswer } from './answer.ts';
import type { SampleState } from './state.ts';
import { wallTime } from './time-text.ts';

/** `dumpsys account` (AOSP AccountManagerService.dumpUser). */
export function dumpAccount(state: SampleState): SampleAnswer {
  return answerLines(
    state.users.flatMap((user) => {
      const accounts = state.accounts.filter((account) => account.userId === user.id);
      return [
        `User UserInfo{${user.id}:${user.name}:${user.flags}}:`,
        `  Accounts: ${accounts.length}`,
        ...accounts.map(({ name, type }) => `    Account {name=${name}, type=${type}}`),
        '  ',
        '  AccountId, Action_Type, timestamp, UID, TableName, Key',
        '  Accounts History',
        ...accounts.map(
          ({ addedAgoMs, addedByUid }, index) =>
            `  ${index + 1},action_account_add,${wallTime(state, addedAgoMs)},${addedByUid},accounts,${index}`,
        ),
        '  ',
        '  Active Sessions: 0',
        '',
      ];
    }),
  );
}
