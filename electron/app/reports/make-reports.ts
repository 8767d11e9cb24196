import packageJson from '../../../package.json' with { type: 'json' };
import { learnFrom } from '../../../native/offline/redaction.ts';
import type { Phone } from '../../../native/phone.ts';
import { modelTitle } from '../../../native/phone-title.ts';
import { isSampleId } from '../../../native/samples/sample-id.ts';
import { Redaction } from '../../../native/redaction.ts';
import type { Store } from '../../../db/store.ts';
import type { Snapshot } from '../../../db/records/snapshots.ts';
import type { Ticket, TicketPhone } from '../../../db/records/tickets.ts';
import type { Walkthrough } from '../../../db/records/walkthroughs.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import { alternativePath } from '../../../diagnosis/judge/alternative-path.ts';
import { incompleteOf } from '../../../diagnosis/judge/judge.ts';
import { quickWin } from '../../../diagnosis/judge/quick-win.ts';
import { appName } from '../../../diagnosis/judge/verdict.ts';
import type { ActionSummary } from '../actions/action-summary.ts';
import { serialIn } from '../phones/phone-names.ts';
import type { Clock } from '../program/clock.ts';
import { languageOfCall } from '../program/language.ts';
import { ApplicationError } from '../program/problem.ts';
import { sayAnswer } from '../program/say-answer.ts';
import type { TestPhotoReport } from '../proof/test-photo-report.ts';
import { scanReport } from '../scan/scan.ts';
import type { Settings } from '../settings/settings.ts';
import type { ShopLogo } from '../settings/shop-logo.ts';
import { systemSheet, type Papers } from '../printing/paper.ts';
import type { ReportFormat, ReportKindId } from './formats.ts';
import { guidedSteps } from './guided-steps.ts';
import { reportKinds } from './report-kinds.ts';
import { redactReport } from './redact-report.ts';
import type { Report, ReportedSnapshot } from './report.ts';
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
  /** Number of the job; left out: the one of the last snapshot. */
  ticket?: number | undefined;
  /** Which phone of the job, by its uid there, where it is made of no snapshot; needed where the job has several. */
  ticketPhone?: string | undefined;
  kind: ReportKindId;
  format: ReportFormat;
  /** What is printed on; left out: as the settings have it. */
  papers?: Papers | undefined;
  /** With what tells whose the phone is: only where somebody asked for it. */
  unredacted: boolean;
  /** It goes to another system: without the fault as told, and redacted without customer and phone also where it is a paper of the shop. */
  leavesShop?: boolean | undefined;
  /** The moment that it is made at (UTC, ISO 8601), so that it can be made again; left out: now. */
  madeAt?: string | undefined;
}

/** Without a name that its owner may have given it. The end of the serial stands on the phone or its box. */
const countersPhone = (phone: Phone): NonNullable<Report['phone']> => ({
  title: modelTitle(phone),
  end: serialIn(phone.id).slice(-4),
});

const idsOf = (rows: readonly { id: number }[]): Set<string> => new Set(rows.map(({ id }) => String(id)));

/** What is printed or handed over of kept snapshots, in the language of the call. */
export class Reports {
  readonly #options: ReportsOptions;

  constructor(options: ReportsOptions) {
    this.#options = options;
  }

  /** The report itself. Throws `unknown-snapshot`, `bad-argument`, `which-phone`. */
  make(request: Omit<ReportRequest, 'papers'>): Report {
    const {
      snapshots: ids,
      ticket: number,
      ticketPhone,
      kind,
      format,
      unredacted,
      leavesShop = false,
      madeAt,
    } = request;
    const { catalog, settings, shopLogo, clock } = this.#options;
    const { snapshots: wanted, ofShop } = reportKinds[kind];
    if (ids.length < wanted || (wanted > 0 && ids.length > wanted)) {
      const words = wanted === 1 ? 'one snapshot' : 'two snapshots';
      throw new ApplicationError('bad-argument', `A report of the kind "${kind}" is made of ${words}.`);
    }
    const kept = ids.map((id) => this.#snapshot(id));
    const ticket = this.#ticketOf(kept, number);
    if (wanted === 0 && ticket === null) {
      throw new ApplicationError('bad-argument', `A report of the kind "${kind}" is made of a ticket.`);
    }
    const handedIn = kept.length > 0 ? null : this.#handedIn(ticket, ticketPhone);
    const phones = [...new Set(kept.map(({ phone }) => phone.id))];
    const snapshots = kept.map((snapshot) => this.#reported(snapshot));
    const ofPhones = <T>(list: (phoneId: string) => readonly T[]): T[] => phones.flatMap((id) => list(id).toReversed());
    const under = this.#doneUnder(ticket);
    const said = sayAnswer(
      {
        actions: ofPhones(this.#options.actions).filter(({ id }) => under?.actions.has(id) ?? true),
        proofs: ofPhones(this.#options.testPhotos).filter(({ testPhoto }) => under?.testPhotos.has(testPhoto) ?? true),
        guided: ofPhones((id) => guidedSteps(this.#walkthroughs(id, ticket), catalog)),
        secondWays: ofPhones((id) => this.#secondWays(id)),
        snapshots,
      },
      catalog.programs,
    );
    // The customer's name is for the shop's own papers, and for none that leaves the shop as data.
    const isPaper = ofShop && format === 'html';
    const namesPeople = isPaper && (unredacted || !leavesShop);
    const ticketOut = ticket !== null && leavesShop ? { ...ticket, fault: '' } : ticket;
    const report: Report = {
      schema: 1,
      kind,
      madeAt: madeAt ?? clock.now().toISOString(),
      program: packageJson.version,
      language: languageOfCall(),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      shop: { name: settings.values.shopName, logo: shopLogo.address },
      ticket: reportedTicket(ticketOut, { prefix: settings.values.stationPrefix, withCustomer: namesPeople }),
      sample: kept.some(({ phone }) => isSampleId(phone.id)),
      phone: namesPeople ? this.#phoneOf(kept, handedIn) : null,
      ...said,
      redacted: false,
    };
    return unredacted ? report : redactReport(report, this.#redactionOf(kept, ticket), namesPeople);
  }

  /** What is printed on, as the settings have it. */
  get papers(): Papers {
    const { sheetPaper, labelPaper } = this.#options.settings.values;
    return { sheet: sheetPaper === 'system' ? systemSheet() : sheetPaper, label: labelPaper };
  }

  /** A report in a format of text. Throws as {@link make}. */
  async text(request: ReportRequest): Promise<string> {
    return this.render(this.make(request), request);
  }

  async render(report: Report, { format, papers }: Pick<ReportRequest, 'format' | 'papers'>): Promise<string> {
    const { programs } = this.#options.catalog;
    // What makes formats is loaded when the first report is made: most starts of the program make none.
    const { renderReport } = await import('./render-report.ts');
    return renderReport(report, format, { programs, papers: papers ?? this.papers });
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

  #reported({ id, uid, label, takenAt, phone, capture, reading, diagnosis }: Snapshot): ReportedSnapshot {
    const scan = { phone, capture, reading, diagnosis, incomplete: incompleteOf(reading) };
    const { catalog } = this.#options;
    const guide = diagnosis.chosen.map(({ app }) => ({
      app,
      quickWin: quickWin(catalog, reading, app),
      alternative: alternativePath(catalog, reading, app),
    }));
    return { id: String(id), uid, label, takenAt, scan: scanReport(scan, catalog, String(id)), guide };
  }

  /** What a job did, by its ids; null where a report is of no job: then everything counts. */
  #doneUnder(ticket: Ticket | null): { actions: Set<string>; testPhotos: Set<string | null> } | null {
    if (ticket === null) return null;
    const store = this.#options.store();
    return { actions: idsOf(store.actionsOfTicket(ticket.id)), testPhotos: idsOf(store.testPhotosOfTicket(ticket.id)) };
  }

  #walkthroughs(phoneId: string, ticket: Ticket | null): Walkthrough[] {
    const all = this.#options.store().listWalkthroughs(phoneId);
    return ticket === null ? all : all.filter((one) => one.ticket === ticket.id);
  }

  #secondWays(phoneId: string): Report['secondWays'] {
    const { catalog, store } = this.#options;
    const inUse = store().alternativesInUse(phoneId);
    return inUse.map(({ app, chosenAt }) => ({ appName: appName(catalog, app), since: chosenAt }));
  }

  #ticketOf(kept: readonly Snapshot[], number: number | undefined): Ticket | null {
    const id = number ?? kept.at(-1)?.ticket ?? null;
    const ticket = id === null ? null : this.#options.store().loadTicket(id);
    if (ticket === null && number !== undefined) {
      throw new ApplicationError('unknown-ticket', `There is no ticket ${number}.`);
    }
    return ticket;
  }

  /** The phone of a job that a report without a snapshot is of. Throws `which-phone` where nobody has said which of several. */
  #handedIn(ticket: Ticket | null, uid: string | undefined): TicketPhone | null {
    if (ticket === null) return null;
    const chosen = uid === undefined ? null : (ticket.phones.find((one) => one.uid === uid) ?? null);
    if (chosen !== null || ticket.phones.length < 2) return chosen ?? ticket.phones[0] ?? null;
    throw new ApplicationError('which-phone', 'The ticket is of several phones. Say which one.');
  }

  /** What tells a phone from others at the counter: the one that was read, else the one that was handed in. */
  #phoneOf(kept: readonly Snapshot[], handedIn: TicketPhone | null): Report['phone'] {
    const read = kept.at(-1)?.phone;
    if (read !== undefined) return countersPhone(read);
    if (handedIn === null) return null;
    const known = this.#options
      .store()
      .listPhones()
      .find(({ id }) => id === handedIn.phone);
    if (known !== undefined) return countersPhone(known);
    return { title: handedIn.description, end: handedIn.imei === '' ? null : handedIn.imei.slice(-4) };
  }

  #redactionOf(kept: readonly Snapshot[], ticket: Ticket | null): Redaction {
    const redaction = new Redaction('named');
    for (const { capture } of kept) learnFrom(capture, redaction);
    if (ticket !== null) learnFromTicket(ticket, redaction);
    return redaction;
  }
}
