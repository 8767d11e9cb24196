import packageJson from '../../../package.json' with { type: 'json' };
import { learnFrom } from '../../../native/offline/redaction.ts';
import { Redaction } from '../../../native/redaction.ts';
import type { Store } from '../../../db/store.ts';
import type { Snapshot } from '../../../db/records/snapshots.ts';
import type { Ticket } from '../../../db/records/tickets.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import { incompleteOf } from '../../../diagnosis/judge/judge.ts';
import type { ActionSummary } from '../actions/action-summary.ts';
import type { Clock } from '../program/clock.ts';
import { languageOfCall } from '../program/language.ts';
import { ApplicationError } from '../program/problem.ts';
import { sayAnswer } from '../program/say-answer.ts';
import type { TestPhotoReport } from '../proof/test-photo-report.ts';
import { scanReport } from '../scan/scan.ts';
import type { Settings } from '../settings/settings.ts';
import type { ShopLogo } from '../settings/shop-logo.ts';
import type { Paper, ReportFormat } from './formats.ts';
import { reportKinds } from './kinds.ts';
import { redactReport } from './redact-report.ts';
import type { Report, ReportedSnapshot, ReportKindId } from './report.ts';
import { learnFromTicket, reportedTicket } from './reported-ticket.ts';

export interface ReportsOptions {
  catalog: Catalog;
  store: () => Store;
  settings: Settings;
  shopLogo: ShopLogo;
  /** Of one phone, the latest first. */
  actions: (phoneId: string) => readonly ActionSummary[];
  testPhotos: (phoneId: string) => readonly TestPhotoReport[];
  clock: Clock;
}

/** What a report is to be. */
export interface ReportRequest {
  /** Ids, in the order of time; how many, the kind says. */
  snapshots: readonly string[];
  kind: ReportKindId;
  format: ReportFormat;
  paper: Paper;
  /** With what tells whose the phone is: only where somebody asked for it. */
  unredacted: boolean;
}

/** What is printed or handed over of kept snapshots, in the language of the call. */
export class Reports {
  readonly #options: ReportsOptions;

  constructor(options: ReportsOptions) {
    this.#options = options;
  }

  /** The report itself. Throws `unknown-snapshot`, `bad-argument`. */
  make({ snapshots: ids, kind, format, unredacted }: Omit<ReportRequest, 'paper'>): Report {
    const { catalog, settings, shopLogo, clock } = this.#options;
    const { snapshots: wanted, ofShop } = reportKinds[kind];
    if (ids.length !== wanted) {
      const words = wanted === 1 ? 'one snapshot' : 'two snapshots';
      throw new ApplicationError('bad-argument', `A report of the kind "${kind}" is made of ${words}.`);
    }
    const kept = ids.map((id) => this.#snapshot(id));
    const phones = [...new Set(kept.map(({ phone }) => phone.id))];
    const snapshots = kept.map((snapshot) => this.#reported(snapshot));
    const ofPhones = <T>(list: (phoneId: string) => readonly T[]): T[] => phones.flatMap((id) => list(id).toReversed());
    const said = sayAnswer(
      { actions: ofPhones(this.#options.actions), proofs: ofPhones(this.#options.testPhotos), snapshots },
      catalog.programs,
    );
    // The customer's name is for the shop's own papers, and for none that leaves the shop as data.
    const isPaper = ofShop && format === 'html';
    const report: Report = {
      schema: 1,
      kind,
      madeAt: clock.now().toISOString(),
      program: packageJson.version,
      language: languageOfCall(),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      shop: { name: settings.values.shopName, logo: shopLogo.address },
      ticket: reportedTicket(this.#ticketOf(kept), isPaper),
      ...said,
      redacted: false,
    };
    return unredacted ? report : redactReport(report, this.#redactionOf(kept));
  }

  /** A report in a format of text. Throws as {@link make}. */
  async text(request: ReportRequest): Promise<string> {
    return this.render(this.make(request), request);
  }

  async render(report: Report, { format, paper }: Pick<ReportRequest, 'format' | 'paper'>): Promise<string> {
    const { programs } = this.#options.catalog;
    // What makes formats is loaded when the first report is made: most starts of the program make none.
    const { renderReport } = await import('./render-report.ts');
    return renderReport(report, format, { programs, paper });
  }

  #snapshot(id: string): Snapshot {
    const snapshot = /^\d{1,15}$/.test(id) ? this.#options.store().loadSnapshot(Number(id)) : null;
    if (snapshot === null) {
      throw new ApplicationError('unknown-snapshot', `There is no snapshot ${id}.`, [
        'List the snapshots to see their numbers.',
      ]);
    }
    return snapshot;
  }

  #reported({ id, label, takenAt, phone, capture, reading, diagnosis }: Snapshot): ReportedSnapshot {
    const scan = { phone, capture, reading, diagnosis, incomplete: incompleteOf(reading) };
    return { id: String(id), label, takenAt, scan: scanReport(scan, this.#options.catalog, String(id)) };
  }

  #ticketOf(kept: readonly Snapshot[]): Ticket | null {
    const id = kept.at(-1)?.ticket ?? null;
    return id === null ? null : this.#options.store().loadTicket(id);
  }

  #redactionOf(kept: readonly Snapshot[]): Redaction {
    const redaction = new Redaction('named');
    for (const { capture } of kept) learnFrom(capture, redaction);
    const ticket = this.#ticketOf(kept);
    if (ticket !== null) learnFromTicket(ticket, redaction);
    return redaction;
  }
}
