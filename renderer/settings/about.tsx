import { t } from '../language/words.ts';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Notice } from '../parts/notice.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { TextLink } from '../parts/text-link.tsx';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import { SettingRow, SettingsGroup } from './setting-row.tsx';
import classes from './settings.module.css';

/** What this program is, and where it keeps what it keeps. */
export function About() {
  const { client } = useProgram();
  const about = useQuery({ queryKey: ['about'], queryFn: () => client.about.query(), staleTime: Infinity });
  const open = useMutation({ mutationFn: () => client.settings.openDataFolder.mutate() });
  if (about.data === undefined) return null;
  const { version, catalog, dataFolder, shopProblems } = about.data;
  return (
    <SettingsGroup title={t('About')}>
      <SettingRow plain label="Phone Health Inspector" hint="Apache-2.0">
        {() => <span className={classes.place}>{t('Version {version}', { version })}</span>}
      </SettingRow>
      <SettingRow plain label={t('Catalog of causes')}>
        {() => <span className={classes.place}>{catalog}</span>}
      </SettingRow>
      {shopProblems.length === 0 ? null : (
        <Notice tone="warn" title={t('The shop’s own part of the catalog is left out')}>
          <ul>
            {shopProblems.map((problem) => (
              <li key={problem}>
                <PhoneText>{problem}</PhoneText>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <SettingRow plain label={t('Data folder')} hint={t('Everything that is kept lies here.')}>
        {() => (
          <>
            <span className={classes.place}>
              <PhoneText>{dataFolder}</PhoneText>
            </span>
            <Button variant="default" loading={open.isPending} onClick={() => open.mutate()}>
              {t('Show the folder')}
            </Button>
            {open.error === null ? null : <ProblemNotice problem={problemOfCall(open.error)} />}
          </>
        )}
      </SettingRow>
      <SettingRow plain label={t('Backups')} hint={t('Of everything that is kept, one a day.')}>
        {() => <TextLink to="/settings/backups">{t('Look at the backups')}</TextLink>}
      </SettingRow>
      <Log />
      <SettingRow plain label={t('Licences')} hint={t('Of what this program is made of.')}>
        {() => <TextLink to="/settings/licences">{t('Read the licences')}</TextLink>}
      </SettingRow>
    </SettingsGroup>
  );
}

function Log() {
  const { client } = useProgram();
  const [isOpen, setOpen] = useState(false);
  const log = useQuery({ queryKey: ['log'], queryFn: () => client.settings.log.query(), enabled: isOpen, gcTime: 0 });
  return (
    <>
      <SettingRow plain label={t('Log')} hint={t('Of this run: how long scans took, and faults.')}>
        {() => (
          <Button
            variant="default"
            aria-expanded={isOpen}
            onClick={() => {
              setOpen(!isOpen);
            }}
          >
            {isOpen ? t('Hide the log') : t('Show the log')}
          </Button>
        )}
      </SettingRow>
      {isOpen && log.data !== undefined ? (
        <section aria-label={t('Log')}>
          {/* A box that can be moved by keys too. */}
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre className={classes.log} tabIndex={0}>
            <PhoneText>{log.data.length === 0 ? t('Nothing was logged yet.') : log.data.join('\n')}</PhoneText>
          </pre>
        </section>
      ) : null}
    </>
  );
}
