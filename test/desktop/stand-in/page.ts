import type { PrintToPDFOptions } from 'electron';
import type { StandInContents } from './web-contents.ts';

/** A page that is shown somewhere. */
export interface Page {
  load(url: string): Promise<void>;
  /** Values that are cloned already. */
  send(channel: string, args: readonly unknown[]): void;
  evaluate(code: string): Promise<unknown>;
  printToPdf(options: PrintToPDFOptions): Promise<Buffer>;
  close(): void;
}

export type OpenPage = (contents: StandInContents) => Promise<Page>;

/** For tests of the main process alone: a page that is nowhere, and hears nothing. */
export const noPage: OpenPage = () =>
  Promise.resolve({
    load: () => Promise.resolve(),
    send: () => undefined,
    evaluate: () => Promise.reject(new Error('This page is shown nowhere.')),
    printToPdf: () => Promise.reject(new Error('This page is shown nowhere.')),
    close: () => undefined,
  });
