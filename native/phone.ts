import { z } from 'zod';

export const platformSchema = z.enum(['android', 'ios']);
export type Platform = z.infer<typeof platformSchema>;

/** Whoever names more phones than this at once is no adb server or usbmuxd that can be worked with: the rest is not looked at. */
export const mostPhones = 256;

/** What stands between this computer and the phone's settings. `gone`: it was there and was unplugged. */
export const phoneStateSchema = z.enum([
  'ready',
  'unauthorized',
  'untrusted',
  'locked',
  'offline',
  'recovery',
  'sideload',
  'no-permission',
  'gone',
]);
export type PhoneState = z.infer<typeof phoneStateSchema>;

/** One device, by its adb serial or UDID. Texts come from the phone: hostile until escaped. `null`: not known (yet). */
export const phoneSchema = z.object({
  id: z.string().min(1),
  platform: platformSchema,
  state: phoneStateSchema,
  manufacturer: z.string().nullable(),
  model: z.string().nullable(),
  name: z.string().nullable(),
  osVersion: z.string().nullable(),
  build: z.string().nullable(),
  /** Android's patch level, `2026-05-01`; null on iPhones. */
  securityPatch: z.string().nullable(),
});
export type Phone = z.infer<typeof phoneSchema>;

/** What a person can do about a phone that is not ready. */
export const remedySchema = z.object({
  title: z.string(),
  /** In order; the first is the likeliest to help. */
  steps: z.array(z.string()),
  /**
   * What this program does about it when it is asked to. `pair`: makes the phone ask whether to trust this computer, which the window also
   * does by itself. `pair-again`: the same, but only on request, because its owner said no, or because it was of no use before.
   */
  action: z.enum(['pair', 'pair-again']).optional(),
});
export type Remedy = z.infer<typeof remedySchema>;

/** A phone as the list shows it. `remedy` is null where there is nothing to do; `sample` marks a phone that is not a real one. */
export const listedPhoneSchema = phoneSchema.extend({
  remedy: remedySchema.nullable(),
  sample: z.boolean(),
  /** The USB port as the system names it, the same whatever is plugged in there; null: it does not tell. */
  port: z.string().nullable(),
});
export type ListedPhone = z.infer<typeof listedPhoneSchema>;

/** A phone of which only the id and the state are known. */
export const unreadPhone = (id: string, platform: Platform, state: PhoneState): Phone => ({
  id,
  platform,
  state,
  manufacturer: null,
  model: null,
  name: null,
  osVersion: null,
  build: null,
  securityPatch: null,
});
