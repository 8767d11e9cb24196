import { Button, Kbd } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { t } from '../language/words.ts';
import { PageHeading } from '../parts/page-heading.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { focusFirstField } from '../parts/takes-focus.ts';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import { ConsentFields, isAnythingAllowed, nothingAllowed } from './consent-fields.tsx';
import { type HandedIn, HandedInFields } from './handed-in.tsx';
import { useTechnician } from '../program/open-tickets.ts';
import type { HandedInSearch } from './search.ts';
import { TechnicianSelect } from './technician-select.tsx';
import classes from './tickets.module.css';
import { nothingTold, type Told, ToldFields, useOwnFields } from './told-fields.tsx';

const begun = ({ phones = [], imei = '' }: HandedInSearch): HandedIn[] => [
  ...phones.map((phoneId) => ({ phoneId, imei: '', description: '' })),
  ...(imei === '' ? [] : [{ phoneId: null, imei, description: '' }]),
];

/** A phone is taken in. Nothing has to be filled in; Ctrl and Enter opens the ticket from any field. */
export function NewTicketScreen() {
  const search = useSearch({ from: '/tickets/new' });
  // Another scan while a ticket is being filled in begins no other one.
  const [first] = useState(search);
  return <NewTicketForm search={first} />;
}

function NewTicketForm({ search }: { search: HandedInSearch }) {
  const { client } = useProgram();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const own = useOwnFields();
  const atWork = useTechnician();
  const [told, setTold] = useState<Told>(nothingTold);
  const [phones, setPhones] = useState<readonly HandedIn[]>(() => begun(search));
  const [consent, setConsent] = useState(nothingAllowed);
  const [technician, setTechnician] = useState(atWork);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    document.title = `${t('New ticket')} · Phone Health Inspector`;
    // After the heading has had its turn (the focus on arrival): whoever opens a ticket begins to type.
    const timer = setTimeout(() => focusFirstField(form.current));
    return () => {
      clearTimeout(timer);
      document.title = 'Phone Health Inspector';
    };
  }, []);

  const create = useMutation({
    mutationFn: () =>
      client.tickets.create.mutate({
        customer:
          told.known !== null
            ? { uid: told.known }
            : told.customer.trim() === '' && told.contact.trim() === ''
              ? null
              : { name: told.customer, contact: told.contact },
        technician,
        fault: told.fault,
        fields: own.flatMap(({ id, name }) => {
          const value = told.fields[id]?.trim() ?? '';
          return value === '' ? [] : [{ id, name, value }];
        }),
        phones: [...phones],
        consent: isAnythingAllowed(consent) ? { ...consent, by: told.customer } : null,
      }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['kept'] });
      await navigate({ to: '/tickets/$id', params: { id }, replace: true });
    },
  });
  /** What a field takes when it is left is taken before the ticket is opened. */
  const submitSoon = (): void => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    setTimeout(() => form.current?.requestSubmit());
  };

  return (
    <>
      <PageHeading>{t('New ticket')}</PageHeading>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the fields within */}
      <form
        ref={form}
        className={classes.form}
        aria-label={t('New ticket')}
        onSubmit={(event: SyntheticEvent) => {
          event.preventDefault();
          if (!create.isPending) create.mutate();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          if (event.ctrlKey || event.metaKey) {
            event.preventDefault();
            submitSoon();
          } else if (event.target instanceof HTMLInputElement) {
            // A scanner ends with Enter in whatever field it is.
            event.preventDefault();
          }
        }}
      >
        {create.error === null ? null : <ProblemNotice problem={problemOfCall(create.error)} />}
        <ToldFields told={told} onChange={setTold} own={own} suggests />
        <HandedInFields phones={phones} onChange={setPhones} />
        <TechnicianSelect value={technician} onChange={setTechnician} />
        <ConsentFields value={consent} onChange={setConsent} withName={false} />
        <div className={`${classes.buttons} ${classes.always}`}>
          <Button
            type="submit"
            size="md"
            loading={create.isPending}
            aria-keyshortcuts="Control+Enter"
            rightSection={
              <Kbd size="xs" aria-hidden>
                {t('Ctrl Enter')}
              </Kbd>
            }
          >
            {t('Open the ticket')}
          </Button>
        </div>
      </form>
    </>
  );
}
