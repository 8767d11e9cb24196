import { Button, Switch } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { t } from '../language/words.ts';
import { isolated, PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import type { Settings, ShellState, UpdateState } from '../program/received.ts';
import { SettingRow, SettingsGroup } from './setting-row.tsx';
import classes from './settings.module.css';

interface DesktopSettingsProps {
  settings: Settings;
  change: (change: Partial<Settings>) => void;
}

/** What the desktop has beside the window; where the program is served to a browser, it has none of it, and nothing stands here. */
export function DesktopSettings({ settings, change }: DesktopSettingsProps) {
  const { client } = useProgram();
  const [shell, setShell] = useState<ShellState | null>(null);
  useEffect(() => {
    const following = client.shell.follow.subscribe(undefined, { onData: setShell });
    return () => following.unsubscribe();
  }, [client]);
  if (shell === null) return null;
  const { autostart, tray, updates } = shell;
  return (
    <SettingsGroup title={t('This computer')}>
      <OfferedSwitch
        label={t('Start with the computer')}
        hint={t('Without its window where the icon in the tray is on.')}
        why={autostart.why}
        checked={settings.autostart}
        onChange={(checked) => change({ autostart: checked })}
      />
      <OfferedSwitch
        label={t('Icon in the tray')}
        hint={t('It tells of the phones at the bench, and the program goes on when its window is closed.')}
        why={tray.why}
        checked={settings.tray}
        onChange={(checked) => change({ tray: checked })}
      />
      <OfferedSwitch
        label={t('Look for newer versions')}
        hint={t('Once a day, over the internet. Nothing is asked there while this is off.')}
        why={updates.state === 'unavailable' ? updates.why : null}
        checked={settings.updates}
        onChange={(checked) => change({ updates: checked })}
      />
      {updates.state === 'unavailable' || updates.state === 'off' ? null : <Updates updates={updates} />}
    </SettingsGroup>
  );
}

interface OfferedSwitchProps {
  label: string;
  hint: string;
  /** Why it cannot be switched on; null where it can. */
  why: string | null;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** What is on can always be switched off. */
function OfferedSwitch({ label, hint, why, checked, onChange }: OfferedSwitchProps) {
  return (
    <SettingRow label={label} hint={why === null ? hint : <PhoneText>{why}</PhoneText>}>
      {(id) => (
        <Switch
          id={id}
          checked={checked}
          disabled={why !== null && !checked}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
      )}
    </SettingRow>
  );
}

function Updates({ updates }: { updates: Exclude<UpdateState, { state: 'unavailable' | 'off' }> }) {
  const { client } = useProgram();
  const look = useMutation({ mutationFn: () => client.shell.lookForUpdate.mutate() });
  const install = useMutation({ mutationFn: () => client.shell.installUpdate.mutate() });
  const problem = look.error ?? install.error;
  return (
    <SettingRow plain label={t('Newer version')}>
      {() => (
        <>
          <output className={classes.place}>{stateWords(updates)}</output>
          {updates.state === 'ready' ? (
            <Button onClick={() => install.mutate()}>{t('Install it and start again')}</Button>
          ) : (
            <Button
              variant="default"
              disabled={updates.state === 'looking' || updates.state === 'loading'}
              onClick={() => look.mutate()}
            >
              {t('Look now')}
            </Button>
          )}
          {problem === null ? null : <ProblemNotice problem={problemOfCall(problem)} />}
        </>
      )}
    </SettingRow>
  );
}

function stateWords(updates: Exclude<UpdateState, { state: 'unavailable' | 'off' }>): string {
  switch (updates.state) {
    case 'looking':
      return t('Looking…');
    case 'newest':
      return t('This is the newest version.');
    case 'loading':
      return t('Version {version} is being fetched: {percent, number} %', updates);
    case 'ready':
      return t('Version {version} is ready.', updates);
    case 'failed':
      return t('It could not be looked for: {why}', { why: isolated(updates.why) });
  }
}
