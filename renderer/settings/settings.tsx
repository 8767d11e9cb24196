import { NativeSelect, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { t } from '../language/words.ts';
import { languageNames } from '../language/languages.ts';
import { Notice } from '../parts/notice.tsx';
import { askToNotify } from '../parts/notification.ts';
import { PageHeading } from '../parts/page-heading.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { TextLink } from '../parts/text-link.tsx';
import { useProgram, useSettingsView } from '../program/program.tsx';
import type { Settings } from '../program/received.ts';
import { About } from './about.tsx';
import { CounterSettings } from './counter.tsx';
import { DesktopSettings } from './desktop.tsx';
import { HandoverSettings } from './handover.tsx';
import { RetentionSettings } from './retention.tsx';
import { SettingRow, SettingsGroup } from './setting-row.tsx';
import { ShopSettings } from './shop.tsx';
import { ShopLogo } from './shop-logo.tsx';

const themes = (): { value: Settings['theme']; label: string }[] => [
  { value: 'system', label: t('System') },
  { value: 'light', label: t('Light') },
  { value: 'dark', label: t('Dark') },
];

/** Each language by its own name for itself. */
const languages = (): { value: string; label: string }[] => [
  { value: 'system', label: t('As the system') },
  ...Object.entries(languageNames).map(([value, label]) => ({ value, label })),
];

const sheetPapers = (): { value: Settings['sheetPaper']; label: string }[] => [
  { value: 'system', label: t('As usual here') },
  { value: 'a4', label: 'A4' },
  { value: 'letter', label: t('Letter') },
];

const labelPapers = (): { value: Settings['labelPaper']; label: string }[] => [
  { value: '62', label: t('Roll of 62 mm') },
  { value: '50x30', label: t('50 × 30 mm') },
];

const most = Array.from({ length: 16 }, (_none, index) => String(index + 1));

/** What can be set. Each change counts at once, in every window, and is kept. */
export function SettingsScreen() {
  const { settings: store } = useProgram();
  const { state, problem } = useSettingsView();
  return (
    <>
      <PageHeading>{t('Settings')}</PageHeading>
      {problem === null ? null : <ProblemNotice problem={problem} />}
      {state === null || state.trouble === null ? null : (
        <Notice tone="warn" title={<PhoneText>{state.trouble}</PhoneText>} live="polite">
          {t('The file as it was is kept beside as settings.damaged.json when a setting is changed.')}
        </Notice>
      )}
      {state === null ? null : <AllSettings settings={state.settings} change={store.change} />}
    </>
  );
}

interface AllSettingsProps {
  settings: Settings;
  change: (change: Partial<Settings>) => void;
}

function AllSettings({ settings, change }: AllSettingsProps) {
  return (
    <>
      <SettingsGroup title={t('Window')}>
        <SettingRow label={t('Language')}>
          {(id) => (
            <NativeSelect
              id={id}
              data={languages()}
              value={settings.language}
              onChange={({ currentTarget }) => change({ language: currentTarget.value })}
            />
          )}
        </SettingRow>
        <SettingRow plain label={t('Theme')}>
          {(id) => (
            <SegmentedControl
              aria-labelledby={`${id}-label`}
              data={themes()}
              value={settings.theme}
              onChange={(theme) => change({ theme })}
            />
          )}
        </SettingRow>
        <SettingRow
          label={t('Single-key shortcuts')}
          hint={t(
            'S scans, Q goes to the questions, T to the ticket, X to what the ticket system asks, B to the bench; there ? shows the others. Keys with Ctrl, and Escape, always work.',
          )}
        >
          {(id) => (
            <Switch
              id={id}
              checked={settings.singleKeys}
              onChange={({ currentTarget }) => change({ singleKeys: currentTarget.checked })}
            />
          )}
        </SettingRow>
      </SettingsGroup>
      <DesktopSettings settings={settings} change={change} />
      <SettingsGroup title={t('Scans')}>
        <SettingRow label={t('Always scan when plugged in')} hint={t('As soon as a phone can be read.')}>
          {(id) => (
            <Switch
              id={id}
              checked={settings.scanWhenPlugged}
              onChange={({ currentTarget }) => change({ scanWhenPlugged: currentTarget.checked })}
            />
          )}
        </SettingRow>
        <SettingRow label={t('Phones scanned at once')} hint={t('More take longer each.')}>
          {(id) => (
            <NativeSelect
              id={id}
              data={most}
              value={String(settings.parallelScans)}
              onChange={({ currentTarget }) => change({ parallelScans: Number(currentTarget.value) })}
            />
          )}
        </SettingRow>
        <SettingRow
          label={t('Sound at the bench')}
          hint={t('When a phone needs hands; a notification too, where it is allowed and the window is hidden.')}
        >
          {(id) => (
            <Switch
              id={id}
              checked={settings.benchSound}
              onChange={({ currentTarget: { checked } }) => {
                if (checked) askToNotify();
                change({ benchSound: checked });
              }}
            />
          )}
        </SettingRow>
      </SettingsGroup>
      <SettingsGroup title={t('Shop')}>
        <SettingRow label={t('Name')} hint={t('Stands on certificates and printed results.')}>
          {(id) => <ShopName id={id} name={settings.shopName} onChange={(shopName) => change({ shopName })} />}
        </SettingRow>
        <SettingRow plain label={t('Logo')} hint={t('Stands on certificates. PNG or JPEG, up to 128 KiB.')}>
          {() => <ShopLogo />}
        </SettingRow>
      </SettingsGroup>
      <CounterSettings settings={settings} change={change} />
      <SettingsGroup title={t('Printing')}>
        <SettingRow label={t('Paper')} hint={t('Of results, certificates and lists.')}>
          {(id) => (
            <NativeSelect
              id={id}
              data={sheetPapers()}
              value={settings.sheetPaper}
              onChange={({ currentTarget }) => {
                const chosen = sheetPapers().find(({ value }) => value === currentTarget.value);
                if (chosen !== undefined) change({ sheetPaper: chosen.value });
              }}
            />
          )}
        </SettingRow>
        <SettingRow label={t('Labels')} hint={t('Of tickets.')}>
          {(id) => (
            <NativeSelect
              id={id}
              data={labelPapers()}
              value={settings.labelPaper}
              onChange={({ currentTarget }) => {
                const chosen = labelPapers().find(({ value }) => value === currentTarget.value);
                if (chosen !== undefined) change({ labelPaper: chosen.value });
              }}
            />
          )}
        </SettingRow>
      </SettingsGroup>
      <RetentionSettings settings={settings} change={change} />
      <HandoverSettings />
      <ShopSettings />
      <SettingsGroup title={t('Catalog')}>
        <SettingRow
          plain
          label={t('Causes')}
          hint={t('What this program knows, each with where it is known from, and since when.')}
        >
          {() => <TextLink to="/settings/catalog">{t('Look through the catalog')}</TextLink>}
        </SettingRow>
      </SettingsGroup>
      <About />
    </>
  );
}

/** It counts when it is left, not at every letter. */
function ShopName({ id, name, onChange }: { id: string; name: string; onChange: (name: string) => void }) {
  /** null: nothing is being typed, and the name is what is kept, also by another window. */
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextInput
      id={id}
      value={typed ?? name}
      maxLength={80}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={() => {
        if (typed !== null && typed.trim() !== name) onChange(typed.trim());
        setTyped(null);
      }}
      onKeyDown={({ key, currentTarget }) => {
        if (key === 'Enter') currentTarget.blur();
      }}
    />
  );
}
