import { eventStream } from './event-stream.ts';
import type { Phones } from './phones.ts';
import type { SafeCopyRequest } from './requests.ts';
import { folderPath, safeCopy, type SafeCopyOptions } from './safe-copy.ts';
import type { SafeCopyEvent, SafeCopyReport } from './safe-copy-report.ts';

export interface SafeCopiesOptions {
  phones: Phones;
  /** One line for the log. */
  log: (line: string) => void;
}

/** Safe copies of plugged-in phones. */
export class SafeCopies {
  readonly #options: SafeCopiesOptions;

  constructor(options: SafeCopiesOptions) {
    this.#options = options;
  }

  /** Copies the camera's photos and videos to a folder and verifies them; see {@link safeCopy}. */
  async run({ phoneId, folder }: SafeCopyRequest, options: SafeCopyOptions = {}): Promise<SafeCopyReport> {
    const path = folderPath(folder);
    const { phones, log } = this.#options;
    const report = await phones.use(phoneId, ({ phone, source }) => safeCopy(source, phone, path, options));
    log(`safe copy: ${report.copied.files} files, ${report.copied.bytes} bytes, ${report.durationMs} ms`);
    return report;
  }

  async *runWithProgress(
    request: SafeCopyRequest,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<SafeCopyEvent, void> {
    yield* eventStream<SafeCopyEvent>(async (emit) => {
      const report = await this.run(request, { signal, onEvent: emit });
      emit({ type: 'report', report });
    });
  }
}
