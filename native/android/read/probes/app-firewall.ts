import type { AppProbe, PhoneProbe } from '../../../probe.ts';
import { unavailable, type Unavailable } from '../../../unavailable.ts';

/** The one line `NAME:WORD`, as a flag; anything else is no answer. */
function flagIn(text: string, name: string, words: { yes: string; no: string }): boolean | Unavailable {
  const line = text.trim();
  if (line === `${name}:${words.yes}`) return true;
  if (line === `${name}:${words.no}`) return false;
  return unavailable('unparsed', 'The answer does not say it in the words that are known.');
}

/**
 * The firewall for single apps, chain OEM_DENY_3, which tools set through the shell: `chain:enabled` or `chain:disabled`. Read from AOSP
 * packages/modules/Connectivity, ConnectivityService.ShellCmd (Android 14, and 13 with a newer module).
 */
export const firewallChain: PhoneProbe = {
  id: 'firewall-chain',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { network: ['appFirewall'] },
  command: () => ['cmd', 'connectivity', 'get-chain3-enabled'],
  parse: (text) => ({
    values: { network: { appFirewall: flagIn(text, 'chain', { yes: 'enabled', no: 'disabled' }) } },
    unknownLines: 0,
  }),
};

/** Its rule for one app, the same for every user: `com.x:allow` or `com.x:deny`. */
export const firewallRule: AppProbe = {
  id: 'firewall-rule',
  platform: 'android',
  per: 'app',
  asked: 'scan',
  gives: { app: ['networkDenied'] },
  command: (_scope, app) => ['cmd', 'connectivity', 'get-package-networking-enabled', app],
  parse: (text, app) => ({
    values: { apps: { [app]: { networkDenied: flagIn(text, app, { yes: 'deny', no: 'allow' }) } } },
    unknownLines: 0,
  }),
};
