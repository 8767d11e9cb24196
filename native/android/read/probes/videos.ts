import type { PhoneProbe } from '../../../probe.ts';
import { countMedia, mediaQuery } from '../media-rows.ts';

/** Videos in the phone's media index; the form is described in `media-rows.ts`. */
export const videos: PhoneProbe = {
  id: 'videos',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: {
    photos: ['videoCount', 'videoBytes', 'newestVideo', 'newestVideos', 'newestVideoChange', 'videosOutsideCamera'],
  },
  command: ({ userId }) => mediaQuery('video', userId),
  parse(text) {
    const { count, bytes, newest, newestChange, latest, outsideCamera, unknownLines } = countMedia(text);
    return {
      values: {
        photos: {
          videoCount: count,
          videoBytes: bytes,
          newestVideo: newest,
          newestVideos: latest,
          newestVideoChange: newestChange,
          videosOutsideCamera: outsideCamera,
        },
      },
      unknownLines,
    };
  },
};
