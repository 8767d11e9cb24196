import type { ReactNode } from 'react';
import { reports as made } from 'virtual:gallery-reports';
import { ConnectionLost } from '../../../renderer/app/connection-lost.tsx';
import { BatchRun } from '../../../renderer/corrections/batch-run.tsx';
import { Notice } from '../../../renderer/parts/notice.tsx';
import { PhoneSteps } from '../../../renderer/parts/phone-steps.tsx';
import { ProblemNotice } from '../../../renderer/parts/problem-notice.tsx';
import { RunPanel } from '../../../renderer/parts/run-panel.tsx';
import { SampleBadge } from '../../../renderer/parts/sample-badge.tsx';
import { StatusSign } from '../../../renderer/parts/status-sign.tsx';
import { Value } from '../../../renderer/parts/value.tsx';
import { PhoneAndCable } from '../../../renderer/phones/phone-and-cable.tsx';
import { PhoneStateNotice } from '../../../renderer/phones/phone-state-notice.tsx';
import { PlugInSteps } from '../../../renderer/phones/plug-in-steps.tsx';
import { ScanProgress } from '../../../renderer/phones/scan-progress.tsx';
import type { BatchItem } from '../../../renderer/program/fix-batch.ts';
import type { PhoneWork } from '../../../renderer/program/phone-work.ts';
import type { ListedPhone, PhoneState, Status } from '../../../renderer/program/received.ts';
import { FindingRow } from '../../../renderer/result/finding-row.tsx';
import { ReportView } from '../../../renderer/result/report-view.tsx';
import { silentProgram } from './program.ts';
import type { SampleReport } from './reports.ts';

const reports = made as readonly SampleReport[];

export interface State {
  name: string;
  shown: ReactNode;
}
export interface Part {
  name: string;
  states: readonly State[];
}

const statuses: readonly Status[] = ['problem', 'possible', 'ok', 'unknown', 'manual', 'not-applicable'];
const phoneStates: readonly PhoneState[] = [
  'ready',
  'unauthorized',
  'untrusted',
  'locked',
  'offline',
  'recovery',
  'sideload',
  'no-permission',
  'gone',
];
const nothing = (): void => undefined;

const item = (title: string, state: BatchItem['state']): BatchItem => ({
  cause: title,
  app: null,
  correction: title,
  title,
  change: title,
  state,
  problem: null,
});
const three = ['Let Google Photos run in the background', 'Switch battery saver off', 'Switch Data Saver off'] as const;
const batch = (states: readonly BatchItem['state'][], state: 'running' | 'ending' | 'cancelled' | 'phone') => ({
  items: three.map((title, index) => item(title, states[index] ?? 'waiting')),
  state,
  problem: null,
});
const running = { kind: 'batch', steps: [{ type: 'step', step: 'running' }] } as unknown as PhoneWork['activity'];

/** How the work on a phone stands, by the name of the state. */
const works = new Map<string, Partial<PhoneWork>>([
  [
    'scan begins',
    { activity: { kind: 'scan', waiting: false, answered: 0, total: 0, probe: null, bytes: null, certain: [] } },
  ],
  [
    'waits for its turn',
    { activity: { kind: 'scan', waiting: true, answered: 0, total: 0, probe: null, bytes: null, certain: [] } },
  ],
  [
    'half read',
    { activity: { kind: 'scan', waiting: false, answered: 21, total: 42, probe: 'appops', bytes: null, certain: [] } },
  ],
  [
    'a large file',
    {
      activity: {
        kind: 'scan',
        waiting: false,
        answered: 30,
        total: 31,
        probe: 'photos',
        bytes: { come: 3_100_000, total: 60_000_000 },
        certain: ['Data Saver is on', 'Battery Saver is on'],
      },
    },
  ],
  ['fixing', { activity: running, batch: batch(['taken', 'doing'], 'running') }],
  ['stopping', { activity: running, batch: batch(['taken', 'doing'], 'ending') }],
  ['stopped', { batch: batch(['taken', 'not-taken'], 'cancelled') }],
  ['refused', { batch: batch(['refused', 'taken', 'unverified'], 'cancelled') }],
  ['unplugged', { batch: batch(['taken'], 'phone') }],
]);
export const program = silentProgram(works);

const listed = (state: PhoneState): ListedPhone => ({
  id: 'A1',
  platform: 'android',
  state,
  manufacturer: 'Google',
  model: 'Pixel 8',
  name: null,
  osVersion: '14',
  build: null,
  securityPatch: null,
  remedy: state === 'ready' ? null : { title: 'What to do about it', steps: ['Unlock the phone.', 'Tap Allow.'] },
  sample: false,
  port: null,
});

/** The first finding of each status and severity that any sample has. */
function findings(): State[] {
  const seen = new Map<string, State>();
  for (const { report } of reports) {
    for (const finding of report.findings) {
      const name = `${finding.status}, ${finding.severity}`;
      if (seen.has(name)) continue;
      const appName = report.apps.find(({ id }) => id === finding.app)?.name ?? null;
      const row = (
        <FindingRow
          finding={finding}
          appName={appName}
          effect=""
          change={null}
          first={false}
          symptoms={null}
          phoneId={null}
          live={false}
        />
      );
      seen.set(name, { name, shown: row });
    }
  }
  return [...seen.values()];
}

export const parts = (): Part[] => [
  {
    name: 'Notice',
    states: (['bad', 'warn', 'good', 'calm', 'sample'] as const).map((tone) => ({
      name: tone,
      shown: (
        <Notice tone={tone} title="What it is about">
          What is to be known, in a line or two.
        </Notice>
      ),
    })),
  },
  {
    name: 'Problem',
    states: [
      {
        name: 'with steps',
        shown: (
          <ProblemNotice
            problem={{ code: 'x', message: 'It did not work.', steps: ['Try it again.'], details: null }}
          />
        ),
      },
      {
        name: 'with details',
        shown: (
          <ProblemNotice problem={{ code: 'x', message: 'It did not work.', steps: [], details: 'SQLITE_BUSY' }} />
        ),
      },
    ],
  },
  {
    name: 'Connection',
    states: [
      { name: 'interrupted', shown: <ConnectionLost isCutOff={false} /> },
      { name: 'cut off', shown: <ConnectionLost isCutOff /> },
    ],
  },
  { name: 'Status', states: statuses.map((status) => ({ name: status, shown: <StatusSign status={status} /> })) },
  {
    name: 'Value',
    states: [true, false, null, 'text', 1_234_567, ['one', 'two'], { inner: [1, 2] }].map((value) => ({
      name: JSON.stringify(value),
      shown: <Value value={value} />,
    })),
  },
  { name: 'Sample', states: [{ name: 'badge', shown: <SampleBadge /> }] },
  {
    name: 'Steps on the phone',
    states: [
      {
        name: 'a way through menus',
        shown: <PhoneSteps steps={['Open Settings > Apps > Google Photos > Battery.', 'Choose Unrestricted.']} />,
      },
    ],
  },
  {
    name: 'Run',
    states: [
      {
        name: 'goes on',
        shown: (
          <RunPanel sentence="Waiting for a new photo" onCancel={nothing}>
            {null}
          </RunPanel>
        ),
      },
    ],
  },
  { name: 'Drawing', states: [{ name: 'phone and cable', shown: <PhoneAndCable /> }] },
  {
    name: 'Plug in',
    states: (['android', 'ios'] as const).map((platform) => ({
      name: platform,
      shown: <PlugInSteps platform={platform} onBack={nothing} />,
    })),
  },
  {
    name: 'State of a phone',
    states: [
      ...phoneStates.map((state) => ({
        name: state,
        shown: <PhoneStateNotice phone={listed(state)} work={program.works.get('idle')} />,
      })),
      { name: 'not plugged in', shown: <PhoneStateNotice phone={null} work={program.works.get('idle')} /> },
    ],
  },
  {
    name: 'Scan',
    states: ['scan begins', 'waits for its turn', 'half read', 'a large file'].map((name) => ({
      name,
      shown: <ScanProgress phoneId={name} />,
    })),
  },
  {
    name: 'Several corrections',
    states: ['fixing', 'stopping', 'stopped', 'refused', 'unplugged'].map((name) => ({
      name,
      shown: <BatchRun phoneId={name} />,
    })),
  },
  { name: 'Finding', states: findings() },
  {
    name: 'Result',
    states: reports
      .filter(({ first }) => first)
      .map(({ title, report }) => ({
        name: title,
        shown: <ReportView report={report} previous={null} phoneId={null} live={false} fresh={false} />,
      })),
  },
];
