/** What a new ticket begins with; absent: nothing. */
export interface HandedInSearch {
  /** Ids of phones that are plugged in. */
  phones?: string[];
  imei?: string;
}

/** What the address of a new ticket names. */
export function handedInOf({ phones, imei }: Record<string, unknown>): HandedInSearch {
  const ids = Array.isArray(phones) ? phones.filter((id) => typeof id === 'string') : [];
  // Digits alone are a number to the address.
  const digits = String(typeof imei === 'number' || typeof imei === 'string' ? imei : '');
  return {
    ...(ids.length === 0 ? {} : { phones: ids }),
    ...(/^\d{15}$/.test(digits) ? { imei: digits } : {}),
  };
}
