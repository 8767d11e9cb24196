import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createIphoneSource } from '../../../native/ios/reach/iphone-source.ts';
import { builtLibraryProcess } from '../../phones/ios/built-library-process.ts';
import { elapsed, type BenchRow } from '../bench-row.ts';
import { iphoneApart } from '../iphone-apart.ts';

const run = promisify(execFile);

/** What the tools of Debian can ask as well, each with what it takes to ask it. */
const values: readonly (readonly [probe: string, tool: string, ...args: string[]])[] = [
  ['identity', 'ideviceinfo', '-x'],
  ['clock', 'ideviceinfo', '-x', '-k', 'TimeIntervalSince1970'],
  ['battery', 'ideviceinfo', '-x', '-q', 'com.apple.mobile.battery'],
  ['disk-usage', 'ideviceinfo', '-x', '-q', 'com.apple.disk_usage'],
  ['backup-state', 'ideviceinfo', '-x', '-q', 'com.apple.mobile.backup'],
  ['language', 'ideviceinfo', '-x', '-q', 'com.apple.international'],
  ['account', 'ideviceinfo', '-x', '-q', 'com.apple.mobile.data_sync'],
  ['restrictions', 'ideviceinfo', '-x', '-q', 'com.apple.mobile.restriction'],
  ['find-my', 'ideviceinfo', '-x', '-q', 'com.apple.fmip'],
  ['apps', 'ideviceinstaller', '-l', '-o', 'xml'],
  ['battery-health', 'idevicediagnostics', 'ioregentry', 'AppleSmartBattery'],
];

/** The same values of one iPhone. Nothing is open before: the program's process for it runs, as after it was plugged in. */
export const iphoneScan: BenchRow = {
  id: 'iphone-scan',
  what: 'a scan of an iPhone for the values that those tools tell',
  against: 'ideviceinfo, ideviceinstaller and idevicediagnostics one after another',
  unit: 'ms',
  aim: { timesAsFast: 3 },
  runs: 5,
  begin: async () => {
    const phone = await iphoneApart({});
    const source = createIphoneSource({ env: phone.env, entry: builtLibraryProcess });
    await source.list();
    const scan = () =>
      source.capture(phone.udid, { apps: ['com.apple.mobileslideshow'], probes: values.map(([probe]) => probe) });
    return {
      pair: async () => ({
        own: await elapsed(async () => {
          const { answers } = await scan();
          if (answers.length !== values.length || answers.some(({ ended }) => ended !== 'whole'))
            throw new Error('The scan is not whole.');
        }),
        against: await elapsed(async () => {
          for (const [, tool, ...args] of values) await run(tool, args, { env: phone.env });
        }),
      }),
      end: async () => {
        await source.close();
        await phone.end();
      },
    };
  },
};
