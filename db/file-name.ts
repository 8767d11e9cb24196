/** What the store is called in its folder. */
export const fileName = 'phone-health.sqlite';
