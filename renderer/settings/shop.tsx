import { Button, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type SyntheticEvent, useEffect, useState } from 'react';
import { t } from '../language/words.ts';
import { Notice } from '../parts/notice.tsx';
import { isolated, PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { momentText } from '../parts/value-text.ts';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import type { ShopView } from '../program/received.ts';
import { SettingRow, SettingsGroup } from './setting-row.tsx';
import classes from './settings.module.css';

/** The chain that this station belongs to, whether its server answers, and what waits. */
export function ShopSettings() {
  const { client } = useProgram();
  const [view, setView] = useState<ShopView | null>(null);
  useEffect(() => {
    const following = client.shop.follow.subscribe(undefined, { onData: setView });
    return () => following.unsubscribe();
  }, [client]);
  if (view === null) return null;
  return (
    <SettingsGroup title={t('Shops together')}>
      {view.link === null ? <Connect /> : <Connected view={view} link={view.link} />}
    </SettingsGroup>
  );
}

/** Typed once, and never shown again. */
function Connect() {
  const { client } = useProgram();
  const [typed, setTyped] = useState('');
  const test = useMutation({ mutationFn: () => client.shop.test.mutate({ connection: typed }) });
  const connect = useMutation({ mutationFn: () => client.shop.connect.mutate({ connection: typed }) });
  const problem = connect.error ?? test.error;
  return (
    <SettingRow
      label={t('Connection string')}
      hint={t(
        'Whoever runs the server has made it for this station. What is kept here goes there, and what the shop has comes here.',
      )}
    >
      {(id) => (
        <>
          <form
            className={`${classes.addName} ${classes.wraps}`}
            onSubmit={(event: SyntheticEvent) => {
              event.preventDefault();
              if (typed !== '') connect.mutate();
            }}
          >
            <PasswordInput
              id={id}
              className={classes.grows}
              autoComplete="off"
              value={typed}
              onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            />
            <Button type="submit" variant="default" disabled={typed === ''} loading={connect.isPending}>
              {t('Connect')}
            </Button>
            <Button variant="default" disabled={typed === ''} loading={test.isPending} onClick={() => test.mutate()}>
              {t('Test')}
            </Button>
          </form>
          <output className={classes.place}>{test.data === undefined ? null : <Known {...test.data} />}</output>
          {problem === null ? null : <ProblemNotice problem={problemOfCall(problem)} />}
        </>
      )}
    </SettingRow>
  );
}

const Known = ({ shopName, stationName }: { shopName: string; stationName: string }) => (
  <PhoneText>
    {t('The server knows this station: {station}, {shop}', {
      station: isolated(stationName),
      shop: isolated(shopName),
    })}
  </PhoneText>
);

function stateText({ state, counts, trouble }: ShopView): string {
  switch (state) {
    case 'trouble':
      return trouble ?? t('The server does not take everything.');
    case 'offline':
      return t('The server does not answer. What waits goes on waiting.');
    case 'off':
    case 'never':
      return t('Nothing was sent yet.');
    case 'whole':
      return t('Everything is sent.');
    case 'waiting':
      return t('{count, plural, one {# row waits} other {# rows wait}}', { count: counts.waiting + counts.erasures });
  }
}

function Connected({ view, link }: { view: ShopView; link: NonNullable<ShopView['link']> }) {
  const { client } = useProgram();
  const test = useMutation({ mutationFn: () => client.shop.test.mutate({ connection: null }) });
  const sync = useMutation({ mutationFn: () => client.shop.sync.mutate() });
  const leave = useMutation({ mutationFn: () => client.shop.leave.mutate() });
  const [asks, setAsks] = useState(false);
  const problem = sync.error ?? leave.error ?? test.error;
  return (
    <SettingRow
      plain
      label={t('This station')}
      hint={
        link.syncedAt === null
          ? t('Nothing was sent yet.')
          : t('Last sent and read {moment}.', { moment: momentText(link.syncedAt) })
      }
    >
      {() => (
        <>
          <span className={classes.place}>
            <PhoneText>{`${link.stationName}, ${link.shopName}`}</PhoneText>
          </span>
          {view.address === null ? null : (
            <span className={classes.place}>
              <PhoneText>{view.address}</PhoneText>
            </span>
          )}
          <span className={classes.place}>
            {link.looks
              ? t('The shops of this chain may look into each other.')
              : t('Each shop of this chain sees its own.')}
          </span>
          <output className={classes.place}>
            <PhoneText>{stateText(view)}</PhoneText>
          </output>
          {view.unreadable === 0 ? null : (
            <span className={classes.place}>
              {t(
                '{count, plural, one {# row of other stations cannot be read} other {# rows of other stations cannot be read}}',
                { count: view.unreadable },
              )}
            </span>
          )}
          {view.counts.refused === 0 ? null : (
            <Notice
              tone="warn"
              title={t(
                '{count, plural, one {The server does not take # row} other {The server does not take # rows}}',
                {
                  count: view.counts.refused,
                },
              )}
            >
              <ul>
                {[...new Set(view.refused.map(({ trouble }) => trouble ?? ''))].map((why) => (
                  <li key={why}>
                    <PhoneText>{why}</PhoneText>
                  </li>
                ))}
              </ul>
            </Notice>
          )}
          <div className={classes.buttons}>
            <Button variant="default" loading={sync.isPending} onClick={() => sync.mutate()}>
              {t('Send and read now')}
            </Button>
            <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
              {t('Test')}
            </Button>
            <Button
              variant="default"
              loading={leave.isPending}
              onBlur={() => setAsks(false)}
              onClick={() => {
                if (asks) leave.mutate();
                setAsks(!asks);
              }}
            >
              {asks ? t('Really leave') : t('Leave the chain')}
            </Button>
          </div>
          <output className={classes.place}>{test.data === undefined ? null : <Known {...test.data} />}</output>
          {problem === null ? null : <ProblemNotice problem={problemOfCall(problem)} />}
        </>
      )}
    </SettingRow>
  );
}
