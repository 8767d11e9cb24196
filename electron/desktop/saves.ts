import { dialog, type Session } from 'electron';
import type { Say } from './say.ts';

/** Electron asks where a file of the window is put, and writes it; that it could not be written is told to whoever has saved it. */
export function tellFailedSaves(target: Pick<Session, 'on'>, say: () => Say, log: (line: string) => void): void {
  target.on('will-download', (event, item) => {
    if (event.defaultPrevented) {
      log(`a file was saved without a press, and refused: ${item.getFilename()}`);
      return;
    }
    item.once('done', (_event, state) => {
      // `cancelled` is what a person did in the dialog.
      if (state !== 'interrupted') return;
      log(`a file was not saved: ${item.getFilename()}`);
      dialog.showErrorBox('Phone Health Inspector', say()('The file was not saved. Choose another folder.'));
    });
  });
}
