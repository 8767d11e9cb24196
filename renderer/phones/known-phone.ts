import { useQuery } from '@tanstack/react-query';
import { namedPhone } from '../program/named-phone.ts';
import { usePhoneList, usePhoneWork, useProgram } from '../program/program.tsx';
import { phoneName, serialEnd } from '../parts/phone-text.tsx';

/** What a phone is called: as it is or was listed, or was scanned, else as its newest snapshot has it, else its id. */
export function usePhoneName(phoneId: string): string {
  const { client } = useProgram();
  const listed = usePhoneList().seen.get(phoneId);
  const { report } = usePhoneWork(phoneId);
  const known = (listed === undefined ? report?.phone : namedPhone(listed, report)) ?? null;
  const kept = useQuery({
    queryKey: ['kept', 'snapshots', phoneId],
    queryFn: () => client.snapshots.query({ phoneId }),
    enabled: known === null,
  });
  return known === null ? (kept.data?.[0]?.phoneName ?? phoneId) : phoneName(known);
}

/** The end of a phone's serial, where another phone that is listed is called the same; null where its name tells it. */
export function useTellingSerial(phoneId: string): string | null {
  const { list, seen } = usePhoneList();
  const phone = seen.get(phoneId);
  if (phone === undefined) return null;
  const name = phoneName(phone);
  const isNamesake = list?.phones.some((other) => other.id !== phoneId && phoneName(other) === name) ?? false;
  return isNamesake ? serialEnd(phone) : null;
}

/** Whether nothing at all is known of a phone: it was not listed since the window was opened, nor is anything kept of it. */
export function useIsUnknown(phoneId: string): boolean {
  const { client } = useProgram();
  const { list, seen } = usePhoneList();
  const { report } = usePhoneWork(phoneId);
  const isSeen = seen.has(phoneId) || report !== null;
  const kept = useQuery({
    queryKey: ['kept', 'snapshots', phoneId],
    queryFn: () => client.snapshots.query({ phoneId }),
    enabled: !isSeen,
  });
  return list !== null && !isSeen && kept.data?.length === 0;
}
