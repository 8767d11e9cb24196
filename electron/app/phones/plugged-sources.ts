import { AdbSource } from '../../../native/android/reach/adb-source.ts';
import { createIphoneSource } from '../../../native/ios/reach/iphone-source.ts';
import type { PhoneSource } from '../../../native/source.ts';

export interface PluggedSourcesOptions {
  env: NodeJS.ProcessEnv;
  /** Whether an adb server that had to be started goes on afterwards; default: it is ended with the program. */
  leavesAdbServer?: boolean;
}

/** Phones on the adb server and the usbmuxd that the environment names. */
export const pluggedSources = ({ env, leavesAdbServer = false }: PluggedSourcesOptions): PhoneSource[] => [
  AdbSource.fromEnvironment(env, { leavesServer: leavesAdbServer }),
  createIphoneSource({ env }),
];
