import { createPublicKey, sign, type KeyObject } from 'node:crypto';

// Just enough of DER (ITU-T X.690) and X.509 (RFC 5280) for the three certificates of a pair record.

/** An X.509 version 3 certificate with an empty subject, as pair records hold them, in PEM. */
export function createCertificate(options: {
  readonly subjectKey: KeyObject;
  readonly issuerKey: KeyObject;
  readonly serialNumber: number;
  readonly isAuthority: boolean;
}): string {
  const thirtyYearsMs = 30 * 365 * 24 * 3600 * 1000;
  const start = new Date('2020-01-01T00:00:00Z');
  const emptyName = sequence();
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([options.serialNumber])),
    sha256WithRsa,
    emptyName,
    sequence(utcTime(start), utcTime(new Date(start.getTime() + thirtyYearsMs))),
    emptyName,
    publicKeyOf(options.subjectKey).export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(basicConstraints(options.isAuthority))),
  );
  const signature = sign('sha256', body, options.issuerKey);
  const certificate = sequence(body, sha256WithRsa, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function publicKeyOf(key: KeyObject): KeyObject {
  return key.type === 'private' ? createPublicKey(key) : key;
}

function basicConstraints(isAuthority: boolean): Buffer {
  const value = isAuthority ? sequence(der(0x01, Buffer.from([0xff]))) : sequence();
  return sequence(objectId('551d13'), der(0x01, Buffer.from([0xff])), der(0x04, value));
}

function utcTime(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`));
}

function objectId(encodedHex: string): Buffer {
  return der(0x06, Buffer.from(encodedHex, 'hex'));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function der(tag: number, content: Buffer): Buffer {
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const length = Buffer.from(content.length.toString(16).padStart(content.length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, content]);
}

const sha256WithRsa = sequence(objectId('2a864886f70d01010b'), der(0x05, Buffer.alloc(0)));
