import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { t } from '../language/words.ts';
import { useAsksFirst } from '../parts/asks-first.ts';
import { Notice } from '../parts/notice.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { useTakesFocus } from '../parts/takes-focus.ts';
import { listText, momentText, sizeText } from '../parts/value-text.ts';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import type { BackupItem } from '../program/received.ts';
import { SettingRow, SettingsGroup } from './setting-row.tsx';
import classes from './settings.module.css';

/** What is put in place is another store: the window begins anew with it. */
const begin = (): void => window.location.reload();

/** The backups of what is kept, each with what it holds; one is put in its place. */
export function BackupsScreen() {
  const { client } = useProgram();
  const list = useQuery({ queryKey: ['backups'], queryFn: () => client.backups.list.query(), gcTime: 0 });
  const make = useMutation({ mutationFn: () => client.backups.make.mutate(), onSuccess: () => list.refetch() });
  const problem = list.error ?? make.error;
  const { items = [], folder = '' } = list.data ?? {};
  const backups = items.filter(({ kind }) => kind === 'backup');
  const aside = items.filter(({ kind }) => kind === 'set-aside');
  return (
    <>
      <PageHeading>{t('Backups')}</PageHeading>
      <p>{t('One is made each day. What is replaced is kept beside it, so nothing is lost.')}</p>
      {problem === null ? null : <ProblemNotice problem={problemOfCall(problem)} />}
      <Button variant="default" loading={make.isPending} onClick={() => make.mutate()}>
        {t('Back up now')}
      </Button>
      {list.data === undefined ? null : (
        <SettingsGroup title={t('Backups')}>
          {backups.length === 0 ? (
            <p>{t('There is none yet.')}</p>
          ) : (
            backups.map((item) => <Backup key={item.name} item={item} />)
          )}
          <p className={classes.folder}>
            <PhoneText>{folder}</PhoneText>
          </p>
        </SettingsGroup>
      )}
      {aside.length === 0 ? null : (
        <SettingsGroup title={t('Kept aside')}>
          {aside.map((item) => (
            <Backup key={item.name} item={item} />
          ))}
        </SettingsGroup>
      )}
      {list.data === undefined ? null : <BeginAnew />}
    </>
  );
}

function Backup({ item }: { item: BackupItem }) {
  const { client } = useProgram();
  const { asking, ask, decline, button } = useAsksFirst();
  const question = useTakesFocus<HTMLDivElement>(asking);
  const restore = useMutation({
    mutationFn: () => client.backups.restore.mutate({ name: item.name }),
    onSuccess: ({ leftOut }) => {
      if (leftOut === 0) begin();
    },
  });
  const { holds } = item;
  const hint =
    holds === null
      ? t('{size}. It cannot be read.', { size: sizeText(item.bytes) })
      : holds.newest === null
        ? t('{size}. It holds no snapshot.', { size: sizeText(item.bytes) })
        : t('{size}. {count, plural, one {# snapshot} other {# snapshots}}, the newest of {day}.', {
            size: sizeText(item.bytes),
            count: holds.snapshots,
            day: momentText(holds.newest),
          });
  const name = momentText(item.at);
  if (restore.data !== undefined && restore.data.leftOut > 0) return <LeftOut />;
  return (
    <>
      <SettingRow plain label={name} hint={hint}>
        {() =>
          holds === null || asking ? null : (
            <Button ref={button} variant="default" aria-label={t('Restore {backup}', { backup: name })} onClick={ask}>
              {t('Restore')}
            </Button>
          )
        }
      </SettingRow>
      {asking ? (
        <div ref={question} className={classes.due} tabIndex={-1}>
          <Notice tone="warn" title={t('Put this backup in the place of what is kept now?')} live="polite">
            <p>{lost(item)}</p>
            <p>{t('What is kept now is not removed: it stays in the list below, under “Kept aside”.')}</p>
            <div className={classes.buttons}>
              <Button loading={restore.isPending} onClick={() => restore.mutate()}>
                {t('Restore')}
              </Button>
              <Button variant="default" onClick={decline}>
                {t('Cancel')}
              </Button>
            </div>
          </Notice>
        </div>
      ) : null}
      {restore.error === null ? null : <ProblemNotice problem={problemOfCall(restore.error)} />}
    </>
  );
}

/** A backup is in its place, without all that it held: said before the window begins anew. */
function LeftOut() {
  const place = useTakesFocus<HTMLDivElement>(true);
  return (
    <div ref={place} className={classes.due} tabIndex={-1}>
      <Notice tone="good" title={t('The backup is restored.')} live="polite">
        <p>{t('What was erased here since it was made was left out.')}</p>
        <Button onClick={begin}>{t('Continue')}</Button>
      </Notice>
    </div>
  );
}

/** What is not in a backup and is kept now. */
function lost({ since }: BackupItem): string {
  if (since === null) return t('What is kept now cannot be read, so what would be missing is not known.');
  const missing = [
    ...(since.snapshots > 0
      ? [t('{count, plural, one {# snapshot} other {# snapshots}}', { count: since.snapshots })]
      : []),
    ...(since.actions > 0
      ? [t('{count, plural, one {# correction} other {# corrections}}', { count: since.actions })]
      : []),
    ...(since.tickets > 0 ? [t('{count, plural, one {# ticket} other {# tickets}}', { count: since.tickets })] : []),
  ];
  return missing.length === 0
    ? t('Nothing was kept since.')
    : t('Kept since, and not in it: {things}.', { things: listText(missing) });
}

/** Where no backup helps. */
function BeginAnew() {
  const { client } = useProgram();
  const { asking, ask, decline, button } = useAsksFirst();
  const question = useTakesFocus<HTMLDivElement>(asking);
  const anew = useMutation({ mutationFn: () => client.backups.beginAnew.mutate(), onSuccess: begin });
  return (
    <SettingsGroup title={t('Begin anew')}>
      <SettingRow plain label={t('Begin with nothing kept')} hint={t('What is kept now is kept aside.')}>
        {() =>
          asking ? (
            <div ref={question} className={classes.buttons} tabIndex={-1}>
              <Button color="red.9" loading={anew.isPending} onClick={() => anew.mutate()}>
                {t('Keep it aside and begin anew')}
              </Button>
              <Button variant="default" onClick={decline}>
                {t('Cancel')}
              </Button>
            </div>
          ) : (
            <Button ref={button} variant="default" onClick={ask}>
              {t('Begin anew…')}
            </Button>
          )
        }
      </SettingRow>
      {anew.error === null ? null : <ProblemNotice problem={problemOfCall(anew.error)} />}
    </SettingsGroup>
  );
}
