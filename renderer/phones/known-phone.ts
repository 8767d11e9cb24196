import { useQuery } from '@tanstack/react-query';
import { usePhone, usePhoneWork, useProgram } from '../program/program.tsx';
import { phoneName } from '../parts/phone-text.tsx';

/** What a phone is called: as it is listed or was scanned, else as its newest snapshot has it, else its id. */
export function usePhoneName(phoneId: string): string {
  const { client } = useProgram();
  const listed = usePhone(phoneId);
  const { report } = usePhoneWork(phoneId);
  const known = listed ?? report?.phone ?? null;
  const kept = useQuery({
    queryKey: ['kept', 'snapshots', phoneId],
    queryFn: () => client.snapshots.query({ phoneId }),
    enabled: known === null,
  });
  return known === null ? (kept.data?.[0]?.phoneName ?? phoneId) : phoneName(known);
}
