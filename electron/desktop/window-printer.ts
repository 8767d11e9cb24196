import { randomUUID } from 'node:crypto';
import { BrowserWindow, session, type Session } from 'electron';
import { datedPdf } from '../app/printing/dated-pdf.ts';
import { notMade, paperPolicy, printDeadlineMs, type PdfPrinter } from '../app/printing/pdf-printer.ts';
import { closeSession, windowScheme, windowUrl } from './security.ts';

/** Of all papers: Electron keeps every session that there was. It is kept nowhere, and serves nothing but what is printed at this moment. */
const partition = 'print';
const printing = new Map<string, string>();

function printSession(): Session {
  const own = session.fromPartition(partition);
  closeSession(own);
  if (!own.protocol.isProtocolHandled(windowScheme)) {
    own.protocol.handle(windowScheme, ({ url }) => {
      const html = printing.get(url);
      const headers = {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': paperPolicy,
        'Cache-Control': 'no-store',
      };
      return html === undefined ? new Response(null, { status: 404 }) : new Response(html, { headers });
    });
  }
  return own;
}

/** Prints with Electron's own Chromium: a hidden window, in the sandbox and without scripts, for one document. */
export const windowPrinter: PdfPrinter = {
  async print(html, { madeAt, signal }) {
    signal?.throwIfAborted();
    const own = printSession();
    const url = `${windowUrl}paper-${randomUUID()}`;
    printing.set(url, html);
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
      await window.loadURL(url);
      return window.webContents.printToPDF({ printBackground: true, preferCSSPageSize: true, generateTaggedPDF: true });
    };
    try {
      return datedPdf(await Promise.race([page(), broken]), madeAt);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      window.destroy();
      printing.delete(url);
    }
  },
};
