import { Button, NativeSelect, Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { t } from '../language/words.ts';
import { useAsksFirst } from '../parts/asks-first.ts';
import { Notice } from '../parts/notice.tsx';
import { isolated } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { useOutcomeFocus, useTakesFocus } from '../parts/takes-focus.ts';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import type { RetentionDue, Settings } from '../program/received.ts';
import { SettingRow, SettingsGroup } from './setting-row.tsx';
import classes from './settings.module.css';

interface RetentionSettingsProps {
  settings: Settings;
  change: (change: Partial<Settings>) => void;
}

/** How long what is kept stays, what would go by that, and having it go. */
export function RetentionSettings({ settings, change }: RetentionSettingsProps) {
  const { keepCaptureDays, keepSnapshotDays, keepCustomerDays, clearDaily } = settings;
  const isOn = keepCaptureDays !== null || keepSnapshotDays !== null || keepCustomerDays !== null;
  return (
    <SettingsGroup title={t('Clearing out')}>
      <SettingRow
        label={t('Snapshots under no ticket go')}
        hint={t('Those that a correction or an open ticket rests on stay.')}
      >
        {(id) => (
          <Days
            id={id}
            days={keepSnapshotDays}
            onChange={(keepSnapshot) => change({ keepSnapshotDays: keepSnapshot })}
          />
        )}
      </SettingRow>
      <SettingRow
        label={t('What phones answered, word for word, goes')}
        hint={t('What was read and judged of it stays. Of open tickets all stays.')}
      >
        {(id) => (
          <Days id={id} days={keepCaptureDays} onChange={(keepCapture) => change({ keepCaptureDays: keepCapture })} />
        )}
      </SettingRow>
      <SettingRow
        label={t('Customers go')}
        hint={t('With their tickets, phones and backups, counted from when their last ticket was closed.')}
      >
        {(id) => (
          <Days
            id={id}
            days={keepCustomerDays}
            onChange={(keepCustomer) => change({ keepCustomerDays: keepCustomer })}
          />
        )}
      </SettingRow>
      {isOn ? (
        <>
          <SettingRow
            label={t('Each day by itself')}
            hint={t('Without asking, when the program is first used that day.')}
          >
            {(id) => (
              <Switch
                id={id}
                checked={clearDaily}
                onChange={({ currentTarget }) => change({ clearDaily: currentTarget.checked })}
              />
            )}
          </SettingRow>
          <ClearNow
            captureDays={keepCaptureDays}
            snapshotDays={keepSnapshotDays}
            customerDays={keepCustomerDays}
            key={[keepCaptureDays, keepSnapshotDays, keepCustomerDays].join(' ')}
          />
        </>
      ) : (
        <p className={classes.due}>{t('No rule is set: nothing goes.')}</p>
      )}
    </SettingsGroup>
  );
}

const offered = [30, 90, 365, 1095] as const;

function Days({ id, days, onChange }: { id: string; days: number | null; onChange: (days: number | null) => void }) {
  const choices: number[] = days === null || offered.some((one) => one === days) ? [...offered] : [...offered, days];
  return (
    <NativeSelect
      id={id}
      data={[
        { value: '', label: t('Never') },
        ...choices
          .toSorted((one, other) => one - other)
          .map((count) => ({
            value: String(count),
            label: t('After {count, plural, one {# day} other {# days}}', { count }),
          })),
      ]}
      value={days === null ? '' : String(days)}
      onChange={({ currentTarget: { value } }) => onChange(value === '' ? null : Number(value))}
    />
  );
}

/** What goes, a line each. */
const going = ({ snapshots, phones, captures, customers }: RetentionDue): string[] => [
  ...(snapshots === 0
    ? []
    : [
        t(
          '{snapshots, plural, one {# snapshot} other {# snapshots}} of {phones, plural, one {# phone} other {# phones}}',
          {
            snapshots,
            phones,
          },
        ),
      ]),
  ...(captures === 0
    ? []
    : [
        t('What phones answered, of {captures, plural, one {# snapshot} other {# snapshots}}', {
          captures,
        }),
      ]),
  ...customers.map(({ name }) => t('The customer {name}, with tickets and phones', { name: isolated(name) })),
];

/** Where else it goes. */
const goingElsewhere = ({ snapshots, customers, inChain }: RetentionDue): string[] =>
  inChain && snapshots + customers.length > 0
    ? [t('All of this but what phones answered goes from the other stations of the chain too.')]
    : [];

/** Who is old enough to go, and does not. */
const staying = ({ held }: RetentionDue): string[] =>
  held.map(({ name }) =>
    t('{name} stays: a correction of a phone of theirs could still be undone.', { name: isolated(name) }),
  );

interface Rules {
  captureDays: number | null;
  snapshotDays: number | null;
  customerDays: number | null;
}

/** What would go now, and one question before it does. */
function ClearNow({ captureDays, snapshotDays, customerDays }: Rules) {
  const { client } = useProgram();
  const queries = useQueryClient();
  const { asking: asks, ask, decline, agree, button } = useAsksFirst();
  const rules = { captureDays, snapshotDays, customerDays };
  const due = useQuery({
    queryKey: ['kept', 'retention', rules],
    queryFn: () => client.archive.retentionDue.query(rules),
    gcTime: 0,
  });
  const clear = useMutation({
    mutationFn: () => client.archive.applyRetention.mutate(rules),
    onSettled: async () => {
      agree();
      await queries.invalidateQueries({ queryKey: ['kept'] });
    },
  });
  const place = useOutcomeFocus<HTMLDivElement>(clear.isPending || clear.isIdle ? null : String(clear.submittedAt));
  const question = useTakesFocus<HTMLDivElement>(asks);
  const problem = due.error ?? clear.error;
  const isDue = due.data !== undefined && going(due.data).length > 0;
  return (
    <>
      <SettingRow
        plain
        label={t('What would go now')}
        {...(due.data === undefined || isDue ? {} : { hint: t('Nothing is old enough.') })}
      >
        {() =>
          isDue && !asks ? (
            <Button ref={button} variant="default" onClick={ask}>
              {t('Clear now…')}
            </Button>
          ) : null
        }
      </SettingRow>
      {due.data === undefined ? null : (
        <div className={classes.due}>
          {asks || isDue || due.data.held.length > 0 ? (
            <ul>
              {[...going(due.data), ...goingElsewhere(due.data), ...staying(due.data)].map((line, index) => (
                // Two customers may be called the same.
                // eslint-disable-next-line react/no-array-index-key
                <li key={`${index} ${line}`}>{line}</li>
              ))}
            </ul>
          ) : null}
          {asks ? (
            <div ref={question} tabIndex={-1}>
              <Notice tone="warn" title={t('Remove this for good?')} live="polite">
                <p>
                  {due.data.customers.length > 0
                    ? t('The backups that hold it go too. One without it is made first where there is room.')
                    : t('Older backups still hold it, until newer ones take their place.')}
                </p>
                <div className={classes.buttons}>
                  <Button color="red.9" loading={clear.isPending} onClick={() => clear.mutate()}>
                    {t('Remove for good')}
                  </Button>
                  <Button variant="default" onClick={decline}>
                    {t('Cancel')}
                  </Button>
                </div>
              </Notice>
            </div>
          ) : null}
          <div ref={place} tabIndex={-1}>
            {clear.data === undefined ? null : (
              <Notice tone="good" title={t('This is gone')} live="polite">
                <ul>
                  {going(clear.data).map((line, index) => (
                    // eslint-disable-next-line react/no-array-index-key -- as above
                    <li key={`${index} ${line}`}>{line}</li>
                  ))}
                </ul>
              </Notice>
            )}
            {problem === null ? null : <ProblemNotice problem={problemOfCall(problem)} />}
          </div>
        </div>
      )}
    </>
  );
}
