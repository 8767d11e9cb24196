import { Button, NativeSelect, PasswordInput, Switch, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type SyntheticEvent, useRef, useState } from 'react';
import { t } from '../language/words.ts';
import { Notice } from '../parts/notice.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { useOutcomeFocus } from '../parts/takes-focus.ts';
import { momentText } from '../parts/value-text.ts';
import { problemOfCall } from '../program/client.ts';
import { useHandover, useProgram } from '../program/program.tsx';
import type { HandoverView } from '../program/received.ts';
import { SettingRow, SettingsGroup } from './setting-row.tsx';
import classes from './settings.module.css';

const systems = (): { value: HandoverView['system']; label: string }[] => [
  { value: 'off', label: t.as('ticket system', 'None') },
  { value: 'hook', label: t('Own hook') },
  { value: 'repairdesk', label: t('RepairDesk') },
  { value: 'syncro', label: t('Syncro') },
];

const reports = (): { value: HandoverView['report']; label: string }[] => [
  { value: 'none', label: t.as('report', 'None') },
  { value: 'html', label: 'HTML' },
  { value: 'pdf', label: 'PDF' },
  { value: 'json', label: 'JSON' },
];

/** The value of a list that names nothing else. */
const named = <T extends string>(list: readonly { value: T }[], text: string): T | undefined =>
  list.find(({ value }) => value === text)?.value;

/** To what the tickets are handed over, whether that works, and what waits. */
export function HandoverSettings() {
  const { client } = useProgram();
  const view = useHandover();
  const change = useMutation({
    mutationFn: (input: Parameters<typeof client.handover.change.mutate>[0]) => client.handover.change.mutate(input),
  });
  if (view === null) return null;
  const { system, address, report, redacted, days } = view;
  return (
    <SettingsGroup title={t('Ticket system')}>
      <SettingRow
        label={t('Hand over to')}
        hint={t('What happens under a ticket is told there. Nothing leaves this computer while this is off.')}
      >
        {(id) => (
          <NativeSelect
            id={id}
            data={systems()}
            value={system}
            onChange={({ currentTarget }) => change.mutate({ system: named(systems(), currentTarget.value) })}
          />
        )}
      </SettingRow>
      {system === 'off' ? null : (
        <>
          <SettingRow label={t('Address')} hint={t('Begins with https.')}>
            {(id) => <Address id={id} address={address} onChange={(text) => change.mutate({ address: text })} />}
          </SettingRow>
          <Secret view={view} />
          {system === 'hook' ? (
            <SettingRow label={t('Report with each result')}>
              {(id) => (
                <NativeSelect
                  id={id}
                  data={reports()}
                  value={report}
                  onChange={({ currentTarget }) => change.mutate({ report: named(reports(), currentTarget.value) })}
                />
              )}
            </SettingRow>
          ) : null}
          <SettingRow label={t('Redacted')} hint={t('Stand-ins for serials, numbers, accounts and names.')}>
            {(id) => (
              <Switch
                id={id}
                checked={redacted}
                onChange={({ currentTarget }) => change.mutate({ redacted: currentTarget.checked })}
              />
            )}
          </SettingRow>
          <SettingRow label={t('Days until a message is given up')}>
            {(id) => (
              <NativeSelect
                id={id}
                data={['1', '3', '7', '14', '30', '60']}
                value={String(days)}
                onChange={({ currentTarget }) => change.mutate({ days: Number(currentTarget.value) })}
              />
            )}
          </SettingRow>
          <Waiting view={view} />
        </>
      )}
      {change.error === null ? null : <ProblemNotice problem={problemOfCall(change.error)} />}
    </SettingsGroup>
  );
}

interface AddressProps {
  id: string;
  address: string;
  onChange: (address: string) => void;
}

/** It counts when it is left. */
function Address({ id, address, onChange }: AddressProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextInput
      id={id}
      type="url"
      spellCheck={false}
      value={typed ?? address}
      maxLength={500}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={() => {
        if (typed !== null && typed.trim() !== address) onChange(typed.trim());
        setTyped(null);
      }}
      onKeyDown={({ key, currentTarget }) => {
        if (key === 'Enter') currentTarget.blur();
      }}
    />
  );
}

/** Typed once, and never shown again. */
function Secret({ view }: { view: HandoverView }) {
  const { client } = useProgram();
  const [typed, setTyped] = useState('');
  const keep = useMutation({
    mutationFn: (secret: string) => client.handover.keepSecret.mutate({ secret }),
    onSuccess: () => setTyped(''),
  });
  const field = useRef<HTMLInputElement>(null);
  const remove = useMutation({
    mutationFn: () => client.handover.removeSecret.mutate(),
    onSuccess: () => field.current?.focus(),
  });
  const test = useMutation({ mutationFn: () => client.handover.test.mutate() });
  const problem = keep.error ?? remove.error ?? test.error;
  return (
    <SettingRow
      label={view.system === 'hook' ? t('Secret') : t('API key')}
      hint={t('Kept in a file that only you can open, and never shown again.')}
    >
      {(id) => (
        <>
          <form
            className={classes.addName}
            onSubmit={(event: SyntheticEvent) => {
              event.preventDefault();
              if (typed !== '') keep.mutate(typed);
            }}
          >
            <PasswordInput
              ref={field}
              id={id}
              className={classes.grows}
              autoComplete="off"
              placeholder={view.hasSecret ? t('Kept') : ''}
              value={typed}
              onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            />
            <Button type="submit" variant="default" disabled={typed === ''} loading={keep.isPending}>
              {t('Keep')}
            </Button>
          </form>
          {view.hasSecret ? (
            <div className={classes.buttons}>
              <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
                {t('Test')}
              </Button>
              <Button variant="default" onClick={() => remove.mutate()}>
                {t('Remove')}
              </Button>
            </div>
          ) : null}
          <output className={classes.place}>{test.data === undefined ? null : <TestResult {...test.data} />}</output>
          {problem === null ? null : <ProblemNotice problem={problemOfCall(problem)} />}
        </>
      )}
    </SettingRow>
  );
}

const TestResult = ({ trouble }: { trouble: string | null }) =>
  trouble === null ? t('It answers and accepts the secret.') : <PhoneText>{trouble}</PhoneText>;

/** What is under way, quietly; what was given up, not. */
function Waiting({ view: { counts, unreadable, waiting, givenUp } }: { view: HandoverView }) {
  const { client } = useProgram();
  const send = useMutation({ mutationFn: () => client.handover.send.mutate() });
  const retry = useMutation({ mutationFn: () => client.handover.retry.mutate() });
  const discard = useMutation({ mutationFn: () => client.handover.discard.mutate() });
  const [asks, setAsks] = useState(false);
  const place = useOutcomeFocus<HTMLSpanElement>(
    counts !== null && counts.waiting + counts.givenUp === 0 && discard.isSuccess ? String(discard.submittedAt) : null,
  );
  const problem = send.error ?? retry.error ?? discard.error;
  const trouble = waiting.find((item) => item.trouble !== null)?.trouble ?? null;
  if (counts === null) return unreadable === null ? null : <ProblemNotice problem={unreadable} />;
  return (
    <SettingRow
      plain
      label={t('Waiting')}
      hint={
        counts.lastDelivered === null
          ? t('Nothing was delivered yet.')
          : t('Last delivered {moment}.', { moment: momentText(counts.lastDelivered) })
      }
    >
      {() => (
        <>
          <span ref={place} className={classes.place} tabIndex={-1}>
            {counts.waiting === 0
              ? t('Nothing waits.')
              : t('{count, plural, one {# message waits} other {# messages wait}}', { count: counts.waiting })}
          </span>
          {trouble === null ? null : (
            <span className={classes.place}>
              <PhoneText>{trouble}</PhoneText>
            </span>
          )}
          {counts.givenUp === 0 ? null : (
            <Notice
              tone="warn"
              title={t('{count, plural, one {# message was given up} other {# messages were given up}}', {
                count: counts.givenUp,
              })}
            >
              <ul>
                {givenUp.map(({ id, ticket, trouble: why }) => (
                  <li key={id}>
                    <PhoneText>{[ticket, why].filter((text) => text !== null).join(': ')}</PhoneText>
                  </li>
                ))}
              </ul>
              <Button variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>
                {t('Try again')}
              </Button>
            </Notice>
          )}
          {counts.waiting + counts.givenUp === 0 ? null : (
            <div className={classes.buttons}>
              {counts.waiting === 0 ? null : (
                <Button variant="default" loading={send.isPending} onClick={() => send.mutate()}>
                  {t('Send now')}
                </Button>
              )}
              <Button
                variant="default"
                loading={discard.isPending}
                onBlur={() => setAsks(false)}
                onClick={() => {
                  if (asks) discard.mutate();
                  setAsks(!asks);
                }}
              >
                {asks ? t('Really send none of it') : t('Send none of it')}
              </Button>
            </div>
          )}
          {problem === null ? null : <ProblemNotice problem={problemOfCall(problem)} />}
        </>
      )}
    </SettingRow>
  );
}
