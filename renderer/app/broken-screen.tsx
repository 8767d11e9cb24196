import { Button } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { t } from '../language/words.ts';
import { ButtonLink } from '../parts/button-link.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import classes from './frame.module.css';

/** A fault of the window itself: what is done with the phones goes on. */
export function BrokenScreen({ error, reset }: ErrorComponentProps) {
  return (
    <div role="alert">
      <PageHeading>{t('This screen cannot be shown')}</PageHeading>
      <p>{t('Nothing on the phone was changed by this, and what is being done with it goes on.')}</p>
      <div className={classes.buttons}>
        <Button onClick={reset}>{t('Show it again')}</Button>
        <ButtonLink to="/" variant="default" onClick={reset}>
          {t('To the first screen')}
        </ButtonLink>
      </div>
      <details className={classes.fault}>
        <summary>{t('What went wrong')}</summary>
        <pre>{error instanceof Error ? error.message : String(error)}</pre>
      </details>
    </div>
  );
}
