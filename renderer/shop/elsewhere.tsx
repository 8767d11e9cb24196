import { Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { t } from '../language/words.ts';
import { PhoneText } from '../parts/phone-text.tsx';
import { ScrolledTable } from '../parts/scrolled-table.tsx';
import table from '../parts/table.module.css';
import { TextLink } from '../parts/text-link.tsx';
import { momentText } from '../parts/value-text.ts';
import { useProgram } from '../program/program.tsx';
import type { AtOtherShops, ElsewhereItem } from '../program/received.ts';

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

const noItems: readonly ElsewhereItem[] = [];

/** Rows of other stations: those of the own shop at once, the other shops' when the server has answered. They are only read here. */
function Elsewhere({ own, atOthers }: { own: readonly ElsewhereItem[]; atOthers: AtOtherShops | undefined }) {
  const items = [...own, ...(atOthers?.items ?? noItems)].toSorted((a, b) => (a.at < b.at ? 1 : -1));
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
                        {item.what.kind === 'scan' ? (
                          <TextLink to="/elsewhere/$uid" params={{ uid: item.uid }} search={{ shop: item.shop }}>
                            {kindWords(item)}
                          </TextLink>
                        ) : (
                          kindWords(item)
                        )}{' '}
                        <PhoneText>{about}</PhoneText>
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
      {atOthers?.others === 'offline' ? (
        <Text c="dimmed" mt="xs">
          {t("The shop's server does not answer: nothing of other shops is shown.")}
        </Text>
      ) : null}
      {atOthers?.others === 'trouble' ? (
        <Text c="dimmed" mt="xs">
          <PhoneText>{atOthers.trouble ?? ''}</PhoneText> {t('Nothing of other shops is shown.')}
        </Text>
      ) : null}
    </section>
  );
}

/** What other stations of the chain have of a phone; nothing where there are none. */
export function ElsewhereOfPhone({ phoneId }: { phoneId: string }) {
  const { client } = useProgram();
  const own = useQuery({
    queryKey: ['shop', 'phone', phoneId],
    queryFn: () => client.shop.ofPhone.query({ phoneId }),
  });
  const atOthers = useQuery({
    queryKey: ['shop', 'phone', 'others', phoneId],
    queryFn: () => client.shop.ofPhoneAtOthers.query({ phoneId }),
  });
  return own.data === undefined ? null : <Elsewhere own={own.data} atOthers={atOthers.data} />;
}

/** The latest tickets or scans of the shop's other stations; nothing where there are none. */
export function LatestElsewhere({ kind }: { kind: 'ticket' | 'snapshot' }) {
  const { client } = useProgram();
  const own = useQuery({
    queryKey: ['shop', 'latest', kind],
    queryFn: () => client.shop.latest.query({ kind }),
  });
  return own.data === undefined ? null : <Elsewhere own={own.data} atOthers={undefined} />;
}

/** What other stations of the chain have that words are found in. */
export function FindElsewhere({ words }: { words: string }) {
  const { client } = useProgram();
  const own = useQuery({
    queryKey: ['shop', 'find', words],
    queryFn: () => client.shop.find.query({ text: words }),
    placeholderData: keepPreviousData,
  });
  const atOthers = useQuery({
    queryKey: ['shop', 'find', 'others', words],
    queryFn: () => client.shop.findAtOthers.query({ text: words }),
  });
  return own.data === undefined ? null : <Elsewhere own={own.data} atOthers={atOthers.data} />;
}
