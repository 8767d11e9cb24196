import { z } from 'zod';
import { labelPaperSchema, sheetPaperSchema } from '../printing/paper.ts';

/** Letters and digits that every keyboard and bar code has. */
export const stationPrefix = /^[A-Z0-9]{0,6}$/;

/** What a shop's tickets are handed over to. */
export const handoverSystemSchema = z.enum(['off', 'hook', 'repairdesk', 'syncro']);
export type HandoverSystem = z.infer<typeof handoverSystemSchema>;

const keepDays = z.int().min(1).max(36_500).nullable();

/** Every setting with what it may be. A new one needs a line here, a default below, and whoever acts on it. */
export const settingsSchema = z.object({
  /** Language of the window and of what is said about phones (BCP 47); `system`: that of the computer. */
  language: z.string().regex(/^(?:system|[a-z]{2,3}(?:-[A-Za-z]{2,8})*)$/),
  theme: z.enum(['system', 'light', 'dark']),
  /** Whether a phone is scanned as soon as it is plugged in and can be read. */
  scanWhenPlugged: z.boolean(),
  /** How many phones are scanned at once. */
  parallelScans: z.int().min(1).max(16),
  /** Whether single letters and digits do something (WCAG 2.1.4 wants a way to switch them off). */
  singleKeys: z.boolean(),
  /** Whether the bench sounds when a phone needs hands. */
  benchSound: z.boolean(),
  /** Whether the desktop starts the program with the computer. */
  autostart: z.boolean(),
  /** Whether the desktop keeps an icon in its tray, and goes on when its window is closed. */
  tray: z.boolean(),
  /** Whether the desktop looks for newer versions of the program. */
  updates: z.boolean(),
  /** Stands on what is printed; empty: nothing does. */
  shopName: z.string().trim().max(80),
  /** Who may be chosen as the technician of a ticket, by name. */
  technicians: z.array(z.string().trim().min(1).max(80)).max(100),
  /** What the shop wants to know of every ticket beside the rest; a field is known by its id when it is called otherwise. */
  ticketFields: z.array(z.object({ id: z.string().min(1).max(60), name: z.string().trim().min(1).max(60) })).max(21),
  /** Stands before the numbers of tickets, as `A` in `A-17`; empty: nothing does. */
  stationPrefix: z.string().regex(stationPrefix),
  /** What reports are printed on; `system`: Letter where this computer speaks American English, else A4. */
  sheetPaper: z.enum(['system', ...sheetPaperSchema.options]),
  labelPaper: labelPaperSchema,
  /** After how many days what phones answered goes, word for word; null: never. */
  keepCaptureDays: keepDays,
  /** After how many days snapshots under no ticket go. */
  keepSnapshotDays: keepDays,
  /** How many days after their last ticket was closed customers go. */
  keepCustomerDays: keepDays,
  /** Whether that is done each day by itself. */
  clearDaily: z.boolean(),
  handoverSystem: handoverSystemSchema,
  /** Of the ticket system; its secret is in no setting. */
  handoverAddress: z.string().max(500),
  /** What is sent along with a result, where the system takes files. */
  handoverReport: z.enum(['none', 'html', 'pdf', 'json']),
  /** Whether stand-ins stand for what tells whose a phone is. */
  handoverRedacted: z.boolean(),
  /** Days after which a message that cannot be delivered is given up. */
  handoverDays: z.int().min(1).max(60),
});

export type SettingsValues = z.infer<typeof settingsSchema>;

export const defaultSettings: SettingsValues = {
  language: 'system',
  theme: 'system',
  scanWhenPlugged: false,
  parallelScans: 4,
  singleKeys: true,
  benchSound: false,
  autostart: false,
  tray: false,
  updates: false,
  shopName: '',
  technicians: [],
  ticketFields: [],
  stationPrefix: '',
  sheetPaper: 'system',
  labelPaper: '62',
  keepCaptureDays: null,
  keepSnapshotDays: null,
  keepCustomerDays: null,
  clearDaily: false,
  handoverSystem: 'off',
  handoverAddress: '',
  handoverReport: 'html',
  handoverRedacted: true,
  handoverDays: 7,
};

/** What somebody changes; the rest stays as it is. */
export const settingsChangeSchema = settingsSchema.partial();
export type SettingsChange = z.infer<typeof settingsChangeSchema>;
