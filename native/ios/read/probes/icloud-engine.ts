import { plistProbe } from '../probe-of.ts';

const folder = '/PhotoData/CPL';

/** When the engine had its first session after its last start: an engine that hangs never writes it again. */
export const icloudLiveness = plistProbe({
  id: 'icloud-liveness',
  asked: 'scan',
  gives: { icloud: ['engineSyncedAt'] },
  command: () => ['afc', 'read', `${folder}/lastsyncafterlaunch.plist`],
  read: (fields) => ({ icloud: { engineSyncedAt: fields.moment('date') } }),
});

/**
 * How often the engine wanted to work, and how often the system did not let it (metrics of CloudPhotoLibrary). "Thundering herd": held
 * back so that not all phones of the world come at once.
 */
export const icloudSessions = plistProbe({
  id: 'icloud-sessions',
  asked: 'scan',
  gives: { icloud: ['sessions', 'blockedSessions', 'sessionsInPoorConditions', 'sessionsHeldByServer'] },
  command: () => ['afc', 'read', `${folder}/metrics.plist`],
  read: (fields) => ({
    icloud: {
      sessions: fields.count('TotalSessionsCount'),
      blockedSessions: fields.count('BlockedSessionsCount'),
      sessionsInPoorConditions: fields.count('PoorSystemConditionsBlockedCount'),
      sessionsHeldByServer: fields.count('ThunderingHerdBlockedCount'),
    },
  }),
});

/** What is still to come from iCloud: downloads share the line with uploads. */
export const icloudDownloads = plistProbe({
  id: 'icloud-downloads',
  asked: 'scan',
  gives: { icloud: ['remainingDownloads'] },
  command: () => ['afc', 'read', `${folder}/DownloadCounts.plist`],
  read(fields) {
    const images = fields.count('CountKeyImages');
    const videos = fields.count('CountKeyVideos');
    if (typeof images !== 'number') return { icloud: { remainingDownloads: images } };
    return { icloud: { remainingDownloads: typeof videos === 'number' ? images + videos : videos } };
  },
});
