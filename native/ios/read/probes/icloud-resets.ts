import type { PhoneProbe } from '../../../probe.ts';
import { unavailable, Unavailable } from '../../../unavailable.ts';
import { PlistFields, plistOf } from '../plist-fields.ts';
import { isPlistDict, type PlistValue } from '../plist-value.ts';
import { resetEventsPath } from './icloud-markers.ts';

/** One that cannot be read may be a pending one, so nothing is counted without it. */
function pendingIn(events: PlistValue | Unavailable): number | Unavailable {
  if (!Array.isArray(events)) return unavailable('unparsed', 'The list of resets is no list.');
  const pending = events.map((event) =>
    isPlistDict(event)
      ? new PlistFields(event).flag('pending', false)
      : unavailable('unparsed', 'A reset in the list cannot be read.'),
  );
  return pending.find((one) => one instanceof Unavailable) ?? pending.filter((one) => one === true).length;
}

/**
 * Resets of the photo engine: an array of dictionaries; a finished one loses `pending` and gains `endDate`. A pending reset
 * stops all uploads and outlives a restart, while every flag of the status looks healthy.
 */
export const icloudResets: PhoneProbe = {
  id: 'icloud-resets',
  platform: 'ios',
  per: 'phone',
  asked: 'scan',
  gives: { icloud: ['pendingResets'] },
  command: () => ['afc', 'read', resetEventsPath],
  parse(_text, _so, answer) {
    return { values: { icloud: { pendingResets: pendingIn(plistOf(answer)) } }, unknownLines: 0 };
  },
};
