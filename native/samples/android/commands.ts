import { answerLines, SILENT, type SampleAnswer } from './answer.ts';
import { dumpAccount } from './account.ts';
import { amCommand, monkey } from './am.ts';
import { findInstalled } from './apps.ts';
import { appopsCommand, dumpAppOps } from './appops.ts';
import { cat } from './boot-id.ts';
import { cmdAlarm, cmdTimeDetector, date, dumpNetworkTime, dumpTimeDetector, uptime } from './clock.ts';
import { content } from './content.ts';
import { cmdConnectivity, dumpConnectivity, svc } from './connectivity.ts';
import { dumpDevicePolicy, dumpUser } from './device-policy.ts';
import { cmdDeviceIdle, dumpDeviceIdle } from './deviceidle.ts';
import { dumpBattery } from './dumpsys-battery.ts';
import { cmdContent, dumpContent } from './dumpsys-content.ts';
import { dumpPackage } from './dumpsys-package.ts';
import { cmdPower, dumpPower } from './dumpsys-power.ts';
import { dumpActivity } from './exit-info.ts';
import { getprop } from './getprop.ts';
import { cmdHibernation, dumpHibernation } from './hibernation.ts';
import { cmdJobScheduler, dumpJobScheduler } from './jobscheduler.ts';
import { cmdLocation, dumpLocation } from './location.ts';
import { logcat } from './logcat.ts';
import { du, find, ls } from './media-files.ts';
import { cmdNetPolicy, dumpNetPolicy } from './netpolicy.ts';
import { dumpBatteryStats, dumpNetStats } from './netstats.ts';
import { dumpNotification } from './notification.ts';
import { pmCommand } from './pm.ts';
import { dumpSettings, settingsCommand } from './settings.ts';
import type { SampleState } from './state.ts';
import { df, dumpDiskStats, dumpStorageMonitor, sm } from './storage.ts';
import { dumpThermal } from './thermal.ts';
import { dumpUsageStats } from './usagestats.ts';
import { cmdWifi, dumpWifi } from './wifi.ts';

type Command = (state: SampleState, args: readonly string[]) => SampleAnswer;

/** Programs on the phone's PATH, besides `dumpsys` and `cmd`. */
export const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['am', amCommand],
  ['appops', appopsCommand],
  ['cat', cat],
  ['content', content],
  ['date', date],
  ['df', df],
  ['du', du],
  ['find', find],
  ['getprop', getprop],
  ['input', () => SILENT],
  ['logcat', logcat],
  ['ls', ls],
  ['monkey', monkey],
  ['pidof', pidof],
  ['pm', pmCommand],
  ['requestsync', () => answerLines(['Requested a sync'])],
  ['settings', settingsCommand],
  ['sm', sm],
  ['svc', svc],
  ['uptime', uptime],
]);

/** Services that answer `dumpsys NAME`, on every version of Android. */
const ALWAYS: readonly [string, Command][] = [
  ['account', dumpAccount],
  ['activity', dumpActivity],
  ['appops', dumpAppOps],
  ['battery', dumpBattery],
  ['batterystats', dumpBatteryStats],
  ['connectivity', dumpConnectivity],
  ['content', dumpContent],
  ['device_policy', dumpDevicePolicy],
  ['deviceidle', dumpDeviceIdle],
  ['devicestoragemonitor', dumpStorageMonitor],
  ['diskstats', dumpDiskStats],
  ['jobscheduler', dumpJobScheduler],
  ['location', dumpLocation],
  ['netpolicy', dumpNetPolicy],
  ['netstats', dumpNetStats],
  ['network_time_update_service', dumpNetworkTime],
  ['notification', dumpNotification],
  ['package', dumpPackage],
  ['power', dumpPower],
  ['settings', dumpSettings],
  ['system_update', () => SILENT],
  ['thermalservice', dumpThermal],
  ['usagestats', dumpUsageStats],
  ['user', dumpUser],
  ['wifi', dumpWifi],
];

/** Services that came with a later version, with its API level. */
const LATER: readonly [string, number, Command][] = [
  ['time_detector', 29, dumpTimeDetector],
  ['app_hibernation', 31, dumpHibernation],
];

/** The services that answer `dumpsys NAME` on this phone. */
export function dumpServices(state: SampleState): ReadonlyMap<string, Command> {
  const later = LATER.filter(([, since]) => state.build.sdk >= since);
  return new Map([...ALWAYS, ...later.map(([name, , command]): [string, Command] => [name, command])]);
}

/** Services that answer `cmd NAME …`. */
export const shellServices: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['activity', amCommand],
  ['alarm', cmdAlarm],
  ['app_hibernation', cmdHibernation],
  ['appops', appopsCommand],
  ['battery', dumpBattery],
  ['connectivity', cmdConnectivity],
  ['content', cmdContent],
  ['deviceidle', cmdDeviceIdle],
  ['jobscheduler', cmdJobScheduler],
  ['location', cmdLocation],
  ['netpolicy', cmdNetPolicy],
  ['package', pmCommand],
  ['power', cmdPower],
  ['settings', settingsCommand],
  ['time_detector', cmdTimeDetector],
  ['wifi', cmdWifi],
]);

/** `pidof PKG`: an app that is installed and not stopped runs. */
function pidof(state: SampleState, args: readonly string[]): SampleAnswer {
  const name = args.find((word) => !word.startsWith('-'));
  const installed = findInstalled(state, name, 0);
  return installed && !installed.own.stopped
    ? answerLines([String(installed.app.appId - 6000)])
    : { ...SILENT, exitCode: 1 };
}
