import type { Parsed, PhoneProbe } from '../../../probe.ts';
import type { Reading } from '../../../reading.ts';
import { unavailable } from '../../../unavailable.ts';
import { sdkOf } from '../uid.ts';

const mark = '/.nomedia';

/** The media index of Android 11 and later ignores and deletes the mark there (MediaProvider, FileUtils.isDirectoryHidden). */
const neverHidden = /^\/storage\/[^/]{1,40}(?:\/\d{1,6})?\/DCIM(?:\/Camera)?$/i;

function parse(text: string, so: Reading): Parsed {
  const sdk = sdkOf(so);
  const folders: string[] = [];
  let unknownLines = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    if (!line.startsWith('/') || !line.endsWith(mark)) {
      unknownLines += 1;
      continue;
    }
    const folder = line.slice(0, -mark.length);
    // Folders whose name begins with a dot (thumbnails, waste baskets) are hidden anyway and hold no photos of their own.
    if (!folder.includes('/.') && !(sdk !== null && sdk >= 30 && neverHidden.test(folder))) folders.push(folder);
  }
  const broken = folders.length === 0 && unknownLines > 0;
  return {
    values: {
      photos: { hiddenFolders: broken ? unavailable('unparsed', 'The answer is not a list of files.') : folders },
    },
    unknownLines,
  };
}

/** Camera folders that a `.nomedia` file keeps out of every gallery and backup: `find … -name .nomedia`, a path per line. */
export const nomedia: PhoneProbe = {
  id: 'nomedia',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { photos: ['hiddenFolders'] },
  command: ({ userId }) => ['find', `/storage/emulated/${userId}/DCIM`, '-name', '.nomedia'],
  parse,
};
