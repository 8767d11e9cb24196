import { BrowserWindow, session } from 'electron';
import { datedPdf } from '../app/printing/dated-pdf.ts';
import { notMade, printDeadlineMs, type PdfPrinter } from '../app/printing/pdf-printer.ts';
import { closeSession, windowScheme, windowUrl } from './security.ts';

/** In a session of its own, which is kept nowhere and serves nothing but the page. */
let printed = 0;

/** Prints with Electron's own Chromium: a hidden window, in the sandbox and without scripts, for one document. */
export const windowPrinter: PdfPrinter = {
  async print(html, { madeAt, signal }) {
    signal?.throwIfAborted();
    printed += 1;
    const own = session.fromPartition(`print-${printed}`);
    closeSession(own);
    own.protocol.handle(
      windowScheme,
      () => new Response(html, { headers: { 'Content-Type': 'text/html; charset=utf-8' } }),
    );
    const window = new BrowserWindow({
      show: false,
      webPreferences: {
        session: own,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        javascript: false,
      },
    });
    const { promise: broken, reject } = Promise.withResolvers<never>();
    const seconds = printDeadlineMs / 1000;
    const timer = setTimeout(() => reject(notMade(`the page was not there within ${seconds} s.`)), printDeadlineMs);
    const stop = (): void => reject(signal?.reason);
    signal?.addEventListener('abort', stop, { once: true });
    window.webContents.once('render-process-gone', (_event, { reason }) => reject(notMade(reason)));
    const page = async (): Promise<Uint8Array> => {
      await window.loadURL(windowUrl);
      return window.webContents.printToPDF({ printBackground: true, preferCSSPageSize: true, generateTaggedPDF: true });
    };
    try {
      return datedPdf(await Promise.race([page(), broken]), madeAt);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      window.destroy();
      own.protocol.unhandle(windowScheme);
    }
  },
};
