import type { ReactNode } from 'react';
import type { Finding } from '../program/received.ts';
import classes from './report-view.module.css';

interface FoldProps {
  title: string;
  /** What the region is called; left out: it is none. */
  label?: string;
  /** Whether it stands within another finding. */
  quiet?: boolean;
  findings: readonly Finding[];
  line: (finding: Finding) => ReactNode;
}

/** Findings in one line, in a fold; not there where there are none. */
export function Fold({ title, label, quiet = false, findings, line }: FoldProps) {
  if (findings.length === 0) return null;
  return (
    <details className={quiet ? classes.within : classes.fold}>
      <summary>{title}</summary>
      <div role={label === undefined ? undefined : 'region'} aria-label={label}>
        <ul className={classes.lines}>{findings.map(line)}</ul>
      </div>
    </details>
  );
}
