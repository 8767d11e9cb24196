import { useQuery } from '@tanstack/react-query';
import { t } from '../language/words.ts';
import { PhoneText } from '../parts/phone-text.tsx';
import { useProgram } from '../program/program.tsx';

/** Who this station is in its chain, as its own rows name it; null where it belongs to none. */
export function useOwnStation(): string | null {
  const { client } = useProgram();
  const here = useQuery({ queryKey: ['shop', 'here'], queryFn: () => client.shop.here.query() });
  return here.data === undefined || here.data === null ? null : `${here.data.stationName}, ${here.data.shopName}`;
}

/** The head of the column that tells whose a row is; there is none without a chain. */
export const StationHead = ({ station }: { station: string | null }) =>
  station === null ? null : <th scope="col">{t('Station')}</th>;

/** Whose a row is. */
export const StationCell = ({ station }: { station: string | null }) =>
  station === null ? null : (
    <td>
      <PhoneText>{station}</PhoneText>
    </td>
  );
