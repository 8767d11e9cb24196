import { answerLines, SILENT, unknownCommand, type SampleAnswer } from './answer.ts';
import { findApp } from './apps.ts';
import { isPowered } from './is-powered.ts';
import { refusalFor } from './shell-permissions.ts';
import type { SampleState } from './state.ts';
import { duration } from './time-text.ts';

/** `dumpsys deviceidle [command]`: with a command it is the same as `cmd deviceidle`. */
export function dumpDeviceIdle(state: SampleState, args: readonly string[]): SampleAnswer {
  return args.length === 0 || args[0] === '-a' ? answerLines(longForm(state)) : cmdDeviceIdle(state, args);
}

/** `cmd deviceidle …` (AOSP DeviceIdleController.onShellCommand, unchanged in what is used here from 8 to 14). */
export function cmdDeviceIdle(state: SampleState, args: readonly string[]): SampleAnswer {
  const [verb, ...rest] = args;
  const { doze } = state;
  switch (verb) {
    case 'whitelist':
      return rest.length === 0 ? answerLines(exemptRows(state)) : changeExemptions(state, rest);
    case 'get':
      return answerLines([getValue(state, rest[0])]);
    case 'enabled': {
      const which = rest[0] ?? 'all';
      const on =
        which === 'deep'
          ? doze.deepEnabled
          : which === 'light'
            ? doze.lightEnabled
            : doze.deepEnabled && doze.lightEnabled;
      return answerLines([on ? '1' : '0']);
    }
    case 'enable':
    case 'disable':
      return switchDoze(state, verb === 'enable', rest[0] ?? 'all');
    case 'force-idle':
    case 'unforce': {
      const refusal = refusalFor(state, 'power', verb);
      return refusal ?? forceDoze(state, verb === 'force-idle');
    }
    case undefined:
    default:
      return unknownCommand(verb);
  }
}

function forceDoze({ doze }: SampleState, on: boolean): SampleAnswer {
  doze.forced = on;
  doze.deepState = on ? 'IDLE' : 'ACTIVE';
  if (on) return answerLines(['Now forced in to deep idle mode']);
  doze.lightState = 'ACTIVE';
  return answerLines(['Light state: ACTIVE, deep state: ACTIVE']);
}

function getValue(state: SampleState, key: string | undefined): string {
  switch (key) {
    case 'deep':
      return state.doze.deepState;
    case 'light':
      return state.doze.lightState;
    case 'force':
      return String(state.doze.forced);
    case 'screen':
      return String(state.screenOn);
    case 'charging':
      return String(isPowered(state));
    case 'network':
      return String(state.network.validated);
    case undefined:
    default:
      return `Unknown get option: ${key ?? 'null'}`;
  }
}

function exemptRows(state: SampleState): string[] {
  const rows = (kind: string, packages: readonly string[]): string[] =>
    packages.flatMap((name) => {
      const app = findApp(state, name);
      return app ? [`${kind},${name},${app.appId}`] : [];
    });
  return [
    ...rows('system-excidle', state.doze.systemExemptExceptIdle),
    ...rows('system', state.doze.systemExempt),
    ...rows('user', state.doze.userExempt),
  ];
}

function changeExemptions(state: SampleState, changes: readonly string[]): SampleAnswer {
  const refusal = refusalFor(state, 'power', 'whitelist');
  if (refusal) return refusal;
  const { doze } = state;
  const lines: string[] = [];
  for (const change of changes) {
    const sign = change[0];
    const name = change.slice(1);
    if (sign === '+') {
      if (findApp(state, name)) {
        if (!doze.userExempt.includes(name)) doze.userExempt.push(name);
        lines.push(`Added: ${name}`);
      } else {
        lines.push(`Unknown package: ${name}`);
      }
    } else if (sign === '-') {
      // A shipped exemption is not on the owner's list, so nothing is printed and nothing changes.
      if (doze.userExempt.includes(name)) {
        doze.userExempt = doze.userExempt.filter((other) => other !== name);
        lines.push(`Removed: ${name}`);
      }
    } else if (sign === '=') {
      lines.push(String(doze.userExempt.includes(name)));
    } else {
      lines.push(`Package must be prefixed with +, -, or =: ${change}`);
      return { ...answerLines(lines), exitCode: 255 };
    }
  }
  return lines.length === 0 ? SILENT : answerLines(lines);
}

function switchDoze(state: SampleState, on: boolean, which: string): SampleAnswer {
  const word = on ? 'enabled' : 'disabled';
  const lines: string[] = [];
  if (which === 'deep' || which === 'all') {
    if (state.doze.deepEnabled !== on) lines.push(`Deep idle mode ${word}`);
    state.doze.deepEnabled = on;
  }
  if (which === 'light' || which === 'all') {
    if (state.doze.lightEnabled !== on) lines.push(`Light idle mode ${word}`);
    state.doze.lightEnabled = on;
  }
  return answerLines(lines);
}

function longForm(state: SampleState): string[] {
  const { doze } = state;
  const appIds = (packages: readonly string[]): string[] =>
    packages
      .flatMap((name) => findApp(state, name)?.appId ?? [])
      .sort((a, b) => a - b)
      .map((appId) => `    ${appId}`);
  const allowlistSetting =
    state.build.sdk >= 31 ? 'notification_allowlist_duration_ms' : 'notification_whitelist_duration';
  return [
    '  Settings:',
    '    light_after_inactive_to=+4m0s0ms',
    '    inactive_to=+30m0s0ms',
    '    idle_to=+1h0m0s0ms',
    '    max_idle_to=+6h0m0s0ms',
    `    ${allowlistSetting}=+30s0ms`,
    '  Idling history:',
    ...doze.history.map(
      ({ kind, agoMs, reason }) => `${kind.padStart(15)}: ${duration(-agoMs)}${reason === null ? '' : ` (${reason})`}`,
    ),
    '  Whitelist (except idle) system apps:',
    ...named([...doze.systemExemptExceptIdle, ...doze.systemExempt]),
    '  Whitelist system apps:',
    ...named(doze.systemExempt),
    ...(doze.userExempt.length > 0 ? ['  Whitelist user apps:', ...named(doze.userExempt)] : []),
    '  Whitelist (except idle) all app ids:',
    ...appIds([...doze.systemExemptExceptIdle, ...doze.systemExempt, ...doze.userExempt]),
    '  Whitelist user app ids:',
    ...appIds(doze.userExempt),
    '  Whitelist all app ids:',
    ...appIds([...doze.systemExempt, ...doze.userExempt]),
    `  mLightEnabled=${doze.lightEnabled}  mDeepEnabled=${doze.deepEnabled}`,
    `  mForceIdle=${doze.forced}`,
    `  mScreenOn=${state.screenOn}`,
    '  mScreenLocked=false',
    `  mNetworkConnected=${state.network.wifi !== null || state.network.mobileAvailable}`,
    `  mCharging=${isPowered(state)}`,
    `  mState=${doze.deepState} mLightState=${doze.lightState}`,
  ];
}

function named(packages: readonly string[]): string[] {
  return packages.map((name) => `    ${name}`);
}
