import { t } from '../language/words.ts';
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './run.module.css';

interface RunPanelProps {
  /** What a screen reader hears: it changes seldom. */
  sentence: ReactNode;
  children: ReactNode;
  /** Buttons beside Cancel. */
  buttons?: ReactNode;
  onCancel: () => void;
}

/** A long run as it goes on, with Cancel. */
export function RunPanel({ sentence, children, buttons, onCancel }: RunPanelProps) {
  return (
    <div className={classes.live}>
      <output className={classes.sentence}>{sentence}</output>
      {children}
      <div className={classes.buttons}>
        {buttons}
        <Button variant="default" onClick={onCancel}>
          {t('Cancel')}
        </Button>
      </div>
    </div>
  );
}
