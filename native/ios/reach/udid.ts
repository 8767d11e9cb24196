/** What iPhones are called by, before and since 2018. */
export const udid = /^(?:[0-9a-f]{40}|[0-9a-f]{8}-[0-9a-f]{16})$/i;
