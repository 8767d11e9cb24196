import { t } from '../language/words.ts';
import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { BatchRun } from '../corrections/batch-run.tsx';
import { Notice } from '../parts/notice.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { NotKept } from './not-kept.tsx';
import { brokenOffWords } from '../parts/words.ts';
import { findingKey } from '../program/phone-work.ts';
import { usePerPhone, usePhoneWork, useProgram } from '../program/program.tsx';
import type { Finding, ScanReport } from '../program/received.ts';
import { PhotoProof } from '../proof/photo-proof.tsx';
import { ProvenBlock } from '../proof/proven-block.tsx';
import { changesProven } from '../proof/proven-changes.ts';
import { provingPhoto } from '../proof/still-proven.ts';
import { AppsOwnWords } from './apps-own-words.tsx';
import { DriftNotice } from './drift-notice.tsx';
import { EverythingElse } from './everything-else.tsx';
import { FindingLine } from './finding-line.tsx';
import { FindingRow } from './finding-row.tsx';
import { Fold } from './folds.tsx';
import { KeptAnswers, QuestionGroup } from './question-group.tsx';
import { questionsOf } from './questions.ts';
import { type ChangeCounts, changeCounts, changesSince, isHeldIn } from './changes-since.ts';
import { effectWords, groupFindings, inOrderOf, symptomsUnder } from './report-groups.ts';
import classes from './report-view.module.css';
import { ShortAnswer } from './short-answer.tsx';
import { UncountedPhotos } from './uncounted-photos.tsx';
import { WaysOn, ProofAfterFixes } from './ways-on.tsx';

interface ReportViewProps {
  report: ScanReport;
  /** The whole report before it; null where there is none to measure against. */
  previous: ScanReport | null;
  /** The phone that corrections go to; null for a kept snapshot, which is only looked at. */
  phoneId: string | null;
  /** Whether the phone can be corrected at this moment. */
  live: boolean;
  /** Whether it was read while this screen was shown. */
  fresh: boolean;
}

/** A report: the answer, what is done about it and what that has proven, what holds photos back, and folded everything else. */
export function ReportView({ report, previous, phoneId, live, fresh }: ReportViewProps) {
  const { ends, activity } = usePhoneWork(phoneId ?? '');
  const fixing = activity?.kind === 'batch';
  const photo = usePerPhone(useProgram().runs.testPhotos, phoneId ?? '');
  const isCertified = phoneId !== null && !photo.running && provingPhoto(photo, report) !== null;
  const groups = groupFindings(report, { asking: phoneId !== null });
  const changes = changesSince(previous, report);
  const corrected = Object.keys(ends).length > 0;
  // Nothing moves under a reader's eyes while it is worked on.
  const order = corrected ? previous : null;
  const [held, worthALook] = [inOrderOf(order, groups.held), inOrderOf(order, groups.worthALook)];
  const proven = new Set(
    changesProven(report, ends).map(({ finding }) => (finding === null ? '' : findingKey(finding))),
  );
  const rest = (findings: readonly Finding[]): Finding[] => findings.filter((one) => !proven.has(findingKey(one)));
  // What a correction of this session has mended besides is among what passed.
  const fixed = (corrected ? [] : rest(groups.passed)).filter(
    (finding) => changes.get(findingKey(finding)) === 'fixed' && previous !== null && isHeldIn(previous, finding),
  );
  const passed = rest(groups.passed).filter((finding) => !fixed.includes(finding));

  // A correction has an outcome of its own, which is gone once the last of them is put back.
  const putBack = Object.values(ends).filter(({ undone }) => undone?.result === 'taken').length;
  const allBack = proven.size === 0 && putBack > 0 && activity === null ? `put-back-${putBack}` : null;
  const outcome = corrected ? allBack : fresh ? report.reading.takenAt : null;

  const appNames = new Map(report.apps.map((app) => [app.id, app.name]));
  const nameOf = ({ app }: Finding): string | null => (app === null ? null : (appNames.get(app) ?? app));
  const byKey = new Map(report.findings.map((finding) => [findingKey(finding), finding]));
  const line = (finding: Finding): ReactNode => (
    <FindingLine
      key={findingKey(finding)}
      finding={finding}
      appName={nameOf(finding)}
      becauseOf={finding.becauseOf.map((root) => byKey.get(findingKey(root))).filter((root) => root !== undefined)}
    />
  );
  const open = [held, worthALook, groups.couldMatter].find((some) => some.length > 0) ?? [];
  const symptomsOf = symptomsUnder(open, groups.symptoms);
  const row = (finding: Finding, first: boolean): ReactNode => (
    <FindingRow
      key={findingKey(finding)}
      finding={finding}
      appName={nameOf(finding)}
      effect={effectWords(report, finding)}
      change={changes.get(findingKey(finding)) ?? null}
      first={first}
      symptoms={<Fold quiet title={t('Effects')} findings={symptomsOf.get(findingKey(finding)) ?? []} line={line} />}
      phoneId={phoneId}
      live={live}
    />
  );

  return (
    <div className={classes.report}>
      <ShortAnswer report={report} phoneId={phoneId} outcome={outcome} isCertified={isCertified}>
        {phoneId === null || report.brokenOff !== null || fixing ? null : (
          <WaysOn report={report} phoneId={phoneId} live={live} proven={proven.size > 0} />
        )}
      </ShortAnswer>
      {phoneId === null || report.notKept === null ? null : <NotKept phoneId={phoneId} notKept={report.notKept} />}
      {report.brokenOff === null ? null : (
        <Notice tone="warn" title={t('This scan is incomplete')} live="polite">
          <PhoneText>{report.brokenOff.detail || brokenOffWords()[report.brokenOff.reason]}</PhoneText>{' '}
          {t('What was read until then is shown; nothing was saved.')}
        </Notice>
      )}
      {phoneId === null ? null : (
        <>
          <BatchRun phoneId={phoneId} />
          {fixing ? null : (
            <ProvenBlock phoneId={phoneId} report={report}>
              <ProofAfterFixes report={report} phoneId={phoneId} live={live} />
            </ProvenBlock>
          )}
          <PhotoProof phoneId={phoneId} report={report} />
        </>
      )}
      {phoneId !== null && live ? <UncountedPhotos report={report} phoneId={phoneId} /> : null}
      {phoneId !== null && live ? <AppsOwnWords report={report} phoneId={phoneId} /> : null}
      <DriftNotice report={report} />
      {previous === null || corrected ? null : <Changes counts={changeCounts(previous, report)} />}
      <Rows title={t('What holds photos back')} findings={held} row={row} />
      {held.length === 0 && !corrected && questionsOf(report).open.length === 0 ? (
        <Rows title={t('Worth a look')} findings={rest(worthALook)} row={(finding) => row(finding, false)} />
      ) : (
        <RowFold
          title={
            held.length === 0
              ? t('{count, number} worth a look', { count: rest(worthALook).length })
              : t('{count, number} more worth a look', { count: rest(worthALook).length })
          }
          label={t('Worth a look')}
          findings={rest(worthALook)}
          row={row}
        />
      )}
      <RowFold
        title={t('{count, plural, one {# thing} other {# things}} could matter', { count: groups.couldMatter.length })}
        label={t('Could matter')}
        findings={groups.couldMatter}
        row={row}
      />
      {fixed.length === 0 ? null : (
        <section className={classes.group} aria-label={t('Fixed since the scan before')}>
          <h2 className={classes.groupTitle}>{t('Fixed since the scan before')}</h2>
          <ul className={classes.box}>{fixed.map(line)}</ul>
        </section>
      )}
      {phoneId === null ? <KeptAnswers report={report} /> : <QuestionGroup phoneId={phoneId} report={report} />}
      <EverythingElse
        report={report}
        passed={passed}
        settling={rest(groups.settling)}
        byHand={rest(groups.byHand)}
        notApplicable={rest(groups.notApplicable)}
        health={groups.health}
        others={groups.others}
        line={line}
      />
    </div>
  );
}

function Changes({ counts: { fixed, fresh, others, unreadable } }: { counts: ChangeCounts }) {
  const parts = [
    fixed > 0 ? t('{count, number} fixed', { count: fixed }) : null,
    fresh > 0 ? t('{count, number} new', { count: fresh }) : null,
    others > 0 ? t('{count, plural, one {# other change} other {# other changes}}', { count: others }) : null,
    unreadable > 0 ? t('{count, number} could not be read this time', { count: unreadable }) : null,
  ].filter((part) => part !== null);
  return (
    <Notice
      tone={fresh + unreadable > 0 ? 'warn' : fixed > 0 ? 'good' : 'calm'}
      title={
        parts.length === 0
          ? t('Since the scan before: Nothing has changed.')
          : t('Since the scan before: {changes}.', { changes: parts.join(', ') })
      }
      live="polite"
    />
  );
}

interface RowsProps {
  title: string;
  findings: readonly Finding[];
  row: (finding: Finding, first: boolean) => ReactNode;
}

/** Findings as rows of one line, the first of them open. */
function Rows({ title, findings, row }: RowsProps) {
  if (findings.length === 0) return null;
  return (
    <section className={classes.group} aria-label={title}>
      <VisuallyHidden component="h2">{title}</VisuallyHidden>
      <div className={classes.rows}>{findings.map((finding, index) => row(finding, index === 0))}</div>
    </section>
  );
}

function RowFold({ title, label, findings, row }: RowsProps & { label: string }) {
  if (findings.length === 0) return null;
  return (
    <details className={classes.fold} data-label={label}>
      <summary>{title}</summary>
      <section aria-label={label}>{findings.map((finding) => row(finding, false))}</section>
    </details>
  );
}
