import { t } from '../language/words.ts';
import { Checkbox } from '@mantine/core';
import { useProgram, useSettingsView } from '../program/program.tsx';
import classes from './phone.module.css';

/** Beside the first scan of a phone: that the next one begins by itself. */
export function AlwaysScan() {
  const { settings } = useProgram();
  const { state } = useSettingsView();
  if (state === null) return null;
  return (
    <Checkbox
      className={classes.always}
      label={t('Always scan when plugged in')}
      checked={state.settings.scanWhenPlugged}
      onChange={({ currentTarget }) => settings.change({ scanWhenPlugged: currentTarget.checked })}
    />
  );
}
