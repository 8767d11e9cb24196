import { randomUUID } from 'node:crypto';
import { keysWithoutSession, lockdownValues } from '../../../native/samples/ios/lockdown-values.ts';
import type { PlistDict, PlistValue } from '../../../native/ios/read/plist.ts';
import type { ByteChannel } from './byte-channel.ts';
import { phonePublicKeyPem } from './pair-record.ts';
import { dictOf, readPlistMessage, textOf, writePlistMessage } from './plist-messages.ts';
import { isServiceName } from './services/services.ts';
import type { SimulatedIphone } from './simulated-iphone.ts';
import { silentRequests } from './faults.ts';

// Requests, answers and errors: libimobiledevice 1.3.0, src/lockdown.c.

/** Serves one connection to lockdownd until the client hangs up. */
export async function serveLockdownd(phone: SimulatedIphone, channel: ByteChannel): Promise<void> {
  if (phone.isSilentAt('lockdownd')) {
    await phone.fallSilent('lockdownd', channel);
    return;
  }
  await new LockdownConnection(phone, channel).serve();
}

type Answer = PlistDict | { readonly error: string };

class LockdownConnection {
  readonly #phone: SimulatedIphone;
  #channel: ByteChannel;
  #session: { readonly id: string; readonly hostId: string } | undefined;

  constructor(phone: SimulatedIphone, channel: ByteChannel) {
    this.#phone = phone;
    this.#channel = channel;
  }

  async serve(): Promise<void> {
    for (;;) {
      const message = await readPlistMessage(this.#channel);
      const request = textOf(message, 'Request') ?? '';
      const silentPlace = silentRequests.find((place) => place === request);
      if (silentPlace !== undefined && this.#phone.isSilentAt(silentPlace)) {
        await this.#phone.fallSilent(silentPlace, this.#channel);
        return;
      }
      await this.#phone.think();
      const injected = this.#phone.faults.lockdownErrors.get(request);
      const answer = injected === undefined ? this.#answer(request, message) : { error: injected };
      const failed = isRefusal(answer);
      const body = failed ? { Error: answer.error } : answer;
      await writePlistMessage(this.#channel, { Request: request, ...body }, 'xml');
      if (failed) continue;
      if (request === 'StartSession') this.#startTls();
      if (request === 'StopSession' || request === 'Goodbye') return;
    }
  }

  #answer(request: string, message: PlistDict): Answer {
    switch (request) {
      case 'QueryType':
        return { Type: 'com.apple.mobile.lockdown' };
      case 'GetValue':
        return this.#getValue(textOf(message, 'Domain'), textOf(message, 'Key'));
      case 'SetValue':
      case 'RemoveValue':
        this.#phone.changes.push(`${request} ${textOf(message, 'Key') ?? ''}`.trim());
        return { error: 'SetProhibited' };
      case 'Pair':
        return this.#pair(dictOf(message, 'PairRecord'));
      case 'ValidatePair':
        return this.#knownHost(dictOf(message, 'PairRecord'));
      case 'Unpair':
        return this.#unpair(dictOf(message, 'PairRecord'));
      case 'StartSession':
        return this.#startSession(textOf(message, 'HostID') ?? '');
      case 'StopSession':
        return this.#session === undefined ? { error: 'SessionInactive' } : {};
      case 'StartService':
        return this.#startService(textOf(message, 'Service') ?? '');
      case 'Goodbye':
        return {};
      default:
        return { error: 'InvalidRequest' };
    }
  }

  #getValue(domain: string | undefined, key: string | undefined): Answer {
    const asked: PlistDict = {
      ...(domain === undefined ? {} : { Domain: domain }),
      ...(key === undefined ? {} : { Key: key }),
    };
    const value = this.#value(domain, key);
    return typeof value === 'object' && isRefusal(value) ? value : { ...asked, Value: value };
  }

  #value(domain: string | undefined, key: string | undefined): PlistValue | { readonly error: string } {
    const values = lockdownValues(this.#phone.model, domain, new Date());
    if (domain === undefined && values !== undefined) values['DevicePublicKey'] = phonePublicKeyPem();
    if (this.#session === undefined) {
      if (domain !== undefined || (key !== undefined && !keysWithoutSession.has(key)))
        return { error: 'GetProhibited' };
    }
    if (values === undefined) return { error: 'MissingValue' };
    if (key !== undefined) return values[key] ?? { error: 'MissingValue' };
    if (this.#session !== undefined) return values;
    return Object.fromEntries(Object.entries(values).filter(([name]) => keysWithoutSession.has(name)));
  }

  #pair(pairRecord: PlistDict): Answer {
    if (this.#phone.model.screen !== 'unlocked') return { error: 'PasswordProtected' };
    const error = this.#phone.trust.pair(pairRecord);
    return error === undefined ? { EscrowBag: Buffer.from('sample escrow bag') } : { error };
  }

  #knownHost(pairRecord: PlistDict): Answer {
    return this.#phone.trust.trusts(textOf(pairRecord, 'HostID') ?? '') ? {} : { error: 'InvalidHostID' };
  }

  #unpair(pairRecord: PlistDict): Answer {
    const answer = this.#knownHost(pairRecord);
    if (!isRefusal(answer)) this.#phone.trust.forget(textOf(pairRecord, 'HostID') ?? '');
    return answer;
  }

  #startSession(hostId: string): Answer {
    if (this.#phone.model.screen === 'never-unlocked-since-boot') return { error: 'EscrowLocked' };
    if (this.#session !== undefined) return { error: 'SessionActive' };
    if (!this.#phone.trust.trusts(hostId)) return { error: 'InvalidHostID' };
    this.#session = { id: randomUUID().toUpperCase(), hostId };
    return { EnableSessionSSL: true, SessionID: this.#session.id };
  }

  #startTls(): void {
    const security = this.#phone.trust.secureContextFor(this.#session?.hostId ?? '');
    if (security === undefined) this.#channel.destroy();
    else this.#channel = this.#channel.startTls(security);
  }

  #startService(service: string): Answer {
    if (this.#session === undefined) return { error: 'SessionInactive' };
    const injected = this.#phone.faults.lockdownErrors.get(service);
    if (injected !== undefined) return { error: injected };
    if (!isServiceName(service)) return { error: 'InvalidService' };
    if (this.#phone.model.screen !== 'unlocked') return { error: 'PasswordProtected' };
    const { fileClients, faults } = this.#phone;
    const isTooMany = service === 'com.apple.afc' && fileClients >= (faults.mostFileClients ?? Infinity);
    if (isTooMany) return { error: 'ServiceLimit' };
    const security = this.#phone.trust.secureContextFor(this.#session.hostId);
    return { EnableServiceSSL: true, Port: this.#phone.openService(service, security), Service: service };
  }
}

function isRefusal(answer: object): answer is { readonly error: string } {
  return 'error' in answer;
}
