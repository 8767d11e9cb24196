import type { ReactNode } from 'react';
import type { Finding, ScanReport } from '../program/received.ts';
import { findingKey, findingOf } from '../program/phone-work.ts';
import { usePhoneWork } from '../program/program.tsx';
import { questionsOf } from './questions.ts';
import { type Change, changesSince, groupFindings, inOrderOf, type ReportGroups, workOf } from './report-groups.ts';
import { brokenOffWords, count } from '../parts/words.ts';
import { AppsOwnWords } from './apps-own-words.tsx';
import { ButtonLink } from '../parts/button-link.tsx';
import { ChosenApp } from './chosen-app.tsx';
import { DriftNotice } from './drift-notice.tsx';
import { FindingCard } from './finding-card.tsx';
import { FindingLine } from './finding-line.tsx';
import { Notice } from '../parts/notice.tsx';
import { KeptAnswers, QuestionGroup, ToQuestions } from './question-group.tsx';
import classes from './report-view.module.css';
import { UncountedPhotos } from './uncounted-photos.tsx';
import { Verdict, type VerdictTone } from './verdict.tsx';
import { isolated, PhoneText } from '../parts/phone-text.tsx';

interface ReportViewProps {
  report: ScanReport;
  /** The whole report before it; null where there is none to measure against. */
  previous: ScanReport | null;
  /** The phone that corrections go to; null for a kept snapshot, which is only looked at. */
  phoneId: string | null;
  /** Whether the phone can be corrected at this moment. */
  live: boolean;
}

/** A report, the most urgent first: verdict, what fails, what may, what to check by hand, and folded what passed. */
export function ReportView({ report, previous, phoneId, live }: ReportViewProps) {
  const asking = phoneId !== null;
  const groups = groupFindings(report, { asking });
  const changes = changesSince(previous, report);
  const { ends } = usePhoneWork(phoneId ?? '');
  // What has been corrected stays where it was until the next scan, with its result and Undo.
  const corrected = new Set(Object.keys(ends).map(findingOf));
  const staying = [...groups.passed, ...groups.byHand, ...groups.notApplicable].filter((finding) =>
    corrected.has(findingKey(finding)),
  );
  const rest = (findings: readonly Finding[]): Finding[] => findings.filter((finding) => !staying.includes(finding));
  const fixed = rest(groups.passed).filter((finding) => changes.get(findingKey(finding)) === 'fixed');
  const passed = rest(groups.passed).filter((finding) => !fixed.includes(finding));
  const byHand = rest(groups.byHand);
  const notApplicable = rest(groups.notApplicable);
  const { health } = groups;
  const ailing = health.filter(({ status }) => status === 'problem' || status === 'possible');
  const sound = health.filter((finding) => !ailing.includes(finding));
  const appNames = new Map(report.apps.map((app) => [app.id, app.name]));

  const card = (finding: Finding, first = false): ReactNode => (
    <FindingCard
      key={findingKey(finding)}
      finding={finding}
      appName={finding.app === null ? null : (appNames.get(finding.app) ?? finding.app)}
      change={changes.get(findingKey(finding)) ?? null}
      first={first}
      phoneId={phoneId}
      live={live}
    />
  );
  const byKey = new Map(report.findings.map((finding) => [findingKey(finding), finding]));
  const line = (finding: Finding): ReactNode => (
    <FindingLine
      key={findingKey(finding)}
      finding={finding}
      appName={finding.app === null ? null : (appNames.get(finding.app) ?? finding.app)}
      becauseOf={finding.becauseOf.map((root) => byKey.get(findingKey(root))).filter((root) => root !== undefined)}
    />
  );
  const work = workOf(report);
  const symptoms = <Lines title="What comes of it" findings={groups.symptoms} line={line} />;

  return (
    <div className={classes.report}>
      <Verdict report={report} tone={toneOf(report, groups)}>
        {phoneId !== null && live && work.length > 0 && report.brokenOff === null ? (
          <ButtonLink to="/phones/$phoneId/walk-through" params={{ phoneId }} variant="light">
            Walk through {count(work.length, 'step', 'steps')}
          </ButtonLink>
        ) : null}
        {asking ? <ToQuestions questions={questionsOf(report).open.length} /> : null}
      </Verdict>
      {report.brokenOff === null ? null : (
        <Notice tone="warn" title="This scan is incomplete" live="polite">
          <PhoneText>{report.brokenOff.detail || brokenOffWords[report.brokenOff.reason]}</PhoneText> What was read
          until then is shown; nothing was saved.
        </Notice>
      )}
      {phoneId !== null && live ? <UncountedPhotos report={report} phoneId={phoneId} /> : null}
      {phoneId !== null && live ? <AppsOwnWords report={report} phoneId={phoneId} /> : null}
      <ChosenApp report={report} phoneId={phoneId} />
      <DriftNotice report={report} />
      {previous === null ? null : <Changes changes={changes} />}

      {groups.problems.length + staying.length > 0 ? (
        <Group title="What keeps photos from backing up" count={groups.problems.length}>
          {inOrderOf(corrected.size > 0 ? previous : null, [...groups.problems, ...staying]).map((finding) =>
            card(finding, finding === groups.problems[0] && groups.problems.length > 1),
          )}
          {symptoms}
        </Group>
      ) : null}
      {groups.possible.length > 0 ? (
        <Group title="Possible causes" count={groups.possible.length}>
          {groups.possible.map((finding) => card(finding))}
          {groups.problems.length === 0 ? symptoms : null}
        </Group>
      ) : null}
      {fixed.length > 0 ? (
        <Group title="Fixed since the scan before" count={fixed.length}>
          <Lines findings={fixed} line={line} />
        </Group>
      ) : null}
      {phoneId === null ? <KeptAnswers report={report} /> : <QuestionGroup phoneId={phoneId} report={report} />}
      {byHand.length > 0 ? (
        <Group title="Check by hand" count={byHand.length}>
          <Lines findings={byHand} line={line} />
        </Group>
      ) : null}
      {health.length > 0 ? (
        <Group title="Device health" count={ailing.length}>
          {ailing.map((finding) => card(finding))}
          <Fold
            title={`${count(sound.length, 'other check', 'other checks')} of the phone itself`}
            findings={sound}
            line={line}
          />
        </Group>
      ) : null}
      <div className={classes.folds}>
        <Fold title={`${groups.couldMatter.length} could matter`} findings={groups.couldMatter} line={line} />
        {[...groups.others].map(([app, found]) => (
          <Fold
            key={app}
            title={`${isolated(appNames.get(app) ?? app)}, not the chosen app: ${count(found.length, 'thing', 'things')}`}
            findings={found}
            line={line}
          />
        ))}
        <Fold title={`${count(passed.length, 'check', 'checks')} passed`} findings={passed} line={line} />
        <Fold
          title={`${count(notApplicable.length, 'check does', 'checks do')} not apply to this phone`}
          findings={notApplicable}
          line={line}
        />
        <Unread report={report} />
      </div>
    </div>
  );
}

/** A scan that broke off is never shown as good: what fails may be in the part that was not read. Unknown is not good either. */
function toneOf(report: ScanReport, { problems, possible }: ReportGroups): VerdictTone {
  if (problems.length > 0) return 'bad';
  const isKnown = report.uploads.length > 0 && report.uploads.every(({ state }) => state !== 'unknown');
  return possible.length > 0 || report.brokenOff !== null || !isKnown ? 'warn' : 'good';
}

function Changes({ changes }: { changes: ReadonlyMap<string, Change> }) {
  const having = (change: Change): number => [...changes.values()].filter((other) => other === change).length;
  const [fixed, fresh, unreadable] = [having('fixed'), having('new'), having('unreadable')];
  const parts = [
    fixed > 0 ? `${fixed} fixed` : null,
    fresh > 0 ? `${fresh} new` : null,
    unreadable > 0 ? `${unreadable} could not be read this time` : null,
  ].filter((part) => part !== null);
  const sentence = parts.length === 0 ? 'Nothing has changed.' : `${parts.join(', ')}.`;
  return (
    <Notice
      tone={fresh + unreadable > 0 ? 'warn' : fixed > 0 ? 'good' : 'calm'}
      title={`Since the scan before: ${sentence}`}
      live="polite"
    />
  );
}

function Group({ title, count: number, children }: { title: string; count: number; children: ReactNode }) {
  return (
    <section className={classes.group} aria-label={title}>
      <h2 className={classes.groupTitle}>
        {title} {number === 0 ? null : <span>{number}</span>}
      </h2>
      {children}
    </section>
  );
}

interface LinesProps {
  title?: string;
  findings: readonly Finding[];
  line: (finding: Finding) => ReactNode;
}

function Lines({ title, findings, line }: LinesProps) {
  if (findings.length === 0) return null;
  return (
    <div className={classes.box}>
      {title === undefined ? null : <p className={classes.boxTitle}>{title}</p>}
      <ul className={classes.lines}>{findings.map(line)}</ul>
    </div>
  );
}

interface FoldProps {
  title: string;
  findings: readonly Finding[];
  line: (finding: Finding) => ReactNode;
}

function Fold({ title, findings, line }: FoldProps) {
  if (findings.length === 0) return null;
  return (
    <details className={classes.fold}>
      <summary>{title}</summary>
      <div>
        <ul className={classes.lines}>{findings.map(line)}</ul>
      </div>
    </details>
  );
}

function Unread({ report }: { report: ScanReport }) {
  if (report.incomplete.length === 0) return null;
  return (
    <details className={classes.fold}>
      <summary>{count(report.incomplete.length, 'question was', 'questions were')} not answered</summary>
      <div>
        <ul className={classes.lines}>
          {report.incomplete.map(({ probe, reason, detail }) => (
            <li key={`${probe} ${reason} ${detail}`} style={{ padding: '0.5rem 0', fontSize: '0.875rem' }}>
              <strong>
                <PhoneText>{probe}</PhoneText>
              </strong>{' '}
              ({reason}): <PhoneText>{detail}</PhoneText>
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}
