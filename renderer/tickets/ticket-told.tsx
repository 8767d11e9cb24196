import { Button, Text } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import { t } from '../language/words.ts';
import { useAsksFirst } from '../parts/asks-first.ts';
import { PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { useFirstFieldFocus } from '../parts/takes-focus.ts';
import type { TicketView } from '../program/received.ts';
import { useTicketChange } from '../program/ticket-change.ts';
import { TechnicianSelect } from './technician-select.tsx';
import classes from './tickets.module.css';
import { type Told, ToldFields, toldOf, useOwnFields } from './told-fields.tsx';

/** What was told at the counter, and the way to correct it. */
export function TicketTold({ ticket }: { ticket: TicketView }) {
  const { asking: isEditing, ask, decline, button } = useAsksFirst();
  return (
    <section aria-label={t('Told at the counter')}>
      <h2>{t('Told at the counter')}</h2>
      {isEditing ? (
        <TicketToldForm ticket={ticket} onEnd={decline} />
      ) : (
        <>
          <ToldLines ticket={ticket} />
          <Button ref={button} variant="default" onClick={ask}>
            {t('Change')}
          </Button>
        </>
      )}
    </section>
  );
}

function ToldLines({ ticket: { customer, fault, fields, technician } }: { ticket: TicketView }) {
  const rows: readonly [string, string][] = [
    [t('Customer'), customer?.name ?? ''],
    [t('Telephone or e-mail'), customer?.contact ?? ''],
    [t('Fault'), fault],
    ...fields.map(({ name, value }): [string, string] => [name, value]),
    [t('Technician'), technician],
  ];
  const told = rows.filter(([, value]) => value !== '');
  if (told.length === 0) return <Text c="dimmed">{t('Nothing was told yet.')}</Text>;
  return (
    <dl className={classes.lines}>
      {told.map(([name, value], index) => (
        // A shop may call a field of its own as one that is here.
        // eslint-disable-next-line react/no-array-index-key
        <div key={`${index} ${name}`}>
          <dt>
            <PhoneText>{name}</PhoneText>
          </dt>
          <dd>
            <PhoneText>{value}</PhoneText>
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface TicketToldFormProps {
  ticket: TicketView;
  onEnd: () => void;
}

function TicketToldForm({ ticket, onEnd }: TicketToldFormProps) {
  const { change, isBusy, problem, forgetProblem } = useTicketChange(ticket.id);
  /** As it was when somebody began to type: what others change meanwhile is not taken back unseen. */
  const [former, setFormer] = useState(ticket);
  const [told, setTold] = useState<Told>(() => toldOf(ticket));
  const [technician, setTechnician] = useState(ticket.technician);
  const own = useOwnFields(ticket.fields);
  const form = useFirstFieldFocus<HTMLFormElement>();
  const wasTold = toldOf(former);
  const save = (seen: number): void => {
    const fields = own
      .map(({ id, name }) => ({ id, name, value: told.fields[id]?.trim() ?? '' }))
      .filter(({ id, value }) => value !== (wasTold.fields[id] ?? ''));
    const isOther = told.customer.trim() !== wasTold.customer || told.contact.trim() !== wasTold.contact;
    change(
      {
        ...(isOther ? { customer: { name: told.customer, contact: told.contact } } : {}),
        ...(told.fault.trim() === wasTold.fault ? {} : { fault: told.fault }),
        ...(technician === former.technician ? {} : { technician }),
        ...(fields.length === 0 ? {} : { fields }),
      },
      seen,
      onEnd,
    );
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the fields within
    <form
      ref={form}
      className={classes.form}
      aria-label={t('Told at the counter')}
      onSubmit={(event: SyntheticEvent) => {
        event.preventDefault();
        save(former.version);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onEnd();
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
      }}
    >
      {problem === null ? null : (
        <ProblemNotice problem={problem}>
          {problem.code === 'ticket-changed' ? (
            <>
              <Text size="sm" fw={600}>
                {t('As it is now')}
              </Text>
              <ToldLines ticket={ticket} />
              <Button
                variant="default"
                onClick={() => {
                  forgetProblem();
                  setFormer({ ...former, version: ticket.version });
                  save(ticket.version);
                }}
              >
                {t('Save what is typed here all the same')}
              </Button>
            </>
          ) : null}
        </ProblemNotice>
      )}
      <ToldFields told={told} onChange={setTold} own={own} suggests={false} />
      <TechnicianSelect value={technician} onChange={setTechnician} />
      <div className={classes.buttons}>
        <Button type="submit" loading={isBusy}>
          {t('Save')}
        </Button>
        <Button variant="default" onClick={onEnd}>
          {t('Cancel')}
        </Button>
      </div>
    </form>
  );
}
