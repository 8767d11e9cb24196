import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Finding, ScanReport } from '../received.ts';
import { findingKey, findingOf } from '../phone-work.ts';
import { usePhoneWork } from '../program.tsx';
import { type Change, changesSince, groupFindings, inOrderOf, type ReportGroups } from '../report-groups.ts';
import { momentText } from '../value-text.ts';
import { brokenOffWords, count } from '../words.ts';
import { ButtonLink } from './button-link.tsx';
import { FindingCard } from './finding-card.tsx';
import { FindingLine } from './finding-line.tsx';
import { Notice } from './notice.tsx';
import classes from './report-view.module.css';

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
  const groups = groupFindings(report);
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
  const line = (finding: Finding): ReactNode => (
    <FindingLine
      key={findingKey(finding)}
      finding={finding}
      appName={finding.app === null ? null : (appNames.get(finding.app) ?? finding.app)}
    />
  );

  return (
    <div className={classes.report}>
      <Verdict report={report} worst={toneOf(report, groups)} />
      {phoneId !== null && live && report.steps.length > 0 && report.brokenOff === null ? (
        <div>
          <ButtonLink to="/phones/$phoneId/walk-through" params={{ phoneId }} variant="light">
            Walk through {count(report.steps.length, 'step', 'steps')}
          </ButtonLink>
        </div>
      ) : null}
      {report.brokenOff === null ? null : (
        <Notice tone="warn" title="This scan is incomplete" live="polite">
          <bdi>{report.brokenOff.detail || brokenOffWords[report.brokenOff.reason]}</bdi> What was read until then is
          shown; nothing was saved.
        </Notice>
      )}
      {previous === null ? null : <Changes changes={changes} />}

      {groups.problems.length + staying.length > 0 ? (
        <Group title="What keeps photos from backing up" count={groups.problems.length}>
          {inOrderOf(corrected.size > 0 ? previous : null, [...groups.problems, ...staying]).map((finding) =>
            card(finding, finding === groups.problems[0] && groups.problems.length > 1),
          )}
        </Group>
      ) : null}
      {groups.possible.length > 0 ? (
        <Group title="Possible causes" count={groups.possible.length}>
          {groups.possible.map((finding) => card(finding))}
        </Group>
      ) : null}
      {fixed.length > 0 ? (
        <Group title="Fixed since the scan before" count={fixed.length}>
          <div className={classes.fold}>
            <div>
              <ul className={classes.lines}>{fixed.map(line)}</ul>
            </div>
          </div>
        </Group>
      ) : null}
      {byHand.length > 0 ? (
        <Group title="Check by hand" count={byHand.length}>
          <div className={classes.fold}>
            <div>
              <ul className={classes.lines}>{byHand.map(line)}</ul>
            </div>
          </div>
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
      <Fold title={`${count(passed.length, 'check', 'checks')} passed`} findings={passed} line={line} />
      <Fold
        title={`${count(notApplicable.length, 'check does', 'checks do')} not apply to this phone`}
        findings={notApplicable}
        line={line}
      />
      <Unread report={report} />
    </div>
  );
}

/** A scan that broke off is never shown as good: what fails may be in the part that was not read. */
function toneOf(report: ScanReport, { problems, possible }: ReportGroups): 'bad' | 'warn' | 'good' {
  if (problems.length > 0) return 'bad';
  return possible.length > 0 || report.brokenOff !== null ? 'warn' : 'good';
}

function Verdict({ report, worst }: { report: ScanReport; worst: 'bad' | 'warn' | 'good' }) {
  const sentence = useRef<HTMLOutputElement>(null);
  const Icon = worst === 'bad' ? IconX : worst === 'warn' ? IconAlertTriangle : IconCheck;
  const { takenAt } = report.reading;
  // After a scan the reader continues with its result; not on arriving here from another screen, where the heading comes first.
  const shown = useRef(takenAt);
  useEffect(() => {
    if (shown.current === takenAt) return;
    shown.current = takenAt;
    if (document.activeElement === document.body) sentence.current?.focus();
  }, [takenAt]);
  return (
    <div className={classes.verdict}>
      <span className={classes.sign} data-tone={worst}>
        <Icon size={26} aria-hidden />
      </span>
      <div>
        <output ref={sentence} className={classes.sentence} tabIndex={-1}>
          {report.verdict}
        </output>
        <p className={classes.when}>
          Read <time dateTime={takenAt}>{momentText(takenAt)}</time>
          {report.timing.totalMs > 0 ? ` in ${(report.timing.totalMs / 1000).toFixed(1)} s` : ''}
        </p>
      </div>
    </div>
  );
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
        {title} <span>{number}</span>
      </h2>
      {children}
    </section>
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
              <strong>{probe}</strong> ({reason}): <bdi>{detail}</bdi>
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}
