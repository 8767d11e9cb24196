import { z } from 'zod';
import { valueOf } from './describe-phone.ts';
import type { Platform } from './phone.ts';
import type { Reading } from './reading.ts';

/**
 * Who a phone is, beside its id: serials are shared by whole series of cheap phones (`0123456789ABCDEF`), and a TCP address belongs to
 * whoever has it today. null: the phone does not tell.
 */
export const phoneIdentitySchema = z.object({
  manufacturer: z.string().nullable(),
  model: z.string().nullable(),
  /** The system that runs: Android's fingerprint, or the build of iOS. Another one after an update. */
  system: z.string().nullable(),
  /** This start of the phone; null on iPhones. */
  boot: z.string().nullable(),
});
export type PhoneIdentity = z.infer<typeof phoneIdentitySchema>;

/** Ids of the probes that tell it: few and quick, because it is asked before every command of a correction. */
export const identityProbes: Record<Platform, readonly string[]> = {
  android: ['getprop', 'boot-id'],
  ios: ['identity'],
};

export function identityOf({ platform, identity }: Reading): PhoneIdentity {
  return {
    manufacturer: valueOf(identity.manufacturer),
    model: valueOf(identity.model),
    system: valueOf(platform === 'ios' ? identity.build : identity.fingerprint),
    boot: valueOf(identity.bootId),
  };
}
