import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { createServer } from 'vite';
import { licencesPlugin } from '../../../build/licences.ts';
import { languageFiles } from '../../../build/words/language-file.ts';
import { galleryReports } from './reports.ts';

const root = join(import.meta.dirname, '..', '..', '..');

export interface ServedGallery {
  url: string;
  close: () => Promise<void>;
}

/** Serves the gallery from the sources, on this computer only. */
export async function serveGallery(): Promise<ServedGallery> {
  const server = await createServer({
    configFile: false,
    root: import.meta.dirname,
    cacheDir: join(root, 'node_modules', '.vite-gallery'),
    logLevel: 'error',
    plugins: [react(), languageFiles(), licencesPlugin(), galleryReports()],
    server: { host: '127.0.0.1', port: 0, fs: { allow: [root] }, hmr: false, watch: null },
  });
  await server.listen();
  return { url: server.resolvedUrls?.local[0] ?? '', close: () => server.close() };
}
