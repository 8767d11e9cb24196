import type { PhoneProbe } from '../../../probe.ts';
import { unavailable } from '../../../unavailable.ts';
import { readLines } from '../dump.ts';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The kernel's name for this start of the phone: one UUID (Linux drivers/char/random.c, proc_do_uuid). The shell may read it
 * (AOSP system/sepolicy, domain.te: proc_random).
 */
export const bootId: PhoneProbe = {
  id: 'boot-id',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { identity: ['bootId'] },
  command: () => ['cat', '/proc/sys/kernel/random/boot_id'],
  parse(text) {
    let id: string | null = null;
    const unknownLines = readLines(text, (line) => {
      if (id !== null || !uuid.test(line.trim())) return false;
      id = line.trim();
      return true;
    });
    return {
      values: { identity: { bootId: id ?? unavailable('unparsed', 'The answer is no UUID.') } },
      unknownLines,
    };
  },
};
