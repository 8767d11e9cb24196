import type { inferRouterOutputs } from '@trpc/server';
import type { Api } from '../../electron/api.ts';

/** What the program's answers look like once they have come over the wire as JSON; the screens are written against these. */
type Received = inferRouterOutputs<Api>;

type EventOf<Stream> = Stream extends AsyncIterable<infer Event> ? Event : never;

export type PhoneList = EventOf<Received['phones']>;
export type ListedPhone = PhoneList['phones'][number];
export type SourceTrouble = PhoneList['troubles'][number];
export type Platform = ListedPhone['platform'];
export type ConnectionHelp = Received['connectionHelp'][number];
export type ScanEvent = EventOf<Received['scan']>;
export type CorrectionEvent = EventOf<Received['correct']>;
export type CorrectionStep = Extract<CorrectionEvent, { type: 'step' }>;
export type CorrectionOutcome = Extract<CorrectionEvent, { type: 'outcome' }>['outcome'];
export type Remedy = NonNullable<CorrectionOutcome['remedy']>;
export type CorrectionResult = CorrectionOutcome['result'];
export type SafeCopyEvent = EventOf<Received['safeCopy']>;
export type SafeCopyReport = Extract<SafeCopyEvent, { type: 'report' }>['report'];
export type TestPhotoEvent = EventOf<Received['testPhoto']>;
export type TestPhotoReport = Received['testPhotos'][number];
export type ScanReport = Received['snapshot'];
export type Phone = ScanReport['phone'];
export type PhoneState = Phone['state'];
export type Finding = ScanReport['findings'][number];
export type Status = Finding['status'];
export type Severity = Finding['severity'];
export type Evidence = Finding['evidence'][number];
export type FindingName = Finding['becauseOf'][number];
export type Question = NonNullable<Finding['question']>;
export type Answer = NonNullable<Question['answer']>;
export type AnswerWord = Answer['answer'];
export type OfferedCorrection = Finding['corrections'][number];
export type ActionSummary = Received['actions'][number];
export type SnapshotListItem = Received['snapshots'][number];
export type SnapshotComparison = Received['compare'];
export type WatchView = Received['watching']['list'][number];
export type WatchDay = WatchView['days'][number];
export type CheckIn = EventOf<Received['watching']['checkIns']>;
export type AlternativeView = Received['alternatives'][number];
export type FarewellSummary = Received['farewell'];
export type Farewell = Received['forget'];
export type WalkthroughView = Received['walkthrough']['list'][number];
export type WalkthroughStepView = WalkthroughView['steps'][number];
export type WalkthroughStepState = WalkthroughStepView['state'];
export type WalkthroughFinishEvent = EventOf<Received['walkthrough']['finish']>;
export type UndoAllEvent = EventOf<Received['walkthrough']['undoAll']>;
