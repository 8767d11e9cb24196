import { t } from '../language/words.ts';
import { VisuallyHidden } from '@mantine/core';
import { IconChevronRight, IconSettings } from './icons.tsx';
import { Fragment } from 'react';
import { stepParts } from './menu-path.ts';
import classes from './phone-steps.module.css';

/** Steps on the phone, numbered; the way through its menus stands in them as the phone shows it, place by place. */
export function PhoneSteps({ steps, start = 1 }: { steps: readonly string[]; start?: number }) {
  return (
    <ol className={classes.steps} start={start} style={{ counterReset: `step ${start - 1}` }}>
      {steps.map((step) => (
        <li key={step}>
          <PhoneStep step={step} />
        </li>
      ))}
    </ol>
  );
}

/** One step, without its number. */
export function PhoneStep({ step }: { step: string }) {
  const parts = stepParts(step);
  return (
    <bdi className={classes.step}>
      {parts.map((part, index) =>
        part.kind === 'words' ? (
          <Fragment key={`${index} ${part.words}`}>{part.words}</Fragment>
        ) : (
          <Path key={`${index} ${part.places.join()}`} places={part.places} />
        ),
      )}
    </bdi>
  );
}

function Path({ places }: { places: readonly string[] }) {
  return (
    <span>
      {places.map((place, index) => (
        <span key={`${index} ${place}`} className={classes.place}>
          {index === 0 ? null : (
            <>
              <VisuallyHidden>{t(', then')} </VisuallyHidden>
              <IconChevronRight className={classes.arrow} size={14} aria-hidden />
            </>
          )}
          <span className={classes.name} data-place>
            {place === 'Settings' || place === 'Einstellungen' ? <IconSettings size={14} aria-hidden /> : null}
            {place}
          </span>
        </span>
      ))}
    </span>
  );
}
