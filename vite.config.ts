import react from '@vitejs/plugin-react';
import { join } from 'node:path';
import { defineConfig } from 'vite';
import { languageFiles } from './build/words/language-file.ts';
import { licencesPlugin } from './build/licences.ts';

/** The window: `renderer/` to `out/renderer`. The main process has its own configuration, vite.main.config.ts. */
export default defineConfig({
  root: join(import.meta.dirname, 'renderer'),
  cacheDir: join(import.meta.dirname, 'node_modules/.vite'),
  plugins: [react(), languageFiles(), licencesPlugin()],
  // The host puts a new random value in place of this text for every page (electron/browser/window-files.ts).
  html: { cspNonce: '__STYLE_NONCE__' },
  build: {
    outDir: join(import.meta.dirname, 'out/renderer'),
    emptyOutDir: true,
    target: 'chrome120',
    chunkSizeWarningLimit: 1500,
    // Mantine's fonts and icons stay files: the Content-Security-Policy allows images as data, but nothing else.
    assetsInlineLimit: 0,
  },
});
