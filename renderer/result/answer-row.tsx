import { t } from '../language/words.ts';
import { Button } from '@mantine/core';
import { decidedBy, type OwnerQuestion } from './questions.ts';
import { FindingLink } from './finding-link.tsx';
import classes from './questions.module.css';
import { useTakesFocus } from '../parts/takes-focus.ts';
import { isolated, PhoneText } from '../parts/phone-text.tsx';

interface AnswerRowProps {
  question: OwnerQuestion;
  /** Whether the focus goes to Change. */
  takesFocus: boolean;
  /** null for a kept snapshot: its answers are only looked at. */
  onChange: (() => void) | null;
}

/** An answered question in one line: what was said, what that shows, and Change. */
export function AnswerRow({ question, takesFocus, onChange }: AnswerRowProps) {
  const change = useTakesFocus<HTMLButtonElement>(takesFocus);
  const { answer } = question;
  if (answer === null) return null;
  const failing = decidedBy(question).filter(({ status }) => status === 'problem' || status === 'possible');
  return (
    <div className={classes.row}>
      <div>
        <div className={classes.asked}>
          <PhoneText>{question.text}</PhoneText>
        </div>
        <div className={classes.said}>
          {t.rich('Answered: {answer}', {
            answer: (
              <strong>
                <PhoneText>{question.words[answer.answer]}</PhoneText>
              </strong>
            ),
          })}
          {failing.map((finding) => (
            <span key={finding.app ?? ''}>
              {': '}
              <FindingLink finding={finding} />
            </span>
          ))}
        </div>
      </div>
      {onChange === null ? null : (
        <Button
          ref={change}
          variant="subtle"
          size="compact-sm"
          onClick={onChange}
          aria-label={t('Change: {question}', { question: isolated(question.text) })}
        >
          {t('Change')}
        </Button>
      )}
    </div>
  );
}
