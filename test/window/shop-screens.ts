import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { NewTicket } from '../../db/records/change-ticket.ts';
import type { NewSnapshot } from '../../db/records/snapshots.ts';
import { openStore } from '../../db/store.ts';
import { writeCase } from '../../electron/app/cases/case-file.ts';
import type { Application } from '../../electron/app/application.ts';
import { t } from '../../renderer/language/words.ts';
import type { Screen } from './every-screen.ts';

const press = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('main').getByRole('button', { name, exact: true }).first().press('Enter');

type Kept = Pick<NewSnapshot, 'phone' | 'capture' | 'diagnosis' | 'incomplete' | 'reading'>;

/** A job with this phone, under which it was scanned. */
const ticketWith = (phone: NewSnapshot['phone']): NewTicket => ({
  customer: { name: 'Ada Lovelace', contact: '+49 30 1234' },
  technician: 'Kim',
  fault: 'No photo has left since Easter.',
  fields: [],
  phones: [{ phone, imei: '490154203237518', description: '' }],
  consent: null,
  who: 'Kim',
});

/** A case of another computer, opened; the id that the window has for it. */
async function openedCase(app: Application, kept: Kept): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'phone-health-case-'));
  const store = openStore(folder);
  try {
    const ticket = store.createTicket(ticketWith(kept.phone)).id;
    const snapshot = store.saveSnapshot({ ...kept, label: 'before', ticket });
    const file = join(folder, 'of-another.phonecase');
    const made = { madeAt: '2026-11-28T10:00:00.000Z', program: '1.0.0', redacted: false };
    writeCase(file, store.collectCase({ tickets: [ticket], snapshots: [snapshot] }), made);
    const opened = await app.openFileOrCase(file);
    return 'case' in opened ? opened.case : '';
  } finally {
    store.close();
    rmSync(folder, { recursive: true });
  }
}

/** The screens of a shop, with what they ask before something goes for good; what they need is kept, as another phone that is like the one of `snapshot`. */
export async function shopScreens(app: Application, snapshot: string): Promise<Screen[]> {
  const example = app.store.loadSnapshot(Number(snapshot));
  if (example === null) throw new Error(`There is no snapshot ${snapshot}.`);
  const { capture, diagnosis, incomplete, reading } = example;
  const keptOf = (id: string): Kept => ({
    phone: { ...example.phone, id },
    capture,
    diagnosis,
    incomplete,
    reading,
  });
  const old = { ...reading, takenAt: '2020-01-01T00:00:00.000Z' };
  app.store.saveSnapshot({ ...keptOf('OLD1'), reading: old, label: null, ticket: null });
  const ticket = app.store.createTicket(ticketWith(keptOf('SHOP1').phone)).id;
  app.store.saveSnapshot({ ...keptOf('SHOP1'), label: 'before', ticket });
  await app.backups.make();
  app.settings.change({ keepSnapshotDays: 365, technicians: ['Ana', 'Kim'] });
  app.handover.change({ system: 'hook', address: 'https://tickets.example/hook' });
  const heading = () => t('Ticket {number}', { number: String(ticket) });
  const ticketHash = `#/tickets/${ticket}`;
  return [
    { name: 'a ticket', hash: ticketHash, heading: () => new RegExp(`^${heading()}`) },
    {
      name: 'a ticket, all its fields',
      hash: ticketHash,
      heading: () => new RegExp(`^${heading()}`),
      open: async (page) => {
        await press(page, t('Note it down'));
        await press(page, t('Add a phone'));
        await press(page, t('Change'));
      },
    },
    {
      name: 'erasing a customer',
      hash: ticketHash,
      heading: () => new RegExp(`^${heading()}`),
      open: (page) => press(page, t('Erase customer…')),
    },
    {
      name: 'clearing out, and hand-over',
      hash: '#/settings',
      heading: () => t('Settings'),
      open: (page) => press(page, t('Clear now…')),
    },
    {
      name: 'restoring a backup',
      hash: '#/settings/backups',
      heading: () => t('Backups'),
      open: (page) => press(page, new RegExp(t('Restore {backup}', { backup: '…' }).replace('…', '.+'))),
    },
    {
      name: 'a report, encrypted',
      hash: `#/report?ticket=${ticket}`,
      heading: () => t('Report'),
      open: (page) => page.getByLabel(t('Encrypt for handing over')).click(),
    },
    {
      name: 'a case',
      hash: `#/cases/${await openedCase(app, keptOf('CASE1'))}`,
      heading: () => t('A case of another computer'),
    },
  ];
}
