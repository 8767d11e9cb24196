import { mergeRouters } from './api/procedure.ts';
import { programApi } from './api/program.ts';
import { phonesApi } from './api/phones.ts';
import { scanApi } from './api/scan.ts';
import { correctionsApi } from './api/corrections.ts';
import { safeCopyApi } from './api/safe-copy.ts';
import { proofApi } from './api/proof.ts';
import { walkthroughApi } from './api/walkthrough.ts';
import { historyApi } from './api/history.ts';
import { farewellApi } from './api/farewell.ts';
import { settingsApi } from './api/settings.ts';
import { benchApi } from './api/bench.ts';
import { reportingApi } from './api/reporting.ts';
import { ticketsApi } from './api/tickets.ts';
import { handoverApi } from './api/handover.ts';
import { shopApi } from './api/shop.ts';
import { archiveApi } from './api/archive.ts';
import { backupsApi } from './api/backups.ts';
import { casesApi } from './api/cases.ts';
import { shellApi } from './api/shell.ts';

/**
 * The one contract between the application and its hosts. The window speaks it over IPC (desktop) or a WebSocket (browser);
 * the command line calls the same application. Arguments are checked here, once.
 */

export type { ListedPhone, Phone, PhoneState, Remedy } from '../native/phone.ts';
export type { PhoneList, SourceTrouble } from '../native/source.ts';
export type {
  Answer,
  Evidence,
  Finding,
  OfferedCorrection,
  Origin,
  Pack,
  Question,
  Severity,
  Status,
  Step,
} from '../diagnosis/finding.ts';
export type { ScanReport } from './app/scan/scan-report.ts';
export type { CorrectionOutcome, CorrectionResult } from './app/actions/correction-outcome.ts';
export type { TestPhotoEvent, TestPhotoReport } from './app/proof/test-photo-report.ts';
export type { SafeCopyEvent, SafeCopyReport } from './app/safe-copy/safe-copy-report.ts';
export type { ScanEvent } from './app/scan/scan.ts';
export type { CorrectionEvent } from './app/corrections/carry-out.ts';
export type { ActionSummary } from './app/actions/action-summary.ts';
export type { SampleSummary } from './app/phones/sample-summary.ts';
export type { SnapshotColumns, SnapshotListItem } from './app/history/snapshot-list.ts';
export type { Question as CorrectionQuestion } from './app/actions/question.ts';
export type { HandoverView, MessageItem } from './app/handover/handover.ts';
export type { AtOtherShops } from './app/shop/elsewhere.ts';
export type { ShopView } from './app/shop/shop.ts';
export type { NextAction } from './app/handover/messages.ts';
export type { Problem } from './app/program/problem.ts';
export type { StoreHealth } from './app/program/store-health.ts';
export type { CustomerErasure, CustomerItem, FoundSnapshot } from './app/archive/archive.ts';
export type { CasePreview, OpenedCase, TakenCase } from './app/cases/cases.ts';
export type { BackupItem } from './app/backups/backups.ts';
export type { ShellRequest, ShellState, UpdateState } from './app/shell/shell.ts';
export type { SettingsState } from './app/settings/settings.ts';
export type { StepWatchEvent, UndoAllEvent, WalkthroughFinishEvent } from './app/walkthrough/walkthroughs.ts';
export type { WalkthroughStepState, WalkthroughStepView, WalkthroughView } from './app/walkthrough/walkthrough-view.ts';
export type { TicketItem, TicketView } from './app/tickets/ticket-view.ts';
export type { DesktopBridge, MessageToHost, MessageToWindow } from './desktop-messages.ts';

export const api = mergeRouters(
  programApi,
  phonesApi,
  scanApi,
  correctionsApi,
  safeCopyApi,
  proofApi,
  walkthroughApi,
  historyApi,
  farewellApi,
  settingsApi,
  benchApi,
  ticketsApi,
  handoverApi,
  shopApi,
  backupsApi,
  casesApi,
  reportingApi,
  archiveApi,
  shellApi,
);

export type Api = typeof api;
