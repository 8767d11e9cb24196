import type { PhoneProbe } from '../../../probe.ts';
import { unavailable } from '../../../unavailable.ts';
import { plistOf } from '../plist-fields.ts';
import { isPlistDict } from '../plist-value.ts';
import { resetEventsPath } from './icloud-markers.ts';

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
    const events = plistOf(answer);
    const pendingResets = Array.isArray(events)
      ? events.filter((event) => isPlistDict(event) && event['pending'] === true).length
      : unavailable('unparsed', 'The list of resets is no list.');
    return { values: { icloud: { pendingResets } }, unknownLines: 0 };
  },
};
