import { t } from '../language/words.ts';
import { Button, Kbd } from '@mantine/core';
import { useKeys } from '../parts/keys.ts';
import { type ReactNode, useState } from 'react';
import { type OwnerQuestion, questionsOf } from './questions.ts';
import type { ScanReport } from '../program/received.ts';
import { AnswerRow } from './answer-row.tsx';
import { QuestionCard } from './question-card.tsx';
import classes from './questions.module.css';
import report from './report-view.module.css';
import { useTakesFocus } from '../parts/takes-focus.ts';

/** Where the focus goes on: to the next question, or to Change of the answered one with this key. */
type Focus = { at: 'next' } | { at: 'answer'; key: string } | null;

/** What no phone tells: one question at a time, and those that are answered behind it. */
export function QuestionGroup({ phoneId, report: of }: { phoneId: string; report: ScanReport }) {
  const { open, answered } = questionsOf(of);
  const [changing, setChanging] = useState<string | null>(null);
  const [focus, setFocus] = useState<Focus>(null);
  useKeys([['q', goToQuestions]]);
  const total = open.length + answered.length;
  if (total === 0) return null;

  const leave = ({ key }: OwnerQuestion): void => {
    setChanging(null);
    setFocus({ at: 'answer', key });
  };
  const row = (question: OwnerQuestion): ReactNode => (
    <li key={question.key}>
      {changing === question.key ? (
        <QuestionCard
          phoneId={phoneId}
          question={question}
          place={null}
          takesFocus
          onAnswer={null}
          onAnswered={() => leave(question)}
          onLeave={() => leave(question)}
        />
      ) : (
        <AnswerRow
          question={question}
          takesFocus={focus?.at === 'answer' && focus.key === question.key}
          onChange={() => {
            setFocus(null);
            setChanging(question.key);
          }}
        />
      )}
    </li>
  );
  const [next] = open;
  const [newest, ...earlier] = answered.toReversed();
  return (
    <section className={report.group} aria-label={t('Questions only you can answer')} data-questions>
      <h2 className={report.groupTitle}>
        {t('Questions only you can answer')} <span>{open.length}</span>
      </h2>
      {next === undefined ? (
        <AllAnswered takesFocus={focus?.at === 'next'} />
      ) : (
        <QuestionCard
          key={next.key}
          phoneId={phoneId}
          question={next}
          place={t('Question {number, number} of {all, number}', { number: answered.length + 1, all: total })}
          takesFocus={focus?.at === 'next'}
          onAnswer={() => setFocus({ at: 'next' })}
          onAnswered={null}
          onLeave={null}
        />
      )}
      {newest === undefined ? null : (
        <div className={classes.answered}>
          <ul className={classes.rows}>{row(newest)}</ul>
          {earlier.length === 0 ? null : (
            <details>
              <summary>{t('{count, number} answered before', { count: earlier.length })}</summary>
              <ul className={classes.rows}>{earlier.map(row)}</ul>
            </details>
          )}
        </div>
      )}
    </section>
  );
}

function AllAnswered({ takesFocus }: { takesFocus: boolean }) {
  const place = useTakesFocus<HTMLOutputElement>(takesFocus);
  return (
    <output ref={place} className={classes.done} tabIndex={-1}>
      {t('Nothing else is asked.')}
    </output>
  );
}

/** To the question that is open. */
function goToQuestions(): void {
  document.querySelector<HTMLElement>('[data-questions] [tabindex="-1"]')?.focus();
}

/** Leads to the questions; not there where none is open. */
export function ToQuestions({ questions, variant }: { questions: number; variant: 'filled' | 'default' }) {
  if (questions === 0) return null;
  return (
    <Button
      variant={variant}
      aria-keyshortcuts="q"
      onClick={goToQuestions}
      rightSection={
        <Kbd size="xs" aria-hidden>
          Q
        </Kbd>
      }
    >
      {t('Answer {count, plural, one {# question} other {# questions}}', { count: questions })}
    </Button>
  );
}

/** The answers of a kept snapshot. */
export function KeptAnswers({ report: of }: { report: ScanReport }) {
  const { answered } = questionsOf(of);
  if (answered.length === 0) return null;
  return (
    <section className={report.group} aria-label={t('Answered by the owner')}>
      <h2 className={report.groupTitle}>
        {t('Answered by the owner')} <span>{answered.length}</span>
      </h2>
      <div className={classes.answered}>
        <ul className={classes.rows}>
          {answered.map((question) => (
            <li key={question.key}>
              <AnswerRow question={question} takesFocus={false} onChange={null} />
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
