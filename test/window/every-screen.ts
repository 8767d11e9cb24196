import type { Page } from 'playwright-core';
import { t } from '../../renderer/language/words.ts';
import { still } from './stillness.ts';

/** A screen: where it is, and the heading that no other has, in the language that is spoken in the test. */
export interface Screen {
  name: string;
  hash: string;
  heading: () => string | RegExp;
  /** Pressed before it is looked at. */
  open?: (page: Page) => Promise<void>;
}

const literally = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** The screens of one phone that has been scanned. */
export const phoneScreens = (phoneId: string): Screen[] => {
  const phone = `#/phones/${encodeURIComponent(phoneId)}`;
  return [
    { name: 'result', hash: phone, heading: () => t.as('the tab', 'Fix') },
    { name: 'walk-through', hash: `${phone}/walk-through`, heading: () => t('Step by step') },
    { name: 'prove', hash: `${phone}/prove`, heading: () => t.as('the tab', 'Prove') },
    { name: 'copy', hash: `${phone}/copy`, heading: () => t.as('the tab', 'Copy') },
    { name: 'history', hash: `${phone}/history`, heading: () => t.as('the tab', 'History') },
    { name: 'comparison', hash: `${phone}/history/compare`, heading: () => t('Side by side') },
    { name: 'finish', hash: `${phone}/finish`, heading: () => t('Forget this phone') },
  ];
};

/** The screens that are of no phone, and a snapshot. */
export const otherScreens = (snapshot: string): Screen[] => [
  { name: 'home', hash: '#/', heading: () => t('Plug in the phone whose photos don’t back up') },
  { name: 'all visits', hash: '#/history', heading: () => t('All visits') },
  {
    name: 'a snapshot',
    hash: `#/snapshots/${snapshot}`,
    // With the name of the phone, which comes with its report.
    heading: () => new RegExp(literally(t('Snapshot {id}: {phone}', { id: snapshot, phone: '…' })).replace('…', '.+')),
  },
  { name: 'bench', hash: '#/bench', heading: () => t('Bench') },
  { name: 'tickets', hash: '#/tickets', heading: () => t('Tickets') },
  { name: 'a new ticket', hash: '#/tickets/new', heading: () => t('New ticket') },
  { name: 'a report', hash: `#/report?snapshot=${snapshot}`, heading: () => t('Report') },
  { name: 'connection help', hash: '#/connection-help', heading: () => t('Connection help') },
  { name: 'settings', hash: '#/settings', heading: () => t('Settings') },
  { name: 'catalog', hash: '#/settings/catalog', heading: () => t('Catalog') },
  { name: 'backups', hash: '#/settings/backups', heading: () => t('Backups') },
  { name: 'licences', hash: '#/settings/licences', heading: () => t('Licences') },
  { name: 'an unknown phone', hash: '#/phones/NOPE', heading: () => t('This phone is not known') },
  { name: 'no screen', hash: '#/nowhere', heading: () => t('There is no such screen') },
];

/** Goes to a screen, and comes back when it is there, with all that it shows. */
export async function visit(page: Page, { hash, heading, open }: Screen): Promise<void> {
  await page.evaluate((place) => {
    location.hash = place;
  }, hash);
  await page.locator('main').getByRole('heading', { name: heading(), exact: true }).first().waitFor();
  await still(page);
  if (open === undefined) return;
  await open(page);
  await still(page);
}
