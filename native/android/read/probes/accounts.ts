import type { Parsed, PhoneProbe } from '../../../probe.ts';
import type { Reading } from '../../../reading.ts';
import { unavailable } from '../../../unavailable.ts';
import { readUser } from '../uid.ts';

const userHeader = /^\s*User UserInfo\{(\d{1,6}):/;
const countLine = /^\s+Accounts: (\d{1,6})\s*$/;
/** The name may hold anything, even `, type=`; the type is what follows the last of them. */
const typeMark = ', type=';

function typeOf(line: string): string | null {
  const at = line.lastIndexOf(typeMark);
  const type = at < 0 ? '' : line.slice(at + typeMark.length).replace(/\}\s*$/, '');
  return /^\S{1,200}$/.test(type) ? type : null;
}

function parse(text: string, so: Reading): Parsed {
  const wantedUser = String(readUser(so));
  const types = new Set<string>();
  let inUser = false;
  let expected: number | null = null;
  let seen = 0;
  let unknownLines = 0;
  for (const line of text.split('\n')) {
    const user = userHeader.exec(line)?.[1];
    if (user !== undefined) {
      inUser = user === wantedUser;
      continue;
    }
    if (!inUser) continue;
    const count = countLine.exec(line)?.[1];
    if (count !== undefined) expected ??= Number(count);
    if (!/^\s+Account \{/.test(line)) continue;
    const type = typeOf(line);
    seen += 1;
    if (type === null) unknownLines += 1;
    else types.add(type);
  }
  const known =
    expected === null
      ? unavailable('unparsed', `The answer holds no accounts of user ${wantedUser}.`)
      : seen < expected
        ? unavailable('truncated', `${seen} of ${expected} accounts arrived.`)
        : [...types];
  return { values: { accounts: { types: known } }, unknownLines };
}

/**
 * Which types of accounts the user has: `    Account {name=…, type=com.google}` (AOSP accounts/AccountManagerService.dumpUser,
 * 26..34, real dumps of 8.1, 9, 13). Names never leave this parser.
 */
export const accounts: PhoneProbe = {
  id: 'accounts',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { accounts: ['types'] },
  command: () => ['dumpsys', 'account'],
  parse,
};
