import type { SampleAnswer } from './answer.ts';
import { amCommand, monkey } from './am.ts';
import { appopsCommand, dumpAppOps } from './appops.ts';
import { cmdConnectivity, dumpConnectivity, svc } from './connectivity.ts';
import { cmdDeviceIdle, dumpDeviceIdle } from './deviceidle.ts';
import { dumpBattery } from './dumpsys-battery.ts';
import { dumpPackage } from './dumpsys-package.ts';
import { cmdPower, dumpPower } from './dumpsys-power.ts';
import { getprop } from './getprop.ts';
import { cmdJobScheduler, dumpJobScheduler } from './jobscheduler.ts';
import { logcat } from './logcat.ts';
import { cmdNetPolicy, dumpNetPolicy } from './netpolicy.ts';
import { pmCommand } from './pm.ts';
import { dumpSettings, settingsCommand } from './settings.ts';
import type { SampleState } from './state.ts';
import { dumpUsageStats } from './usagestats.ts';
import { cmdWifi, dumpWifi } from './wifi.ts';

type Command = (state: SampleState, args: readonly string[]) => SampleAnswer;

/** Programs on the phone's PATH, besides `dumpsys` and `cmd`. */
export const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['am', amCommand],
  ['appops', appopsCommand],
  ['getprop', getprop],
  ['logcat', logcat],
  ['monkey', monkey],
  ['pm', pmCommand],
  ['settings', settingsCommand],
  ['svc', svc],
]);

/** Services that answer `dumpsys NAME`. */
export const dumpServices: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['appops', dumpAppOps],
  ['battery', dumpBattery],
  ['connectivity', dumpConnectivity],
  ['deviceidle', dumpDeviceIdle],
  ['jobscheduler', dumpJobScheduler],
  ['netpolicy', dumpNetPolicy],
  ['package', dumpPackage],
  ['power', dumpPower],
  ['settings', dumpSettings],
  ['usagestats', dumpUsageStats],
  ['wifi', dumpWifi],
]);

/** Services that answer `cmd NAME …`. */
export const shellServices: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['activity', amCommand],
  ['appops', appopsCommand],
  ['battery', dumpBattery],
  ['connectivity', cmdConnectivity],
  ['deviceidle', cmdDeviceIdle],
  ['jobscheduler', cmdJobScheduler],
  ['netpolicy', cmdNetPolicy],
  ['package', pmCommand],
  ['power', cmdPower],
  ['settings', settingsCommand],
  ['wifi', cmdWifi],
]);
