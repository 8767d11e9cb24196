import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { t } from '../language/words.ts';
import { PageHeading } from '../parts/page-heading.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { ScrolledTable } from '../parts/scrolled-table.tsx';
import table from '../parts/table.module.css';
import { TextLink } from '../parts/text-link.tsx';
import { momentText, numberText } from '../parts/value-text.ts';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import type { CasePreview } from '../program/received.ts';
import classes from './cases.module.css';

/** A case of another computer: what of it is new here. Nothing is kept of it until somebody says so. */
export function OpenedCaseScreen() {
  const { id } = useParams({ from: '/cases/$id' });
  const { client } = useProgram();
  const opened = useQuery({
    queryKey: ['case', id],
    queryFn: () => client.cases.opened.query({ case: id }),
    gcTime: 0,
  });
  return (
    <>
      <PageHeading>{t('A case of another computer')}</PageHeading>
      {opened.error === null ? null : (
        <ProblemNotice problem={problemOfCall(opened.error)}>
          <TextLink to="/">{t('To the first screen')}</TextLink>
        </ProblemNotice>
      )}
      {opened.data === undefined || opened.error !== null ? null : <Opened id={id} preview={opened.data} />}
    </>
  );
}

const kinds = (): { kind: CasePreview['units'][number]['kind']; name: string }[] => [
  { kind: 'ticket', name: t('Tickets') },
  { kind: 'customer', name: t('Customers') },
  { kind: 'snapshot', name: t('Snapshots') },
  { kind: 'action', name: t('Corrections') },
  { kind: 'test_photo', name: t('Test photos') },
];

const states = (): { state: CasePreview['units'][number]['state']; name: string }[] => [
  { state: 'new', name: t('New here') },
  { state: 'same', name: t('Here already') },
  { state: 'differs', name: t('Differs here') },
  { state: 'erased', name: t('Erased here, stays away') },
];

function Opened({ id, preview }: { id: string; preview: CasePreview }) {
  const { client } = useProgram();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { units, madeAt, program, phones, redacted } = preview;
  const take = useMutation({
    mutationFn: () => client.cases.take.mutate({ case: id }),
    onSuccess: async ({ ticket, phoneId }) => {
      await (ticket !== null
        ? navigate({ to: '/tickets/$id', params: { id: ticket }, replace: true })
        : phoneId !== null
          ? navigate({ to: '/phones/$phoneId/history', params: { phoneId }, replace: true })
          : navigate({ to: '/history', replace: true }));
      await queries.invalidateQueries({ queryKey: ['kept'] });
    },
  });
  const leave = useMutation({
    mutationFn: () => client.cases.leave.mutate({ case: id }),
    onSettled: () => navigate({ to: '/', replace: true }),
  });
  const count = (state: string, kind?: string): number =>
    units.filter((unit) => unit.state === state && (kind === undefined || unit.kind === kind)).length;
  return (
    <>
      <p>
        {t.rich('Made on {when} by version {version}. Phones: {phones}', {
          when: momentText(madeAt),
          version: <PhoneText>{program}</PhoneText>,
          phones: <PhoneText>{phones.map(({ name }) => name).join(', ')}</PhoneText>,
        })}
      </p>
      {redacted ? <p>{t('Whose phones they are was left out of it.')}</p> : null}
      <ScrolledTable label={t('What is in it')}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('What is in it')}</th>
              {states().map(({ state, name }) => (
                <th key={state} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {kinds()
              .filter(({ kind }) => units.some((unit) => unit.kind === kind))
              .map(({ kind, name }) => (
                <tr key={kind}>
                  <th scope="row">{name}</th>
                  {states().map(({ state }) => (
                    <td key={state} className={table.narrow}>
                      {numberText(count(state, kind))}
                    </td>
                  ))}
                </tr>
              ))}
          </tbody>
        </table>
      </ScrolledTable>
      <p>
        {count('new') === 0
          ? t('Nothing of it is new here.')
          : count('differs') === 0
            ? t('What is here already stays as it is.')
            : t('What differs stays as it is here: nothing is replaced.')}
      </p>
      {take.error === null ? null : <ProblemNotice problem={problemOfCall(take.error)} />}
      <div className={classes.buttons}>
        <Button loading={take.isPending} onClick={() => take.mutate()}>
          {count('new') === 0 ? t('Show what is kept here') : t('Add to what is kept here')}
        </Button>
        <Button variant="default" disabled={take.isPending} onClick={() => leave.mutate()}>
          {t('Cancel')}
        </Button>
      </div>
    </>
  );
}
