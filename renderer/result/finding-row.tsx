import { spoken } from '../language/spoken.ts';
import { t } from '../language/words.ts';
import { type ReactNode, useState } from 'react';
import { findingKey, findingOf } from '../program/phone-work.ts';
import { usePhoneWork } from '../program/program.tsx';
import type { Finding } from '../program/received.ts';
import { IconChevronRight } from '../parts/icons.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { StatusSign } from '../parts/status-sign.tsx';
import { changeWords, type Change } from './change-words.ts';
import { EvidenceList } from './evidence-list.tsx';
import { FindingCorrections } from './finding-corrections.tsx';
import { findingPlace } from './finding-link.tsx';
import classes from './finding-row.module.css';

interface FindingRowProps {
  finding: Finding;
  /** null where the title says it, or the whole phone is meant. */
  appName: string | null;
  /** What it does to the backup. */
  effect: string;
  /** What became of it since the scan before; null where it is the same or there is nothing to compare with. */
  change: Change | null;
  /** Whether it is open when it appears: the first in the order of work. */
  first: boolean;
  /** What only shows that this is there. */
  symptoms: ReactNode;
  /** null for a kept snapshot: its corrections are not offered. */
  phoneId: string | null;
  live: boolean;
}

/** A text's first sentence, and the rest. */
function firstSentence(text: string): [string, string] {
  const sentences = new Intl.Segmenter(spoken().locale, { granularity: 'sentence' });
  const [first] = sentences.segment(text);
  const end = first?.segment.length ?? text.length;
  return [text.slice(0, end).trim(), text.slice(end)];
}

/** A finding that needs something, in one line; opened, why it matters, what removes it, and what it rests on. */
export function FindingRow({ finding, appName, effect, change, first, symptoms, phoneId, live }: FindingRowProps) {
  const { ends } = usePhoneWork(phoneId ?? '');
  const ended = Object.keys(ends).some((key) => findingOf(key) === findingKey(finding));
  const [open, setOpen] = useState(first || ended);
  // The first shows its evidence on demand, so that its few words stand alone; whoever opens another wants to see it.
  const [unfolded] = useState(!first);
  const [shown, more] = unfolded ? [finding.explanation, ''] : firstSentence(finding.explanation);
  return (
    <article
      className={classes.row}
      data-cause={finding.cause}
      data-app={finding.app ?? ''}
      data-status={finding.status}
      {...findingPlace(finding)}
    >
      <details open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <StatusSign status={finding.status} size={20} />
          <h3>
            <PhoneText>{finding.title}</PhoneText>
          </h3>
          {change === null ? null : (
            <span className={classes.mark} data-tone={changeWords()[change].tone}>
              {changeWords()[change].words}
            </span>
          )}
          <IconChevronRight className={classes.arrow} size={16} aria-hidden />
        </summary>
        <div className={classes.body}>
          {first ? null : (
            <p className={classes.facts}>
              {appName === null ? null : (
                <span>
                  <PhoneText>{appName}</PhoneText>
                </span>
              )}
              <span>{effect}</span>
              {finding.origin === 'shop' ? <span>{t('Shop’s own check')}</span> : null}
            </p>
          )}
          <p className={classes.explanation}>
            <PhoneText>{shown}</PhoneText>
          </p>
          {phoneId === null ? null : (
            <div className={classes.corrections}>
              <FindingCorrections phoneId={phoneId} finding={finding} live={live} folded={first} />
            </div>
          )}
          {symptoms}
          {finding.evidence.length === 0 && more === '' ? null : (
            <details className={classes.more} open={unfolded}>
              <summary>{t('Evidence')}</summary>
              {more === '' ? null : (
                <p className={classes.explanation}>
                  <PhoneText>{more}</PhoneText>
                </p>
              )}
              <EvidenceList evidence={finding.evidence} />
              {finding.notProof === null ? null : (
                <p className={classes.notProof}>
                  {t.rich('Not proven by this: {what}', { what: <PhoneText>{finding.notProof}</PhoneText> })}
                </p>
              )}
            </details>
          )}
        </div>
      </details>
    </article>
  );
}
