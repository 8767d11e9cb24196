import { t } from '../language/words.ts';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { RemedySteps } from '../corrections/remedy-steps.tsx';
import { ButtonLink } from '../parts/button-link.tsx';
import { Notice } from '../parts/notice.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { PhoneStep } from '../parts/phone-steps.tsx';
import { usePhoneList } from '../program/program.tsx';
import type { Platform } from '../program/received.ts';
import classes from './home.module.css';
import { SeenNow } from './seen-now.tsx';

interface PlugInStep {
  /** The menus' own words, and `>` between them. */
  step: string;
  /** For whose phone it is another way; null: for none. */
  hint: string | null;
}

const steps = (platform: Platform): readonly PlugInStep[] =>
  platform === 'ios'
    ? [
        { step: t('Plug the iPhone in and unlock it.'), hint: null },
        {
          step: t('The iPhone asks “Trust This Computer?”. Answer “Trust”, and enter the passcode.'),
          hint: t('Since iOS 26 it asks “Allow accessory to connect?” first. Answer “Allow”.'),
        },
      ]
    : [
        {
          step: t('Plug the phone in and unlock it.'),
          hint: t('Many cables only charge. Take one that carries data.'),
        },
        {
          step: t('Open Settings > About phone and tap “Build number” seven times.'),
          hint: t('On Samsung phones it stands under Software information, on Xiaomi it is called OS version.'),
        },
        {
          step: t('Open Settings > System > Developer options and switch on “USB debugging”.'),
          hint: t('On some phones Developer options stands under Additional settings, or last in Settings.'),
        },
        { step: t('The phone asks “Allow USB debugging?”. Answer “Allow”.'), hint: null },
      ];

/** The button that was pressed may be gone with its step. */
const takeFocus = (heading: HTMLElement | null): void => heading?.focus();

interface PlugInStepsProps {
  platform: Platform;
  onBack: () => void;
}

/** How a phone is plugged in so that it can be read: one step at a time, and what the program sees meanwhile. */
export function PlugInSteps({ platform, onBack }: PlugInStepsProps) {
  const [at, setAt] = useState(0);
  const { list } = usePhoneList();
  const own = steps(platform);
  const shown = own[at];
  const trouble = list?.troubles.find((one) => one.platform === platform) ?? null;
  const isLast = at === own.length - 1;
  if (shown === undefined) return null;
  return (
    <section
      className={classes.steps}
      aria-label={platform === 'ios' ? t('Plug in an iPhone') : t('Plug in an Android phone')}
    >
      {trouble === null ? null : (
        <Notice tone="warn" title={<PhoneText>{trouble.message}</PhoneText>} live="polite">
          <RemedySteps remedy={trouble.remedy} />
        </Notice>
      )}
      <h2 key={at} className={classes.count} ref={takeFocus} tabIndex={-1}>
        {t('{kind}: step {at, number} of {all, number}', {
          kind: platform === 'ios' ? 'iPhone' : 'Android',
          at: at + 1,
          all: own.length,
        })}
      </h2>
      <div className={classes.step}>
        <p className={classes.does}>
          <PhoneStep step={shown.step} />
        </p>
        {shown.hint === null ? null : <p className={classes.hint}>{shown.hint}</p>}
      </div>
      <SeenNow platform={platform} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={() => (at === 0 ? onBack() : setAt(at - 1))}>
          {t('Back')}
        </Button>
        {isLast ? (
          <ButtonLink to="/connection-help" search={{ platform, state: 'unseen' }} variant="filled">
            {t('It is not seen')}
          </ButtonLink>
        ) : (
          <Button onClick={() => setAt(at + 1)}>{t('Done, next')}</Button>
        )}
      </div>
    </section>
  );
}
