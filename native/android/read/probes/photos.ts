import type { PhoneProbe } from '../../../probe.ts';
import { countMedia, mediaQuery } from '../media-rows.ts';

/** Photos in the phone's media index; the form is described in `media-rows.ts`. */
export const photos: PhoneProbe = {
  id: 'photos',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { photos: ['count', 'bytes', 'newest', 'newestBytes', 'newestPhotos', 'newestChange', 'outsideCamera'] },
  command: ({ userId }) => mediaQuery('images', userId),
  parse(text) {
    const { unknownLines, latest, ...counted } = countMedia(text);
    return { values: { photos: { ...counted, newestPhotos: latest } }, unknownLines };
  },
};
