import { Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { t } from '../language/words.ts';
import { PhoneText } from '../parts/phone-text.tsx';
import { ScrolledTable } from '../parts/scrolled-table.tsx';
import table from '../parts/table.module.css';
import { momentText } from '../parts/value-text.ts';
import { useProgram } from '../program/program.tsx';
import type { ElsewhereItem, FoundElsewhere } from '../program/received.ts';

const kindWords = ({ what }: ElsewhereItem): string => {
  switch (what.kind) {
    case 'scan':
      return t('Scan');
    case 'ticket':
      return t('Ticket');
    case 'correction':
      return t('Correction');
    case 'test-photo':
      return t('Test photo');
  }
};

const several = (...texts: (string | null)[]): string =>
  texts.filter((text) => text !== null && text !== '').join(' · ');

/** What it is about, and what it says, as the other station keeps it. */
const saidIn = ({ what }: ElsewhereItem): [about: string, says: string] => {
  switch (what.kind) {
    case 'scan':
      return [what.phone, several(what.verdict, what.label, what.note)];
    case 'ticket':
      return [what.number, several(what.customer, what.contact, what.fault)];
    case 'correction':
      return [what.cause, what.outcome ?? ''];
    case 'test-photo':
      return [what.app, what.outcome];
  }
};

/** Rows of other stations; they are only read here, so that nothing leads further. */
function Elsewhere({ found: { items, others } }: { found: FoundElsewhere }) {
  return (
    <section aria-label={t('At other stations')}>
      {items.length === 0 ? null : (
        <>
          <Text fw={600} mt="lg" mb="xs">
            {t('At other stations')}
          </Text>
          <ScrolledTable label={t('At other stations')}>
            <table className={table.table}>
              <thead>
                <tr>
                  <th scope="col">{t('Shop')}</th>
                  <th scope="col">{t('Station')}</th>
                  <th scope="col">{t('When')}</th>
                  <th scope="col">{t('What')}</th>
                  <th scope="col">{t('Result')}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((item) => {
                  const [about, says] = saidIn(item);
                  return (
                    <tr key={`${item.shop} ${item.uid}`}>
                      <td>
                        <PhoneText>{item.shop}</PhoneText>
                      </td>
                      <td>
                        <PhoneText>{item.station}</PhoneText>
                      </td>
                      <td>{momentText(item.at)}</td>
                      <td>
                        {kindWords(item)} <PhoneText>{about}</PhoneText>
                      </td>
                      <td>
                        <PhoneText>{says}</PhoneText>
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </ScrolledTable>
        </>
      )}
      {others === 'offline' ? (
        <Text c="dimmed" mt="xs">
          {t("The shop's server does not answer: nothing of other shops is shown.")}
        </Text>
      ) : null}
    </section>
  );
}

/** What other stations of the chain have of a phone; nothing where there are none. */
export function ElsewhereOfPhone({ phoneId }: { phoneId: string }) {
  const { client } = useProgram();
  const found = useQuery({
    queryKey: ['shop', 'phone', phoneId],
    queryFn: () => client.shop.ofPhone.query({ phoneId }),
  });
  return found.data === undefined ? null : <Elsewhere found={found.data} />;
}

/** What other stations of the chain have that words are found in. */
export function FindElsewhere({ words }: { words: string }) {
  const { client } = useProgram();
  const found = useQuery({
    queryKey: ['shop', 'find', words],
    queryFn: () => client.shop.find.query({ text: words }),
    placeholderData: keepPreviousData,
  });
  return found.data === undefined ? null : <Elsewhere found={found.data} />;
}
