import { createPublicKey, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import type { PlistDict } from '../../../native/ios/read/plist.ts';
import { createCertificate } from './x509.ts';

/** One key serves all simulated phones and one all ready-made hosts: making them takes longer than most tests. */
let phoneKeyMade: KeyObject | undefined;
let hostKeyMade: KeyObject | undefined;

export function phonePrivateKey(): KeyObject {
  return (phoneKeyMade ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
}

function hostPrivateKey(): KeyObject {
  return (hostKeyMade ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
}

/** lockdownd's DevicePublicKey: PEM in PKCS#1, the only form that libimobiledevice can make certificates from. */
export function phonePublicKeyPem(): Uint8Array {
  return Buffer.from(createPublicKey(phonePrivateKey()).export({ type: 'pkcs1', format: 'pem' }));
}

/** What a computer keeps of a phone that trusts it; the phone keeps HostID and DeviceCertificate of it. */
export interface ReadyPairRecord {
  readonly hostId: string;
  readonly deviceCertificate: string;
  /** As usbmuxd stores it. */
  readonly record: PlistDict;
}

/** The record that pairing would have made: for phones that were trusted before the test began. */
export function createPairRecord(systemBuid: string, wifiAddress: string): ReadyPairRecord {
  const issuerKey = hostPrivateKey();
  const subjectKey = createPublicKey(phonePrivateKey());
  const hostId = randomUUID().toUpperCase();
  const deviceCertificate = createCertificate({ subjectKey, issuerKey, serialNumber: 1, isAuthority: false });
  const privateKeyPem = Buffer.from(issuerKey.export({ type: 'pkcs1', format: 'pem' }));
  const hostCertificate = createCertificate({ subjectKey: issuerKey, issuerKey, serialNumber: 2, isAuthority: false });
  const rootCertificate = createCertificate({ subjectKey: issuerKey, issuerKey, serialNumber: 3, isAuthority: true });
  return {
    hostId,
    deviceCertificate,
    record: {
      DeviceCertificate: Buffer.from(deviceCertificate),
      EscrowBag: Buffer.from('sample escrow bag'),
      HostCertificate: Buffer.from(hostCertificate),
      HostID: hostId,
      HostPrivateKey: privateKeyPem,
      RootCertificate: Buffer.from(rootCertificate),
      RootPrivateKey: privateKeyPem,
      SystemBUID: systemBuid,
      WiFiMACAddress: wifiAddress,
    },
  };
}
