/** Tables whose rows leave a station, in the order in which what is referred to comes first. */
export const entryKinds = [
  'customer_event',
  'ticket',
  'ticket_phone',
  'ticket_event',
  'snapshot',
  'snapshot_event',
  'action',
  'action_event',
  'test_photo',
] as const;
export type EntryKind = (typeof entryKinds)[number];
