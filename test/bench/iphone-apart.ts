import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Faults } from '../phones/ios/faults.ts';

/** How a simulated iPhone is: its faults, and how many photos it has. */
export type IphoneTraits = Pick<Faults, 'answerDelayMs' | 'fileBytesPerSecond'> & { photos: number };

/** An iPhone in a process of its own, behind a usbmuxd. */
export interface IphoneApart {
  udid: string;
  /** For whoever is to reach it. */
  env: NodeJS.ProcessEnv;
  end(): Promise<void>;
}

export async function iphoneApart(traits: Partial<IphoneTraits>): Promise<IphoneApart> {
  const child = fork(join(import.meta.dirname, 'iphone-process.ts'), [JSON.stringify(traits)], { execArgv: [] });
  const ended = once(child, 'exit');
  const [{ address, udid }] = (await once(child, 'message')) as [{ address: string; udid: string }];
  return {
    udid,
    env: { ...process.env, USBMUXD_SOCKET_ADDRESS: address },
    end: async () => {
      child.disconnect();
      await ended;
    },
  };
}
