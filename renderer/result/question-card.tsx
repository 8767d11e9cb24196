import { t } from '../language/words.ts';
import { Button, Kbd } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import type { OwnerQuestion } from './questions.ts';
import type { AnswerWord } from '../program/received.ts';
import { PhoneSteps } from '../parts/phone-steps.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import classes from './questions.module.css';
import { useTakesFocus } from '../parts/takes-focus.ts';
import { PhoneText } from '../parts/phone-text.tsx';

const keys: Record<string, AnswerWord> = { y: 'yes', n: 'no', '?': 'not-sure' };
const answers: readonly { answer: AnswerWord; key: string }[] = [
  { answer: 'yes', key: 'Y' },
  { answer: 'no', key: 'N' },
  { answer: 'not-sure', key: '?' },
];

interface QuestionCardProps {
  phoneId: string;
  question: OwnerQuestion;
  /** Which of how many it is; null where an answer is changed. */
  place: string | null;
  /** Whether the focus goes here when it appears. */
  takesFocus: boolean;
  /** Called before the answer is sent: the next question comes with it. */
  onAnswer: (() => void) | null;
  onAnswered: (() => void) | null;
  /** Leaves the answer as it was; null where there is none yet. */
  onLeave: (() => void) | null;
}

/** One question, where to look on the phone, and its three answers: Y, N and ? while the focus is in it. */
export function QuestionCard({
  phoneId,
  question,
  place,
  takesFocus,
  onAnswer,
  onAnswered,
  onLeave,
}: QuestionCardProps) {
  const { works } = useProgram();
  const card = useTakesFocus<HTMLFieldSetElement>(takesFocus);
  const give = useMutation({
    mutationFn: (answer: AnswerWord) => works.answer(phoneId, question.findings, answer),
    onSuccess: () => onAnswered?.(),
  });

  const answer = (word: AnswerWord): void => {
    if (give.isPending) return;
    onAnswer?.();
    give.mutate(word);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const word = keys[event.key.toLowerCase()];
    if (word !== undefined) answer(word);
    else if (event.key === 'Escape' && onLeave !== null) onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys of the three buttons in it, wherever the focus is
    <fieldset ref={card} className={classes.card} tabIndex={-1} onKeyDown={onKeyDown} data-question={question.key}>
      <legend className={classes.text}>
        <PhoneText>{question.text}</PhoneText>
      </legend>
      {place === null ? null : <p className={classes.place}>{place}</p>}
      <details className={classes.where}>
        <summary>{t('Where to look')}</summary>
        <PhoneSteps steps={question.where} />
      </details>
      <div className={classes.answers}>
        {answers.map(({ answer: word, key }) => (
          <Button
            key={word}
            variant="default"
            aria-keyshortcuts={key}
            onClick={() => answer(word)}
            rightSection={
              <Kbd size="xs" aria-hidden>
                {key}
              </Kbd>
            }
          >
            <PhoneText>{question.words[word]}</PhoneText>
          </Button>
        ))}
        {onLeave === null ? null : (
          <Button variant="subtle" onClick={onLeave}>
            {t('Leave it as it was')}
          </Button>
        )}
      </div>
      {give.error === null ? null : <ProblemNotice problem={problemOfCall(give.error)} />}
    </fieldset>
  );
}
