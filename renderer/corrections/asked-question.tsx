import { t } from '../language/words.ts';
import { Button } from '@mantine/core';
import { useKeys } from '../parts/keys.ts';
import { useEffect, useRef } from 'react';
import { usePhone, usePhoneWork, useProgram } from '../program/program.tsx';
import type { BatchItem } from '../program/fix-batch.ts';
import type { Asked, PhoneWork } from '../program/phone-work.ts';
import classes from '../corrections/correction.module.css';
import { useTakesPrimary } from '../parts/primary-button.ts';
import { ValuesTable } from './values-table.tsx';
import { AllowNow } from '../parts/allow-now.tsx';
import { PhoneText } from '../parts/phone-text.tsx';

/**
 * What must be agreed to before a correction goes on: it may be another phone, its values are not what they were, or the customer has not
 * allowed it.
 */
export function AskedQuestion({ phoneId }: { phoneId: string }) {
  const { asked } = usePhoneWork(phoneId);
  return asked === null ? null : <Ask key={asked.question.title} phoneId={phoneId} asked={asked} />;
}

/** Whether something of what the question is about was run already. */
export const hasRunBefore = (batch: PhoneWork['batch'], undoneAll: PhoneWork['undoneAll']): boolean =>
  (batch?.state === 'question' && batch.items.some(({ state }) => wasRun.has(state))) ||
  (undoneAll?.outcomes ?? []).length > 0;

const wasRun: ReadonlySet<BatchItem['state']> = new Set(['taken', 'not-taken', 'refused', 'unverified']);

function Ask({ phoneId, asked: { question, onYes } }: { phoneId: string; asked: Asked }) {
  useTakesPrimary();
  const { works } = useProgram();
  const { activity, batch, undoneAll } = usePhoneWork(phoneId);
  const phone = usePhone(phoneId);
  const hasRun = hasRunBefore(batch, undoneAll);
  const panel = useRef<HTMLFieldSetElement>(null);
  const onNo = (): void => works.decline(phoneId);
  useEffect(() => panel.current?.focus(), []);
  useKeys([['Escape', onNo]]);
  return (
    <fieldset ref={panel} className={classes.asked} tabIndex={-1}>
      <legend className={classes.title}>
        <PhoneText>{question.title}</PhoneText>
      </legend>
      {question.differs.length === 0 ? null : (
        <ValuesTable
          columns={[t('What'), t('Before'), t('Now')]}
          rows={question.differs.map(({ what, was, is }) => ({ path: what, values: [was, is] }))}
        />
      )}
      <p className={classes.small}>
        {hasRun ? t('Nothing more was run on the phone.') : t('Nothing was run on the phone.')}
      </p>
      {question.about === 'consent' ? (
        <AllowNow phoneId={phoneId} what="change" onAllowed={onYes} onNo={onNo} />
      ) : (
        <div className={classes.buttons}>
          <Button onClick={onYes} disabled={activity !== null || phone?.state !== 'ready'}>
            {question.about === 'same-phone' ? t('It is the same phone') : t('Run all the same')}
          </Button>
          <Button variant="default" onClick={onNo}>
            {question.about === 'same-phone' ? t('It is another one') : t('Leave it')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
