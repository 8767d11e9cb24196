import { answerLines, SILENT, unknownCommand, type SampleAnswer } from './answer.ts';
import { allInstalled, findByUid, isDozeExempt } from './apps.ts';
import { isBackgroundRestricted } from './appops.ts';
import { isMetered } from './network-state.ts';
import { refusalFor } from './shell-permissions.ts';
import type { SampleState } from './state.ts';

const REJECT = 1;
const ALLOW = 4;
const POLICY_NAMES: readonly [number, string][] = [
  [1, 'REJECT_METERED_BACKGROUND'],
  [4, 'ALLOW_METERED_BACKGROUND'],
  [262_144, 'REJECT_ALL'],
];

/** `cmd netpolicy …` (AOSP NetworkPolicyManagerShellCommand). */
export function cmdNetPolicy(state: SampleState, args: readonly string[]): SampleAnswer {
  const [verb, what, ...rest] = args;
  switch (verb) {
    case 'get':
      if (what === 'restrict-background') {
        return answerLines([`Restrict background status: ${state.dataSaver ? 'enabled' : 'disabled'}`]);
      }
      return unknownType('get', what);
    case 'set':
      return refusalFor(state, 'networkPolicy', verb) ?? set(state, what, rest);
    case 'list':
      return list(state, what);
    case 'add':
    case 'remove':
      return refusalFor(state, 'networkPolicy', verb) ?? changeUid(state, verb, what, rest[0]);
    case undefined:
    default:
      return unknownCommand(verb);
  }
}

function unknownType(verb: string, what: string | undefined): SampleAnswer {
  return what === undefined
    ? answerLines([`Error: didn't specify type of data to ${verb}`])
    : { ...answerLines([`Error: unknown ${verb} type '${what}'`]), exitCode: 255 };
}

function set(state: SampleState, what: string | undefined, [first, second]: readonly string[]): SampleAnswer {
  if (what === 'restrict-background') {
    if (first !== 'true' && first !== 'false') return answerLines(["Error: Argument 'restrict-background' not set"]);
    state.dataSaver = first === 'true';
    return SILENT;
  }
  if (what === 'metered-network') {
    const { wifi } = state.network;
    if (wifi && first === wifi.ssid) wifi.meteredOverride = second === 'true' || second === 'false' ? second : 'none';
    // AOSP's setMeteredWifiNetwork returns -1 whether or not it worked.
    return { ...SILENT, exitCode: 255 };
  }
  return unknownType('set', what);
}

function list(state: SampleState, what: string | undefined): SampleAnswer {
  switch (what) {
    case 'restrict-background-blacklist':
      return uidList(state, 'blacklisted', REJECT);
    case 'restrict-background-whitelist':
      return uidList(state, 'whitelisted', ALLOW);
    case 'wifi-networks': {
      const { wifi } = state.network;
      return wifi ? answerLines([`${wifi.ssid};${wifi.meteredOverride}`]) : SILENT;
    }
    case undefined:
    default:
      return unknownType('list', what);
  }
}

function uidList(state: SampleState, word: string, policy: number): SampleAnswer {
  const uids = allInstalled(state).filter(({ own }) => own.networkPolicy === policy);
  const text = uids.length === 0 ? 'none' : uids.map(({ uid }) => `${uid} `).join('');
  return answerLines([`Restrict background ${word} UIDs: ${text}`, '']);
}

function changeUid(
  state: SampleState,
  verb: 'add' | 'remove',
  what: string | undefined,
  uidText: string | undefined,
): SampleAnswer {
  if (what !== 'restrict-background-blacklist' && what !== 'restrict-background-whitelist') {
    return unknownType(verb, what);
  }
  const uid = Number(uidText);
  if (!Number.isInteger(uid)) return answerLines([`Error: UID should be a number, instead of '${uidText}'`]);
  const [policy, word] = what.endsWith('blacklist') ? [REJECT, 'blacklisted'] : [ALLOW, 'whitelisted'];
  const installed = findByUid(state, uid);
  if (verb === 'add') {
    // setUidPolicy replaces the whole value; it does not add a bit.
    if (installed) installed.own.networkPolicy = policy;
    return SILENT;
  }
  if (installed?.own.networkPolicy !== policy)
    return { ...answerLines([`Error: UID ${uid} not ${word}`]), exitCode: 255 };
  installed.own.networkPolicy = 0;
  return SILENT;
}

/** `dumpsys netpolicy` (AOSP NetworkPolicyManagerService.dump). */
export function dumpNetPolicy(state: SampleState): SampleAnswer {
  const { sdk } = state.build;
  const apps = allInstalled(state);
  const exempt = apps.filter(({ app }) => isDozeExempt(state, app.package));
  return answerLines([
    'System ready: true',
    `Restrict background: ${state.dataSaver}`,
    `Restrict power: ${state.batterySaver.active}`,
    `Device idle: ${state.doze.deepState === 'IDLE'}`,
    ...(sdk >= 31 ? ['Restricted networking mode: false'] : []),
    ...(sdk >= 33 ? ['Low Power Standby mode: false'] : []),
    `Metered ifaces: {${meteredInterfaces(state).join(', ')}}`,
    '',
    ...(sdk >= 28 ? ['mRestrictBackgroundLowPowerMode: false', 'mRestrictBackgroundBeforeBsm: false', ''] : []),
    'Network policies:',
    ...limitLines(state),
    '',
    'Subscription plans:',
    '',
    'Policy for UIDs:',
    ...apps
      .filter(({ own }) => own.networkPolicy !== 0)
      .map(({ uid, own }) => `  UID=${uid} policy=${own.networkPolicy} (${policyText(own.networkPolicy)})`),
    'Power save whitelist (except idle) app ids:',
    ...exempt.map(({ uid }) => `  UID=${uid}: true`),
    'Power save whitelist app ids:',
    ...exempt.map(({ uid }) => `  UID=${uid}: true`),
    'Status for all known UIDs:',
    ...apps.map(({ uid, own, app }) => {
      const rejected = isMetered(state) && isDataRejected(state, own.networkPolicy);
      const idle = isBackgroundRestricted(state, { app, own, uid });
      return sdk >= 31
        ? `  UID=${uid} state={procState=CEM,seq=1,cap=------} blocked_state={blocked=${rejected ? 'DATA_SAVER' : 'NONE'},allowed=NONE,effective=${rejected ? 'DATA_SAVER' : 'NONE'}} `
        : `  UID=${uid} state=${idle ? 17 : 14} (bg) rules=${rejected ? '4 (REJECT_METERED)' : '0 (NONE)'}`;
    }),
    ...(sdk >= 28 ? adminLines(state) : []),
  ]);
}

/** What the owner allows on the mobile network; a phone without a SIM card prints nothing here. */
function limitLines({ network: { mobileLimit }, build }: SampleState): string[] {
  if (mobileLimit === undefined) return [];
  const rest = 'lastWarningSnooze=-1 lastLimitSnooze=-1 lastRapidSnooze=-1 metered=true inferred=false';
  const template = `NetworkTemplate: matchRule=${build.sdk >= 31 ? 'CARRIER' : 'MOBILE'}, matchSubscriberIds=[310260...]`;
  return [
    `  NetworkPolicy{template=${template} cycleRule=RecurrenceRule{start=2025-01-04T00:00Z[UTC] end=null period=P1M} warningBytes=-1 limitBytes=${mobileLimit.bytes} ${rest}}`,
  ];
}

/** What administrators forbid (Android 9 and later), and the heading that always follows it. */
function adminLines(state: SampleState): string[] {
  const forbidden = allInstalled(state).filter(({ own }) => own.adminForbidsMetered === true);
  return [
    'Admin restricted uids for metered data:',
    ...(forbidden.length === 0 ? [] : [`  u${state.currentUser}: {${forbidden.map(({ uid }) => uid).join(', ')}}`]),
    ...(state.build.sdk >= 31 ? ['Network to interfaces:'] : []),
    '',
    'mEventLogs (most recent first):',
  ];
}

/** Whether the app's background traffic is refused on a metered network. */
export function isDataRejected(state: SampleState, policy: number): boolean {
  return (policy & REJECT) !== 0 || (state.dataSaver && (policy & ALLOW) === 0);
}

function meteredInterfaces(state: SampleState): string[] {
  if (!isMetered(state)) return [];
  return [state.network.wifi ? 'wlan0' : 'rmnet_data0'];
}

function policyText(policy: number): string {
  const names = POLICY_NAMES.filter(([bit]) => (policy & bit) !== 0).map(([, name]) => name);
  return names.length === 0 ? 'NONE' : names.join('|');
}
