import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { Application } from '../../../electron/app/application.ts';
import type { ScanReport } from '../../../electron/api.ts';
import { promptPace } from '../../prompt-pace.ts';

export interface SampleReport {
  id: string;
  title: string;
  /** One of those that are offered first. */
  first: boolean;
  report: ScanReport;
}

/** What a scan says of every sample that can be read, as the window gets it. */
async function sampleReports(): Promise<SampleReport[]> {
  const home = await mkdtemp(join(tmpdir(), 'phone-health-gallery-'));
  const app = new Application({ env: { PHONE_HEALTH_HOME: home }, sources: [], samplePace: promptPace });
  try {
    const reports: SampleReport[] = [];
    for (const { id, phone: name, matter, first } of app.samples()) {
      const { phoneId } = await app.addSample(id);
      const { phones } = await app.phones();
      if (phones.find((phone) => phone.id === phoneId)?.state === 'ready') {
        reports.push({ id, title: `${name}: ${matter}`, first, report: await app.scan({ phoneId, save: false }) });
      }
      app.removeSample(phoneId);
    }
    return reports;
  } finally {
    await app.close();
    await rm(home, { recursive: true });
  }
}

const id = 'virtual:gallery-reports';

/** `import { reports } from 'virtual:gallery-reports'`; made once for each server. */
export function galleryReports(): Plugin {
  let made: Promise<SampleReport[]> | null = null;
  return {
    name: 'gallery-reports',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    async load(source) {
      if (source !== `\0${id}`) return null;
      made ??= sampleReports();
      return `export const reports = ${JSON.stringify(await made)};`;
    },
  };
}
