import { EventEmitter } from 'node:events';
import type { DownloadItem } from 'electron';

type Offered = Pick<DownloadItem, 'getURL' | 'getFilename' | 'hasUserGesture'>;

/** A file that a page offers. Where it is put is Playwright's: no dialog is shown. */
export class StandInDownload extends EventEmitter implements Offered {
  readonly #url: string;
  readonly #name: string;

  constructor(url: string, name: string) {
    super();
    this.#url = url;
    this.#name = name;
  }

  getURL(): string {
    return this.#url;
  }

  getFilename(): string {
    return this.#name;
  }

  /** Not told over the DevTools protocol, and over once what is saved takes longer than Chromium's five seconds. */
  hasUserGesture(): boolean {
    return false;
  }
}
