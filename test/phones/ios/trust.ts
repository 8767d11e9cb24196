import { createSecureContext, type SecureContext } from 'node:tls';
import type { PlistDict } from '../../../native/ios/read/plist.ts';
import { phonePrivateKey } from './pair-record.ts';
import { bytesOf, textOf } from './plist-messages.ts';

/** How the phone's owner treats the "Trust This Computer?" dialog. */
export type TrustAnswer = 'trust' | 'refuse' | 'no-answer-yet';

/** What a phone knows of the computers that it trusts, and its Trust dialog. */
export class Trust {
  /** Change it while a test runs to tap a button. */
  answer: TrustAnswer;
  /** How often the dialog has popped up: a program that only looks must leave this at 0. */
  dialogsShown = 0;
  /** TLS fails with every computer, also right after pairing: what a computer sees whose crypto policy forbids SHA-1. */
  failsTls = false;
  #dialogOpen = false;
  /** Device certificates by HostID; `null` where the phone knows the computer and rejects its keys. */
  readonly #hosts = new Map<string, string | null>();

  constructor(answer: TrustAnswer) {
    this.answer = answer;
  }

  /** lockdownd's Pair: `undefined` when the owner taps Trust, else the error to send. */
  pair(pairRecord: PlistDict): string | undefined {
    const hostId = textOf(pairRecord, 'HostID');
    const deviceCertificate = bytesOf(pairRecord, 'DeviceCertificate');
    if (hostId === undefined || deviceCertificate === undefined) return 'InvalidPairRecord';
    if (!this.#dialogOpen) this.dialogsShown += 1;
    this.#dialogOpen = this.answer === 'no-answer-yet';
    switch (this.answer) {
      case 'no-answer-yet':
        return 'PairingDialogResponsePending';
      case 'refuse':
        return 'UserDeniedPairing';
      case 'trust':
        this.remember(hostId, Buffer.from(deviceCertificate).toString());
        return undefined;
    }
  }

  remember(hostId: string, deviceCertificate: string): void {
    this.#hosts.set(hostId, deviceCertificate);
  }

  /** Knows the computer, but TLS with it fails: the keys of its record have changed. */
  rememberStale(hostId: string): void {
    this.#hosts.set(hostId, null);
  }

  forget(hostId: string): void {
    this.#hosts.delete(hostId);
  }

  /** As after Settings ▸ Reset Location & Privacy. */
  forgetAll(): void {
    this.#hosts.clear();
  }

  trusts(hostId: string): boolean {
    return this.#hosts.has(hostId);
  }

  /** TLS towards a trusted computer, with the certificate which that computer made; `undefined` when there can be none. */
  secureContextFor(hostId: string): SecureContext | undefined {
    const cert = this.#hosts.get(hostId);
    if (this.failsTls || cert === undefined || cert === null) return undefined;
    const key = phonePrivateKey().export({ type: 'pkcs1', format: 'pem' });
    // libimobiledevice 1.3.0 signs with SHA-1, which OpenSSL accepts at security level 0 only.
    return createSecureContext({ key, cert, ciphers: 'DEFAULT:@SECLEVEL=0' });
  }
}
