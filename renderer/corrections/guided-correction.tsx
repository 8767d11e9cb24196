import { t } from '../language/words.ts';
import { Button } from '@mantine/core';
import { IconRefresh } from '../parts/icons.tsx';
import type { Finding, OfferedCorrection } from '../program/received.ts';
import { usePhoneWork, useProgram } from '../program/program.tsx';
import classes from './correction.module.css';
import { LockedSteps } from './locked-steps.tsx';
import { OpenScreen } from './open-screen.tsx';
import { PhoneSteps } from '../parts/phone-steps.tsx';
import { SampleOwner } from './sample-owner.tsx';
import { isolated, PhoneText } from '../parts/phone-text.tsx';

interface GuidedCorrectionProps {
  phoneId: string;
  finding: Finding;
  correction: OfferedCorrection;
  live: boolean;
  /** Whether the steps open on demand: an automatic correction stands beside them, or they are not the only thing to read. */
  folded: boolean;
}

/** A correction that a person makes on the phone, and then has checked. */
export function GuidedCorrection({ phoneId, finding, correction, live, folded }: GuidedCorrectionProps) {
  if (folded) {
    return (
      <details className={classes.other}>
        <summary aria-label={t('By hand: {correction}', { correction: isolated(correction.title) })}>
          {t('By hand')}
        </summary>
        <Steps phoneId={phoneId} finding={finding} correction={correction} live={live} />
      </details>
    );
  }
  return (
    <div className={classes.correction}>
      <h4 className={classes.title}>
        <PhoneText>{correction.title}</PhoneText>
      </h4>
      <Steps phoneId={phoneId} finding={finding} correction={correction} live={live} />
    </div>
  );
}

function Steps({ phoneId, finding, correction, live }: Omit<GuidedCorrectionProps, 'folded'>) {
  const { works } = useProgram();
  const { activity } = usePhoneWork(phoneId);
  if (correction.locked !== null) return <LockedSteps phoneId={phoneId} why={correction.locked} />;
  return (
    <div className={classes.correction}>
      {correction.caution === null ? null : (
        <p className={classes.caution}>
          <PhoneText>{correction.caution}</PhoneText>
        </p>
      )}
      {correction.opens.length === 0 ? null : (
        <OpenScreen phoneId={phoneId} finding={finding} correction={correction} live={live} />
      )}
      <PhoneSteps steps={correction.steps} />
      {correction.afterwards === null ? null : (
        <p className={classes.small}>
          {t.rich('Afterwards: {what}', { what: <PhoneText>{correction.afterwards}</PhoneText> })}
        </p>
      )}
      <p className={classes.small}>{t('Steps last verified {day}', { day: correction.lastVerified })}</p>
      <div className={classes.buttons}>
        <Button
          variant="light"
          leftSection={<IconRefresh size={16} aria-hidden />}
          disabled={!live || activity !== null}
          onClick={() => works.scan(phoneId)}
        >
          {t('Check again')}
        </Button>
        <SampleOwner phoneId={phoneId} steps={{ cause: finding.cause, app: finding.app, correction: correction.id }} />
      </div>
    </div>
  );
}
