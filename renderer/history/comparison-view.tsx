import type { ReactNode } from 'react';
import type { SnapshotComparison } from '../program/received.ts';
import { count, statusWords } from '../parts/words.ts';
import { Notice } from '../parts/notice.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import classes from '../result/report-view.module.css';
import { StatusSign } from '../parts/status-sign.tsx';
import table from '../parts/table.module.css';
import { Value } from '../parts/value.tsx';

type Comparison = SnapshotComparison['comparison'];
type ComparedFinding = Comparison['findings']['gone'][number];
type ComparedValue = Comparison['values'][number]['before'];

const failing = (finding: ComparedFinding): boolean => finding.after === 'problem' || finding.after === 'possible';
const failedBefore = ({ before }: ComparedFinding): boolean => before === 'problem' || before === 'possible';

/** Two snapshots side by side: what is gone, what is new, what is as it was, and every value that changed. */
export function ComparisonView({
  comparison: { before, after, comparison, appNames },
}: {
  comparison: SnapshotComparison;
}) {
  const { gone, new: fresh, unchanged, changed } = comparison.findings;
  const still = unchanged.filter(failing);
  const steady = comparison.values.filter((value) => !value.passing);
  const passing = comparison.values.filter((value) => value.passing);
  const summary = [
    `${count(gone.length, 'problem', 'problems')} gone`,
    `${fresh.length} new`,
    `${still.length} still there`,
    `${count(steady.length, 'value', 'values')} changed`,
  ].join(', ');
  return (
    <div className={classes.report}>
      <Notice tone={fresh.length > 0 ? 'warn' : gone.length > 0 ? 'good' : 'calm'} title={`${summary}.`} live="polite">
        {comparison.samePhone ? null : (
          <span>
            Two phones: <PhoneText>{before.phoneName}</PhoneText> and <PhoneText>{after.phoneName}</PhoneText>.
          </span>
        )}
      </Notice>
      <Findings
        title="No longer a problem"
        findings={gone.map((finding) => ({ ...finding, title: finding.titleBefore ?? finding.title }))}
        appNames={appNames}
      />
      <Findings title="New" findings={fresh} appNames={appNames} />
      <Findings title="Still there" findings={still} appNames={appNames} />
      <Findings title="Changed, but not proved gone" findings={changed.filter(failedBefore)} appNames={appNames} />
      <Findings
        title="Other changes"
        findings={changed.filter((finding) => !failedBefore(finding))}
        appNames={appNames}
      />
      <Values title="Values that changed" values={steady} />
      <Values title="Values that are others at every look" values={passing} />
    </div>
  );
}

function Findings({
  title,
  findings,
  appNames,
}: {
  title: string;
  findings: readonly ComparedFinding[];
  appNames: SnapshotComparison['appNames'];
}) {
  if (findings.length === 0) return null;
  return (
    <Section title={title} number={findings.length}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">Finding</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {findings.map((finding) => (
            <tr key={JSON.stringify([finding.cause, finding.app])} data-cause={finding.cause}>
              <th scope="row">
                <PhoneText>{finding.title}</PhoneText>
                {finding.app === null ? null : (
                  <div className={table.quiet}>
                    <PhoneText>{appNames[finding.app] ?? finding.app}</PhoneText>
                  </div>
                )}
              </th>
              <td className={table.narrow}>{finding.before === null ? 'Not judged' : statusWords()[finding.before]}</td>
              <td className={table.narrow}>
                {finding.after === null ? (
                  'Not judged'
                ) : (
                  <span style={{ display: 'inline-flex', gap: '0.25rem', alignItems: 'center' }}>
                    <span aria-hidden style={{ display: 'contents' }}>
                      <StatusSign status={finding.after} size={18} />
                    </span>
                    {statusWords()[finding.after]}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Shown({ compared: { value, unavailable } }: { compared: ComparedValue }) {
  return unavailable === null ? <Value value={value} /> : `could not be read (${unavailable.reason})`;
}

function Values({ title, values }: { title: string; values: Comparison['values'] }) {
  if (values.length === 0) return null;
  return (
    <Section title={title} number={values.length}>
      <table className={table.table} data-even>
        <thead>
          <tr>
            <th scope="col">Value</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {values.map((value) => (
            <tr key={value.path} data-path={value.path}>
              <th scope="row">
                <PhoneText>{value.label}</PhoneText>
                <div className={table.quiet}>
                  <PhoneText>{value.path}</PhoneText>
                  {value.underPower ? ' · changed by USB power itself' : ''}
                </div>
              </th>
              <td>
                <Shown compared={value.before} />
              </td>
              <td>
                <Shown compared={value.after} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Section({ title, number, children }: { title: string; number: number; children: ReactNode }) {
  return (
    <section className={classes.group} aria-label={title}>
      <h2 className={classes.groupTitle}>
        {title} <span>{number}</span>
      </h2>
      <div className={table.scroll}>{children}</div>
    </section>
  );
}
