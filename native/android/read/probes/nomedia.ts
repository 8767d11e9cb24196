import type { Parsed, PhoneProbe } from '../../../probe.ts';
import { unavailable } from '../../../unavailable.ts';

const mark = '/.nomedia';

function parse(text: string): Parsed {
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
    if (!folder.includes('/.')) folders.push(folder);
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
