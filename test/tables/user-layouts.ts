import { judge } from '../../diagnosis/judge/judge.ts';
import { loadCatalog, type Catalog } from '../../diagnosis/load/catalog.ts';
import { isKnown, type Leaf } from '../../native/reading.ts';
import { phoneWith, userLayouts, type UserLayout } from '../../native/samples/android/user-layouts.ts';
import { readSample } from '../unit/diagnosis/judge/matrix-scenarios.ts';

/** What is said of a phone with these users. */
export interface LayoutRow {
  layout: string;
  userId: number | string;
  kind: string;
  /** Users and profiles beside, `10 work`. */
  beside: string;
  /** The user whose apps are judged; null: nobody's. */
  judged: number | null;
  verdict: string;
}

const text = (leaf: Leaf<unknown> | undefined): string => (isKnown(leaf) ? String(leaf.value) : 'unknown');

export function layoutRow(layout: UserLayout, catalog: Catalog): LayoutRow {
  const reading = readSample(phoneWith(layout), catalog);
  const { userId, userKind, users } = reading.identity;
  const { findings, verdict } = judge(reading, catalog);
  const ofApps = findings.filter(({ app, status }) => app !== null && status !== 'not-applicable');
  const id = isKnown(userId) ? userId.value : Number.NaN;
  const others = isKnown(users) ? users.value.filter((one) => one.id !== id) : [];
  return {
    layout: layout.name,
    userId: id,
    kind: text(userKind),
    beside: others.map((one) => `${one.id} ${one.kind}${one.running ? '' : ', stopped'}`).join('; '),
    judged: ofApps.length === 0 ? null : id,
    verdict,
  };
}

/** Prints who is in front of each phone, whose apps are judged and what is said: `node test/tables/user-layouts.ts`. */
if (import.meta.main) {
  const catalog = loadCatalog();
  console.log('| layout | user in front | beside | apps judged of | verdict |');
  console.log('| --- | --- | --- | --- | --- |');
  for (const one of userLayouts) {
    const { layout, userId, kind, beside, judged, verdict } = layoutRow(one, catalog);
    const whose = judged === null ? 'nobody' : `user ${judged}`;
    console.log(`| ${[layout, `${userId} ${kind}`, beside, whose, verdict].join(' | ')} |`);
  }
}
