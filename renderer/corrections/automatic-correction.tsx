import { t } from '../language/words.ts';
import { Button } from '@mantine/core';
import { useKeys } from '../parts/keys.ts';
import { IconWand } from '../parts/icons.tsx';
import { use, useEffect, useRef } from 'react';
import { correctionKey } from '../program/phone-work.ts';
import { usePhoneWork, useProgram } from '../program/program.tsx';
import type { Finding, OfferedCorrection } from '../program/received.ts';
import { useAsksFirst } from '../parts/asks-first.ts';
import { Commands } from './commands.tsx';
import { CorrectionRun } from './correction-run.tsx';
import classes from './correction.module.css';
import { useTakesPrimary } from '../parts/primary-button.ts';
import { NobodyAsked } from './nobody-asked.tsx';
import { ValuesTable } from './values-table.tsx';
import { WalkthroughContext } from './walkthrough-context.ts';
import { isolated, PhoneText } from '../parts/phone-text.tsx';

interface AutomaticCorrectionProps {
  phoneId: string;
  finding: Finding;
  correction: OfferedCorrection;
  live: boolean;
  /** Whether the finding says what it is about, and there is no other: it is named when it is asked for. */
  brief: boolean;
}

/** A correction that the program carries out: offered, shown to the letter, agreed to, and run. */
export function AutomaticCorrection({ phoneId, finding, correction, live, brief }: AutomaticCorrectionProps) {
  const { works } = useProgram();
  const { activity, report } = usePhoneWork(phoneId);
  const shownAt = report?.reading.takenAt ?? '';
  const walkthrough = use(WalkthroughContext);
  const { asking, ask, decline, agree, button } = useAsksFirst(shownAt);
  const busy = !live || activity !== null;

  if (activity?.kind === 'correct' && activity.key === correctionKey(finding, correction.id)) {
    return <CorrectionRun steps={activity.steps} />;
  }
  if (asking) {
    return (
      <Consent
        phoneId={phoneId}
        correction={correction}
        busy={busy}
        onNo={decline}
        onYes={() => {
          agree();
          works.correct(phoneId, finding, correction.id, shownAt, walkthrough);
        }}
      />
    );
  }
  return (
    <Button
      ref={button}
      variant="light"
      justify="flex-start"
      className={classes.offer}
      classNames={{ label: classes.offerLabel ?? '' }}
      leftSection={<IconWand size={16} aria-hidden />}
      disabled={busy}
      onClick={ask}
      {...(brief ? { 'aria-label': briefWords(correction) } : {})}
    >
      <span>
        {brief ? (
          <>{correction.refused ? t('Try again…') : t('Fix this…')}</>
        ) : (
          <>
            <PhoneText>{correction.title}</PhoneText>…
          </>
        )}
      </span>
    </Button>
  );
}

const briefWords = ({ title, refused }: OfferedCorrection): string =>
  refused ? t('Try again: {title}', { title: isolated(title) }) : t('Fix this: {title}', { title: isolated(title) });

interface ConsentProps {
  phoneId: string;
  correction: OfferedCorrection;
  busy: boolean;
  onYes: () => void;
  onNo: () => void;
}

function Consent({ phoneId, correction, busy, onYes, onNo }: ConsentProps) {
  useTakesPrimary();
  const panel = useRef<HTMLFieldSetElement>(null);
  useEffect(() => panel.current?.focus(), []);
  useKeys([['Escape', onNo]]);
  return (
    <fieldset ref={panel} className={classes.panel} tabIndex={-1}>
      <legend className={classes.title}>
        <PhoneText>{correction.title}</PhoneText>?
      </legend>
      <Commands label={t('This runs on the phone')} commands={correction.commands} />
      <ValuesTable
        label={t('What the phone has now')}
        columns={[t('Value'), t('Now')]}
        rows={Object.entries(correction.before).map(([path, value]) => ({ path, values: [value] }))}
      />
      {correction.irreversible === null ? (
        <Commands label={t('This puts it back')} commands={correction.inverse} />
      ) : (
        <p className={classes.small}>
          <PhoneText>{correction.irreversible}</PhoneText>
        </p>
      )}
      {correction.caution === null ? null : (
        <p className={classes.caution}>
          <PhoneText>{correction.caution}</PhoneText>
        </p>
      )}
      <p className={classes.small}>
        {t('Afterwards the phone is read again to see whether it took.')}{' '}
        {correction.afterwards === null ? null : <PhoneText>{correction.afterwards}</PhoneText>}
      </p>
      <NobodyAsked phoneId={phoneId} />
      <div className={classes.buttons}>
        <Button onClick={onYes} disabled={busy}>
          {t('Run on the phone')}
        </Button>
        <Button variant="default" onClick={onNo}>
          {t('Not now')}
        </Button>
      </div>
    </fieldset>
  );
}
