/** Whether an id is one that sample phones have: of what is kept, nothing else tells. See `android/profiles.ts` and `ios/create-iphone.ts`. */
export const isSampleId = (id: string): boolean => /^sample-|^f00dfeed0{16}\d{16}$|-0012ABCD0000\d{4}$/.test(id);
